import sqlite, { type Database, type Statement } from 'node-sqlite3-wasm';

/** What has become of an object since the last run. */
export const CHANGE_KINDS = ['added', 'changed', 'removed'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Rows that are in memory at a time. */
const PAGE = 500;

/**
 * What a run must remember of objects while it reads on, kept on disk: its memory must not grow with their number.
 * It is of use to one run only, which may throw it away at any moment.
 */
export class Register {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  /** @param file - Where it may be put; there must be none yet. */
  constructor(file: string) {
    this.#db = new sqlite.Database(file);
    this.#db.exec(`
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA locking_mode = EXCLUSIVE;
      CREATE TABLE known (collection TEXT, id TEXT, digest TEXT, PRIMARY KEY (collection, id)) WITHOUT ROWID;
      CREATE TABLE change (collection TEXT, kind TEXT, place INTEGER, id TEXT, PRIMARY KEY (collection, kind, place)) WITHOUT ROWID;
      BEGIN`);
  }

  /** Takes note of an object of the last run. */
  know(collection: string, id: string, digest: string): void {
    this.#run('INSERT OR REPLACE INTO known VALUES (?, ?, ?)', collection, id, digest);
  }

  /** The digest that an object of the last run had then. It is given once: what is left at the end was not met again. */
  meet(collection: string, id: string): string | undefined {
    const [found] = this.#run('DELETE FROM known WHERE collection = ? AND id = ? RETURNING digest', collection, id);
    return found && String(found['digest']);
  }

  change(collection: string, kind: ChangeKind, place: number, id: string): void {
    this.#run('INSERT INTO change VALUES (?, ?, ?, ?)', collection, kind, place, id);
  }

  /** The objects of one kind of change, in the order of their places. */
  *changes(collection: string, kind: ChangeKind): Generator<string> {
    const page = `SELECT id, place FROM change WHERE collection = ? AND kind = ? AND place > ? ORDER BY place LIMIT ${PAGE}`;
    for (
      let last = -1, rows;
      (rows = this.#run(page, collection, kind, last)).length;
      last = Number(rows.at(-1)?.['place'])
    )
      for (const { id } of rows) yield String(id);
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #run(sql: string, ...values: readonly (string | number)[]): Record<string, unknown>[] {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement.all([...values]);
  }
}
