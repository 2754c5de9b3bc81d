import { ApiError } from '../core/errors.js';

/**
 * A place in an answer. Its type is what the schema promises, and its value what really came: reading through a cursor
 * checks the one against the other, and a wrong shape is refused with the path to it.
 */
export class Cursor<T> {
  declare readonly type: T;

  constructor(
    readonly raw: unknown,
    readonly path: string,
  ) {}

  /** A field of an object. */
  at<K extends keyof T & string>(key: K): Cursor<T[K]> {
    const { raw } = this;
    if (typeof raw !== 'object' || raw === null) return refuse(this, 'an object');
    return new Cursor((raw as Record<string, unknown>)[key], `${this.path}.${key}`);
  }
}

function refuse({ path, raw }: Cursor<unknown>, expected: string): never {
  throw new ApiError('bad-response', `${path} is ${raw === null ? 'null' : typeof raw}, not ${expected}`);
}

export const text = (cursor: Cursor<string>): string => {
  const { raw } = cursor;
  return typeof raw === 'string' ? raw : refuse(cursor, 'text');
};

export const flag = (cursor: Cursor<boolean>): boolean => {
  const { raw } = cursor;
  return typeof raw === 'boolean' ? raw : refuse(cursor, 'true or false');
};

/** A number of things. */
export const count = (cursor: Cursor<number>): number => {
  const { raw } = cursor;
  return Number.isInteger(raw) && (raw as number) >= 0 ? (raw as number) : refuse(cursor, 'a whole number');
};

/** Null stays null, and so does a field that the answer leaves out. */
export const maybe = <T, R>(cursor: Cursor<T>, read: (cursor: Cursor<NonNullable<T>>) => R): R | null =>
  cursor.raw === null || cursor.raw === undefined ? null : read(cursor as Cursor<NonNullable<T>>);

/** The entries that are there: lists of the platform have holes where an object is hidden. */
export function list<T, R>(cursor: Cursor<readonly T[]>, read: (cursor: Cursor<NonNullable<T>>) => R): R[] {
  const { raw, path } = cursor;
  if (!Array.isArray(raw)) return refuse(cursor, 'a list');
  return raw.flatMap((entry: unknown, index) =>
    entry === null ? [] : [read(new Cursor(entry, `${path}.${String(index)}`))],
  );
}
