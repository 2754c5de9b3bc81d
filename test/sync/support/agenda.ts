import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server.js';
import { platformDate } from '../../../sandbox/platform/dates.js';
import type { Agenda, AgendaOptions } from '../../../src/sync/events-push-event.js';
import { readAgenda } from '../../../src/sync/events-push-agenda.js';
import type { ActTold, PushReport } from '../../../src/sync/events-push-report.js';
import type { PushOptions } from '../../../src/sync/events-push-options.js';
import { pushEvents } from '../../../src/sync/events-push-run.js';

export interface Meeting {
  readonly uid: string;
  readonly title: string;
  /** In local time, as the format writes it. */
  readonly start: string;
  readonly end?: string;
  readonly text?: string;
  readonly lines?: readonly string[];
}

/** An agenda in the iCalendar format. */
export function icsOf(meetings: readonly Meeting[]): string {
  const events = meetings.map(({ uid, title, start, end, text, lines = [] }) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SUMMARY:${title}`,
    `DTSTART;TZID=Europe/Paris:${start}`,
    ...(end ? [`DTEND;TZID=Europe/Paris:${end}`] : []),
    ...(text ? [`DESCRIPTION:${text}`] : []),
    ...lines,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//FR', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
}

/** An event of the platform, as its database has it. */
export interface StoredEvent {
  readonly title: string;
  readonly start: string;
  readonly end: string | null;
  readonly body: string;
  readonly link: string | null;
}

export interface Desk {
  readonly sandbox: Sandbox;
  readonly token: string;
  readonly folder: string;
  readonly file: string;
  readonly stateFile: string;
  write(meetings: readonly Meeting[]): void;
  push(options?: Partial<PushOptions>): Promise<PushReport>;
  /** What the last push told. */
  readonly told: ActTold[];
  /** What is on the platform beside the seed, in order. */
  stored(): StoredEvent[];
  /** Names of the mutations that the platform was sent since the last call. */
  mutations(): Promise<string[]>;
  state(): string;
  /** Back to a platform without the agenda, and nothing remembered. */
  clear(): void;
  close(): Promise<void>;
}

/** A platform, and a desk at which an agenda lies. */
export async function openDesk(options: SandboxOptions = {}): Promise<Desk> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'cap-agenda-'));
  const file = join(folder, 'agenda.ics');
  const stateFile = `${file}.cap-widgets.json`;
  const { sql } = sandbox.store;
  const token = sandbox.store.state().accounts.admin.token ?? '';
  const seeded = new Set(sql.all<{ id: string }>('SELECT id FROM event').map(({ id }) => id));
  const told: ActTold[] = [];
  return {
    sandbox,
    token,
    folder,
    file,
    stateFile,
    told,
    write: (meetings) => writeFileSync(file, icsOf(meetings)),
    push(more = {}) {
      told.length = 0;
      const onAct = (act: ActTold): void => void told.push(act);
      // The thread that reads agendas has tests of its own; where what is pushed is tried, its start would take longest.
      const read = (path: string, options: AgendaOptions): Promise<Agenda> =>
        new Promise((resolve) => resolve(readAgenda(readFileSync(path, 'utf8'), options)));
      return pushEvents({ file, platform: sandbox.platform, token, lag: 0, onAct, read, ...more });
    },
    stored: () =>
      sql
        .all<{ id: string; start_at: number; end_at: number | null; title: string; body: string; link: string | null }>(
          `SELECT v.id, start_at, end_at, title, body, link FROM event v JOIN event_translation t ON t.event_id = v.id
            WHERE deleted_at IS NULL ORDER BY start_at, title, v.id`,
        )
        .filter(({ id }) => !seeded.has(id))
        .map(({ start_at: start, end_at: end, title, body, link }) => ({
          title,
          start: platformDate(start),
          end: end === null ? null : platformDate(end),
          body,
          link,
        })),
    async mutations() {
      const response = await fetch(`${sandbox.platform}/sandbox/requests`);
      const requests = (await response.json()) as { readonly body?: unknown }[];
      await fetch(`${sandbox.platform}/sandbox/requests`, { method: 'DELETE' });
      return requests.flatMap(
        ({ body }) => /mutation (\w+)/.exec(JSON.stringify(body).replace(/\+|%20/g, ' '))?.[1] ?? [],
      );
    },
    state: () => readFileSync(stateFile, 'utf8'),
    clear() {
      rmSync(stateFile, { force: true });
      for (const { id } of sql.all<{ id: string }>('SELECT id FROM event'))
        if (!seeded.has(id)) sql.run('DELETE FROM event WHERE id = ?', id);
    },
    async close() {
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The agenda as the platform should have it. */
export const expected = (meetings: readonly Meeting[]): StoredEvent[] => {
  const wall = (stamp: string): string =>
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');
  return meetings
    .map(({ title: written, start, end, text }) => ({ title: written.replace('&amp;', '&'), start, end, text }))
    .map(({ title, start, end, text }) => ({
      title,
      start: wall(start),
      end: end === undefined ? null : wall(end),
      body: text === undefined ? title.replaceAll('&', '&amp;') : `<p>${text}</p>`,
      link: null,
    }))
    .sort((a, b) => (a.start + a.title < b.start + b.title ? -1 : 1));
};
