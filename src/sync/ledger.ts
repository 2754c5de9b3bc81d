import { hash } from 'node:crypto';
import { join } from 'node:path';

import { FileSink, linesOf, type Digest } from './files.js';
import { lastChangeOf, later, type StoredRecord } from './records.js';
import type { ChangeKind, Register } from './register.js';

/** Where a ledger writes once something differs, which it asks for only then. */
export interface Workplace {
  /** Folder of the files to come. */
  readonly folder: string;
  readonly register: Register;
}

export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

/** A collection of objects that has changed. */
export interface Written extends Digest {
  readonly counts: ChangeCounts;
  /** Date of the last change that any of them speaks of. */
  readonly lastChange: string | null;
}

export interface LedgerOptions {
  /** Name of the collection, and of its file before the `.ndjson`. */
  readonly name: string;
  /** File of the last run, if there is one. */
  readonly previous: string | null;
  readonly workplace: () => Promise<Workplace>;
  /** What stays of an object that is gone. */
  readonly tombstone: (record: StoredRecord) => StoredRecord;
}

/** In the place of a digest: the object was gone already. */
const GONE = 'gone';

const digestOf = (line: string): string => hash('sha256', line, 'base64');

/**
 * One collection on its way into NDJSON: objects in the platform's order, then tombstones.
 *
 * It walks the file of the last run in step with what arrives. As long as both are the same it writes nothing; from the
 * first difference on it writes a new file, and keeps what it has to compare in a register on disk.
 */
export class Ledger {
  readonly #counts = { added: 0, changed: 0, removed: 0 };
  readonly #before: AsyncGenerator<string, undefined>;
  /** Bytes that both files begin with. */
  #same = 0;
  #lastChange: string | null = null;
  #place = 0;
  #records = 0;
  #cutOff = false;
  #open: { readonly sink: FileSink; readonly register: Register } | undefined;

  constructor(readonly options: LedgerOptions) {
    this.#before = options.previous ? linesOf(options.previous) : none();
  }

  /** Objects that have been added. */
  get records(): number {
    return this.#records;
  }

  /** Takes the next object of the collection. */
  async add(record: StoredRecord): Promise<void> {
    this.#records++;
    const line = lineOf(record);
    if (!this.#open) {
      const { value: before } = await this.#before.next();
      if (before === line) {
        this.#same += Buffer.byteLength(line) + 1;
        return;
      }
      this.#open = await this.#diverge(before);
    }
    const { sink, register } = this.#open;
    const before = register.meet(this.options.name, record.id);
    if (before === undefined || before === GONE) this.#note(register, 'added', record.id);
    else if (before !== digestOf(line)) this.#note(register, 'changed', record.id);
    await this.#write(sink, record, line);
  }

  /** The platform has cut its list off: what is missing from it may still be there, and stays as it was. */
  cutOff(): void {
    this.#cutOff = true;
  }

  /**
   * All has been added.
   *
   * @returns Null when nothing has changed, and nothing was written.
   */
  async finish(): Promise<Written | null> {
    const { name, previous, tombstone } = this.options;
    if (!this.#open) {
      const { value: before } = await this.#before.next();
      if (before === undefined ? previous : this.#cutOff || read(before).deleted) {
        await this.close();
        return null;
      }
      this.#open = await this.#diverge(before);
    }
    const { sink, register } = this.#open;
    for await (const line of previous ? linesOf(previous, this.#same) : none()) {
      const record = read(line);
      if (register.meet(name, record.id) === undefined) continue;
      const gone = !record.deleted && !this.#cutOff;
      if (gone) this.#note(register, 'removed', record.id);
      await this.#write(sink, gone ? tombstone(record) : record);
    }
    this.#open = undefined;
    const digest = await sink.close();
    return { ...digest, counts: this.#counts, lastChange: this.#lastChange };
  }

  /** Lets go of its files, wherever it has come to. */
  async close(): Promise<void> {
    await this.#before.return(undefined);
    await this.#open?.sink.abandon();
    this.#open = undefined;
  }

  #note(register: Register, kind: ChangeKind, id: string): void {
    this.#counts[kind]++;
    register.change(this.options.name, kind, this.#place++, id);
  }

  async #write(sink: FileSink, record: StoredRecord, line = lineOf(record)): Promise<void> {
    this.#lastChange = later(lastChangeOf(record), this.#lastChange);
    await sink.write(`${line}\n`);
  }

  /** Starts the new file with what is the same, and takes note of what else there was. */
  async #diverge(before: string | undefined): Promise<{ sink: FileSink; register: Register }> {
    const { name, previous, workplace } = this.options;
    const { folder, register } = await workplace();
    const sink = await FileSink.create(join(folder, `${name}.ndjson`));
    if (previous) for await (const line of linesOf(previous, 0, this.#same)) await this.#write(sink, read(line), line);
    const know = (line: string): void => {
      const { id, deleted } = read(line);
      register.know(name, id, deleted ? GONE : digestOf(line));
    };
    if (before) know(before);
    for await (const line of this.#before) know(line);
    return { sink, register };
  }
}

/** An object in one line, for programs too that end lines at more than the end of a line. */
const lineOf = (record: StoredRecord): string =>
  JSON.stringify(record).replace(
    /[\u0085\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

// What is read here was written by a run before: its digest has been checked.
const read = (line: string): StoredRecord => JSON.parse(line) as StoredRecord;

// eslint-disable-next-line @typescript-eslint/require-await -- A file that is not there has no lines.
async function* none(): AsyncGenerator<string, undefined> {
  yield* [];
}
