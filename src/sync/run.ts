import { join } from 'node:path';

import type { CapClient } from '../client/client.js';
import type { Collection } from './collections.js';
import { dataPackage, resourceOf, type Resource } from './data-package.js';
import { CHANGES, PACKAGE } from './display.js';
import { FileSink, linesOf, type Digest } from './files.js';
import type { Format } from './formats/format.js';
import { Ledger, type Workplace, type Written } from './ledger.js';
import type { Plan } from './plan.js';
import { clientOf, fill } from './reading.js';
import { isoDate, tombstoneOf, type Origin, type StoredRecord } from './records.js';
import { CHANGE_KINDS, Register } from './register.js';
import type { CollectionReport, SyncOptions, SyncReport } from './sync-options.js';
import { STATE, type Vault } from './vault.js';
import { wordsOf } from './words.js';

const NDJSON = { extension: 'ndjson', mediaType: 'application/x-ndjson' };

type RunOptions = Pick<SyncOptions, 'api' | 'token' | 'fetch' | 'now' | 'onEvent'> & { readonly signal: AbortSignal };

/** A collection after it was read; `written` is null where nothing has changed. */
interface Reading extends Collection {
  readonly records: number;
  readonly written: Written | null;
}

/** A file that a run is to leave; without a format it is the NDJSON that the others are made from. */
interface Target {
  readonly collection: Collection;
  readonly format: Format | null;
  readonly path: string;
}

/** One run: reads all there is to read, then writes what has changed, then shows it. */
export class Run {
  readonly #client: CapClient;
  readonly #origin: Origin;
  readonly #at: string;
  readonly #ledgers = new Map<string, Ledger>();
  #workplace: Promise<Workplace> | undefined;
  #requests = 0;

  constructor(
    readonly plan: Plan,
    readonly vault: Vault,
    readonly options: RunOptions,
  ) {
    const { platform, lang, timeZone, licence } = plan;
    const { api, token, signal, fetch = globalThis.fetch, now = Date.now } = options;
    this.#origin = { source: platform, licence: licence.title, timeZone };
    this.#at = isoDate(now(), timeZone);
    const counting: typeof fetch = (...request) => {
      this.#requests++;
      return fetch(...request);
    };
    this.#client = clientOf({ platform, api, token, lang, timeZone, signal, fetch: counting });
  }

