import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Database } from 'node-sqlite3-wasm';

import { openDatabase, tableNames, type Sql } from './database.js';
import { findPage, type Page } from './pages.js';
import { accounts, type Account } from './seed/accounts.js';
import type { Bulk } from './seed/bulk.js';
import { seed } from './seed/seed.js';

export type { Page } from './pages.js';

export interface StoreOptions {
  /** The platform's own address, without a slash at its end. */
  readonly baseUrl: string;
  /** Folder to keep the database in; without it, it lives in memory. */
  readonly data?: string;
  readonly now?: () => number;
  /** What to add to the seed, for whoever measures. */
  readonly bulk?: Bulk | undefined;
  /**
   * How many projects a list reaches: 1000, as on the stock platform, whose lists end there without a word. More is a
   * platform that does not exist, to measure a reader of it by.
   */
  readonly mostProjects?: number | undefined;
  /** Milliseconds by which lists of events are behind what was added: the platform's come from a search index. */
  readonly indexLag?: number | undefined;
}

type Names = Readonly<Record<string, string>>;
type Lists = Readonly<Record<string, readonly string[]>>;

/** The ids and accounts that tests and pages need to begin with. */
export interface SandboxState {
  readonly projects: Readonly<{
    budget: string;
    consultation: string;
    closed: string;
    future: string;
    hidden: string;
  }> & {
    readonly many: readonly string[];
    readonly [name: string]: string | readonly string[];
  };
  readonly steps: Names;
  readonly proposals: Lists;
  readonly consultations: Names;
  readonly questionnaires: Names;
  readonly accounts: Readonly<Record<'citizen' | 'second' | 'unconfirmed' | 'admin', Account>>;
}

export interface Store {
  readonly db: Database;
  readonly sql: Sql;
  readonly baseUrl: string;
  readonly mostProjects: number;
  readonly indexLag: number;
  now(): number;
  /** Back to the seed. */
  reset(): void;
  /** Runs at the end of each reset, within its transaction. */
  onReset(hook: () => void): void;
  close(): void;
  state(): SandboxState;
  flag(name: string): boolean;
  /** The language to answer in: the one asked for where the platform has it, else its first. */
  locale(asked?: string): string;
  userByToken(token: string): string | undefined;
  findPage(path: string): Page | undefined;
}

export function openStore(options: StoreOptions): Store {
  const { baseUrl, data, now = Date.now, bulk, mostProjects = 1000, indexLag = 0 } = options;
  const sql = openDatabase(data === undefined ? ':memory:' : databaseFile(data));
  sql.db.function('shuffle', (key, id) => shuffle(`${String(key)}:${String(id)}`), { deterministic: true });
  sql.db.function('mentions', (text, term) => mentions(String(text), String(term)), { deterministic: true });
  const hooks: (() => void)[] = [];

  const fill = (): void => {
    sql.transaction(() => {
      sql.db.exec('PRAGMA defer_foreign_keys = ON');
      for (const table of tableNames(sql)) sql.db.exec(`DELETE FROM ${table}`);
      sql.db.exec('DELETE FROM sqlite_sequence');
      seed(sql, now(), bulk);
      for (const hook of hooks) hook();
    });
  };
  if (sql.number('SELECT count(*) FROM sandbox_reference') === 0) fill();

  const flag = (name: string): boolean =>
    sql.number('SELECT count(*) FROM feature_flag WHERE type = ? AND enabled = 1', name) > 0;

  return {
    db: sql.db,
    sql,
    baseUrl,
    mostProjects,
    indexLag,
    now,
    reset: fill,
    onReset: (hook) => void hooks.push(hook),
    close: () => sql.close(),
    state: () => readState(sql),
    flag,
    locale(asked = '') {
      const code = 'SELECT code FROM locale WHERE is_enabled = 1 AND';
      const fits = flag('multilangue') ? sql.get<{ code: string }>(`${code} code = ?`, asked) : undefined;
      return (fits ?? sql.get<{ code: string }>(`${code} is_default = 1`))?.code ?? 'fr-FR';
    },
    userByToken: (token) =>
      sql.get<{ user_id: string }>('SELECT user_id FROM public_api_token WHERE token = ?', token)?.user_id,
    findPage: (path) => findPage(sql, baseUrl, path, now()),
  };
}

/** One process uses a folder at a time, so a lock that is there was left by one that was killed. */
function databaseFile(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'platform.sqlite');
  rmSync(`${file}.lock`, { recursive: true, force: true });
  return file;
}

/** A number that looks random and is the same for the same text. */
function shuffle(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return Math.imul(hash ^ (hash >>> 15), 2246822507) >>> 0;
}

/** Whether a text has all the words of a search, whatever their case and accents. */
function mentions(text: string, term: string): number {
  const plain = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const inside = plain(text);
  const found = plain(term)
    .split(/\s+/)
    .every((word) => inside.includes(word));
  return found ? 1 : 0;
}

function readState(sql: Sql): SandboxState {
  const state: Record<string, Record<string, string | string[]>> = {};
  const rows = sql.all<{ family: string; name: string; listed: number; object_id: string }>(
    'SELECT * FROM sandbox_reference ORDER BY family, name, position',
  );
  for (const { family, name, listed, object_id: id } of rows) {
    const names = (state[family] ??= {});
    const list = names[name];
    if (Array.isArray(list)) list.push(id);
    else names[name] = listed ? [id] : id;
  }
  // The seed writes every name that the type promises, which a test holds it to.
  return { ...state, accounts } as unknown as SandboxState;
}
