import type { Sql, Value } from '../database.js';
import { platformDay } from '../dates.js';
import { uuidOf } from '../ids.js';

export type Fields = Readonly<Record<string, Value | undefined>>;

/** What the parts of the seed write with. Chance is the same at each seeding. */
export class Seeding {
  #state = 20260317;

  constructor(
    readonly sql: Sql,
    readonly now: number,
  ) {}

  insert(table: string, fields: Fields): void {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    const marks = given.map(() => '?').join(', ');
    const values = given.map(([, value]) => value ?? null);
    this.sql.run(`INSERT INTO ${table} (${given.map(([name]) => name).join(', ')}) VALUES (${marks})`, ...values);
  }

  /** Writes a row whose id follows from a name, and gives the id. */
  add(table: string, name: string, fields: Fields): string {
    const id = uuidOf(`${table}/${name}`);
    this.insert(table, { id, ...fields });
    return id;
  }

  /** An hour of a day, counted from today on the platform's calendar. */
  day(days: number, hour = 9, minute = 0): number {
    return platformDay(this.now, days, hour, minute);
  }

  /** Calls one object by a name, for tests and pages. */
  call(family: string, name: string, id: string): void {
    this.insert('sandbox_reference', { family, name, object_id: id });
  }

  callAll(family: string, name: string, ids: readonly string[]): void {
    ids.forEach((id, position) => {
      this.insert('sandbox_reference', { family, name, position, listed: 1, object_id: id });
    });
  }

  picture(kind: string, slug: string, name: string): string {
    return this.add('media', `${kind}/${slug}`, { kind, slug, name, width: 1200, height: 675 });
  }

  /** From 0 up to, and without, 1. */
  chance(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.chance() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.chance() * list.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, key: this.chance() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }
}

/** `Boîtes à livres` becomes `boites-a-livres`. */
export function slugOf(text: string): string {
  return text
    .replace(/&#039;/g, ' ')
    .replace(/&amp;/g, ' ')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}

/** Paragraphs as HTML. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.map((text) => `<p>${text}</p>`).join('');
}

/** Looks up what must be there. */
export function need<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The seed has no “${key}”`);
  return value;
}