  async run(): Promise<SyncReport> {
    const { vault } = this;
    await vault.claim(this.#shown());
    try {
      const readings = await this.#read();
      const isCurrent = await this.#isCurrent(readings);
      if (isCurrent) await vault.show(this.#shown());
      const written = isCurrent ? [] : await this.#write(readings);
      const collections = readings.map((reading): [string, CollectionReport] => [
        reading.name,
        { records: reading.records, ...(reading.written?.counts ?? { added: 0, changed: 0, removed: 0 }) },
      ]);
      return { changed: !isCurrent, collections: Object.fromEntries(collections), written, requests: this.#requests };
    } finally {
      for (const ledger of this.#ledgers.values()) await ledger.close();
      (await this.#workplace)?.register.close();
      await vault.abandon();
    }
  }

  /** Reads all collections, and writes down those that have changed. */
  async #read(): Promise<Reading[]> {
    const { collections } = this.plan;
    for (const { kind, name } of collections)
      this.#ledgers.set(
        name,
        new Ledger({
          name,
          previous: await this.vault.findWhole(`${name}.ndjson`),
          workplace: () => this.#begin(),
          tombstone: tombstoneOf(kind, this.#at),
        }),
      );
    const tell = (collection: string, records: number): void =>
      void this.options.onEvent?.({ event: 'read', collection, records });
    for (const collection of collections)
      await fill(collection, this.#client, (name) => this.#ledgerOf(name), this.#origin, tell);
    const readings: Reading[] = [];
    for (const collection of collections) {
      const ledger = this.#ledgerOf(collection.name);
      readings.push({ ...collection, written: await ledger.finish(), records: ledger.records });
    }
    return readings;
  }

  #ledgerOf(name: string): Ledger {
    const ledger = this.#ledgers.get(name);
    if (!ledger) throw new Error(`There is no ledger for ${name}.`);
    return ledger;
  }

  /** Once there is something to write, and not before. */
  #begin(): Promise<Workplace> {
    const { vault } = this;
    return (this.#workplace ??= vault.begin().then((folder) => ({ folder, register: new Register(vault.register) })));
  }

  /** The files that this run is to leave, in the order in which they are made. */
  #targets(): Target[] {
    const { collections, derived } = this.plan;
    return collections.flatMap((collection) => {
      const formats = derived.filter(({ kinds }) => !kinds || kinds.includes(collection.kind));
      return [null, ...formats].map((format) => {
        return { collection, format, path: `${collection.name}.${(format ?? NDJSON).extension}` };
      });
    });
  }

  /** The names that readers find. */
  #shown(): string[] {
    const targets = this.#targets().filter(({ format }) => format || this.plan.showsNdjson);
    return [...targets.map(({ path }) => path), CHANGES, PACKAGE];
  }

  /** Whether the files are what they should be already. */
  async #isCurrent(readings: readonly Reading[]): Promise<boolean> {
    const { state } = this.vault;
    const targets = this.#targets();
    if (readings.some(({ written }) => written) || state?.settings !== this.plan.settings) return false;
    if (state.resources.length !== targets.length) return false;
    for (const { path } of targets) if (!(await this.vault.find(path))) return false;
    return true;
  }

  /** Makes the folder of this run complete, and shows it. Returns the names of the files that are not as they were. */
  async #write(readings: readonly Reading[]): Promise<string[]> {
    const { plan, vault, options } = this;
    const { folder, register } = await this.#begin();
    const resources: Resource[] = [];
    const changed: string[] = [];
    for (const target of this.#targets()) {
      options.signal.throwIfAborted();
      const reading = readings.find(({ name }) => name === target.collection.name);
      const before = await vault.find(target.path);
      const stays = !reading?.written && (!target.format || vault.state?.settings === plan.settings);
      const kept = stays && before ? before.resource : undefined;
      const resource = kept ?? (await this.#make(target, reading, resources));
      resources.push(resource);
      const same = before?.resource.hash === resource.hash;
      // What was made anew takes the place of what somebody has changed, even if both are meant to be the same.
      if (same && (kept || (await vault.findWhole(target.path)))) await vault.keep(target.path);
      else changed.push(target.path);
    }
    const shown = this.#shown();
    const listed = resources.filter(({ path }) => shown.includes(path));
    await save(join(folder, CHANGES), this.#changes(readings, changed, register));
    await save(join(folder, PACKAGE), [dataPackage(plan, listed)]);
    await save(join(folder, STATE), [JSON.stringify({ settings: plan.settings, resources })]);
    options.signal.throwIfAborted();
    await vault.commit(shown);
    for (const { name: collection } of readings)
      for (const change of CHANGE_KINDS)
        for (const id of register.changes(collection, change))
          await options.onEvent?.({ event: 'change', change, collection, id });
    return changed;
  }

  /** Writes one file. */
  async #make(target: Target, reading: Reading | undefined, made: readonly Resource[]): Promise<Resource> {
    const { plan } = this;
    const { collection, format, path } = target;
    if (!reading) throw new Error(`${collection.name} was not read.`);
    const { records, written } = reading;
    const describe = (digest: Digest, mediaType: string, lastChange: string | null): Resource =>
      resourceOf(
        { path, mediaType, records, lastChange, table: format?.describe?.({ ...plan, kind: collection.kind }) },
        digest,
        plan,
      );
    const { folder } = await this.#begin();
    if (!format) {
      if (!written) throw new Error(`${path} is gone.`);
      return describe(written, NDJSON.mediaType, written.lastChange);
    }
    const source = made.find((resource) => resource.path === `${collection.name}.${NDJSON.extension}`);
    const lastChange = source?.lastChange ?? null;
    const title = `${wordsOf(plan.lang).titles[collection.kind]} – ${new URL(plan.platform).host}`;
    const sink = await FileSink.create(join(folder, path));
    // What has not changed is in this folder by now, too.
    const lines = recordsOf(join(folder, `${collection.name}.${NDJSON.extension}`));
    try {
      await format.write(lines, sink, { ...plan, kind: collection.kind, title, lastChange });
    } catch (reason) {
      await sink.abandon();
      throw reason;
    }
    return describe(await sink.close(), format.mediaType, lastChange);
  }

  /** What this run has found, as one JSON object. */
  *#changes(readings: readonly Reading[], files: readonly string[], register: Register): Generator<string> {
    const { platform } = this.plan;
    yield `${JSON.stringify({ platform, at: this.#at, files }).slice(0, -1)},"collections":{`;
    for (const [place, { name }] of readings.entries()) {
      yield `${place ? ',' : ''}\n${JSON.stringify(name)}:{`;
      for (const kind of CHANGE_KINDS) {
        yield `${kind === CHANGE_KINDS[0] ? '' : ','}"${kind}":[`;
        let between = '';
        for (const id of register.changes(name, kind)) {
          yield between + JSON.stringify(id);
          between = ',';
        }
        yield ']';
      }
      yield '}';
    }
    yield '\n}}\n';
  }
}

async function save(path: string, texts: Iterable<string>): Promise<void> {
  const sink = await FileSink.create(path);
  for (const text of texts) await sink.write(text);
  await sink.close();
}

/** The objects in an NDJSON file of ours. */
async function* recordsOf(path: string): AsyncGenerator<StoredRecord, undefined> {
  for await (const line of linesOf(path)) yield JSON.parse(line) as StoredRecord;
}
