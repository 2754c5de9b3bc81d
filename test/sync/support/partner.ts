import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sync, type StoredRecord, type SyncEvent, type SyncOptions, type SyncReport } from '../../../src/sync/api.js';
import { startTown, type Town } from '../../client/support.js';

/** A day on which what is gone is noted as gone. */
export const DAY = Date.parse('2027-03-01T12:00:00Z');

export interface Partner {
  readonly town: Town;
  /** A new folder, which goes with the partner. */
  folder(): string;
  /** Brings a folder in step. */
  sync(out: string, options?: Partial<SyncOptions>): Promise<SyncReport & { readonly events: readonly SyncEvent[] }>;
  close(): Promise<void>;
}

/** A site that keeps files of a sandbox of its own. */
export async function openPartner(options: Parameters<typeof startTown>[0] = {}): Promise<Partner> {
  const town = await startTown(options);
  const folders: string[] = [];
  return {
    town,
    folder() {
      const folder = mkdtempSync(join(tmpdir(), 'cap-sync-'));
      folders.push(folder);
      return folder;
    },
    async sync(out, more = {}) {
      const events: SyncEvent[] = [];
      const onEvent = (event: SyncEvent): void => void events.push(event);
      const report = await sync({ platform: town.url, out, now: () => DAY, onEvent, ...more });
      return { ...report, events };
    },
    async close() {
      await town.sandbox.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const read = (out: string, name: string): string => readFileSync(join(out, name), 'utf8');

export const records = (out: string, name: string): StoredRecord[] =>
  read(out, `${name}.ndjson`)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as StoredRecord);

/** What readers see in a folder. */
export const names = (out: string): string[] =>
  readdirSync(out)
    .filter((name) => !name.startsWith('.'))
    .sort();

/** All files that readers see, whole. */
export const contents = (out: string): Record<string, string> =>
  Object.fromEntries(names(out).map((name) => [name, read(out, name)]));

/** Every file and folder on the disk with what would betray a write. */
export const traces = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, encoding: 'utf8' }).map((name) => {
      const { ino, mtimeMs, ctimeMs, size } = statSync(join(out, name), { throwIfNoEntry: true });
      const isFolder = statSync(join(out, name)).isDirectory();
      // The lock is a folder that comes and goes: it touches the folder that it is in, and no file.
      return [name, isFolder ? 'folder' : `${ino} ${mtimeMs} ${ctimeMs} ${size}`];
    }),
  );
