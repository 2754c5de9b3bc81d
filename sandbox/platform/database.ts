import { readFileSync } from 'node:fs';

import sqlite, { type Database, type JSValue, type Statement } from 'node-sqlite3-wasm';

export type Value = string | number | null;
export type Row = Record<string, Value>;

const tables = readFileSync(new URL('./tables.sql', import.meta.url), 'utf8');

/** A database with its prepared statements: the same few are run thousands of times, so each is compiled once. */
export class Sql {
  readonly #statements = new Map<string, Statement>();

  constructor(readonly db: Database) {}

  all<T = Row>(sql: string, ...values: readonly Value[]): T[] {
    // The columns of a statement are known to the one who wrote it, not to the compiler.
    return this.#use(sql, (statement) => statement.all(values as JSValue[]) as T[]);
  }

  get<T = Row>(sql: string, ...values: readonly Value[]): T | undefined {
    return this.all<T>(sql, ...values)[0];
  }

  /** The only column of the only row: a count, or whether something exists. */
  number(sql: string, ...values: readonly Value[]): number {
    const row = this.get<Row>(sql, ...values);
    return row ? Number(Object.values(row)[0]) : 0;
  }

  run(sql: string, ...values: readonly Value[]): { changes: number; lastInsertRowid: number | bigint } {
    return this.#use(sql, (statement) => statement.run(values as JSValue[]));
  }

  transaction<T>(work: () => T): T {
    this.db.exec('BEGIN');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    for (const statement of this.#statements.values()) drop(statement);
    this.#statements.clear();
    this.db.close();
  }

  #use<T>(sql: string, work: (statement: Statement) => T): T {
    const statement = this.#statements.get(sql) ?? this.db.prepare(sql);
    this.#statements.set(sql, statement);
    try {
      return work(statement);
    } catch (error) {
      // A statement that has failed cannot be run again as it is.
      this.#statements.delete(sql);
      drop(statement);
      throw error;
    }
  }
}

function drop(statement: Statement): void {
  try {
    statement.finalize();
  } catch (error) {
    // The error of the last run comes once more, with the statement gone all the same.
    if (!statement.isFinalized) throw error;
  }
}

export function openDatabase(file: string): Sql {
  const sql = new Sql(new sqlite.Database(file));
  if (tableNames(sql).length === 0) sql.db.exec(tables);
  // Writes wait in the operating system's cache: a sandbox may lose its last seconds in a power cut.
  sql.db.exec('PRAGMA synchronous = OFF');
  return sql;
}

/** The tables of the platform, in the order in which they are declared. */
export function tableNames(sql: Sql): string[] {
  const declared = [...tables.matchAll(/^CREATE TABLE (\w+)/gm)].map((match) => match[1] ?? '');
  const rows = sql.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'");
  const present = new Set(rows.map((row) => row.name));
  return declared.filter((name) => present.has(name));
}
