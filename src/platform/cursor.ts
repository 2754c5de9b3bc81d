import { ApiError } from '../core/errors.js';
import { write } from '../core/json.js';
import { parsePlatformTime } from '../domain/platform-time.js';

/** One entry of `errors` in an answer, or of the warnings by which the platform reports a refused field of a query. */
export interface Fault {
  readonly message?: string;
  readonly path?: readonly unknown[] | null;
  readonly extensions?: { readonly category?: string };
}

/** Where in the answer a fault is; an empty text: everywhere. */
export const pathOf = ({ path }: Fault): string => (Array.isArray(path) ? path.join('.') : '');

/**
 * A place in an answer. Its type is what the schema promises, and its value what really came: reading through a cursor
 * checks the one against the other, and a wrong shape is refused with the path to it.
 */
export class Cursor<T> {
  declare readonly type: T;

  constructor(
    readonly raw: unknown,
    readonly path: string,
    /** What the platform complains of in the answer. */
    readonly faults: readonly Fault[] = [],
  ) {}

  /** A field of an object. */
  at<K extends keyof T & string>(key: K): Cursor<T[K]> {
    const { raw, path, faults } = this;
    if (!raw || typeof raw !== 'object') return refuse(this);
    return new Cursor((raw as Record<string, unknown>)[key], `${path}.${key}`, faults);
  }
}

export function refuse({ path, raw }: Cursor<unknown>): never {
  throw new ApiError('bad-response', `${path} is ${raw === undefined ? 'missing' : write(raw).slice(0, 40)}`);
}

const checked =
  <T>(type: string) =>
  (cursor: Cursor<T>): T =>
    typeof cursor.raw === type ? (cursor.raw as T) : refuse(cursor);

/** Whether an object is of a type: an ID names any object, also one of another kind than the page meant. */
export const isA = ({ raw }: Cursor<unknown>, type: string): boolean =>
  ((raw as { __typename?: unknown }).__typename ?? type) === type;

export const text = checked<string>('string');
export const flag = checked<boolean>('boolean');
export const number = checked<number>('number');

/** A date of the platform, in milliseconds since the epoch. */
export const instant = (cursor: Cursor<string>, timeZone: string): number => {
  const time = parsePlatformTime(text(cursor), timeZone);
  return Number.isNaN(time) ? refuse(cursor) : time;
};

/** A number of things. */
export const count = (cursor: Cursor<number>): number =>
  Number.isSafeInteger(cursor.raw) && (cursor.raw as number) >= 0 ? (cursor.raw as number) : refuse(cursor);

/** The number of entries of a connection. */
export const total = (connection: Cursor<{ readonly totalCount: number }>): number =>
  count(connection.at('totalCount'));

/** Null stays null, and so does a field that the answer leaves out. */
export const maybe = <T, R>(cursor: Cursor<T>, read: (cursor: Cursor<NonNullable<T>>) => R): R | null =>
  cursor.raw == null ? null : read(cursor as Cursor<NonNullable<T>>);

/** As `maybe`, but what is null because the platform failed at it is refused: it is no absence. */
export const known: typeof maybe = (cursor, read) =>
  cursor.raw == null && cursor.faults.some((fault) => `${pathOf(fault)}.`.startsWith(`${cursor.path}.`))
    ? refuse(cursor)
    : maybe(cursor, read);

/** The entries that are there: lists of the platform have holes where an object is hidden. */
export function list<T, R>(
  cursor: Cursor<readonly T[]>,
  read: (cursor: Cursor<NonNullable<T>>) => R,
  entry = maybe,
): R[] {
  const { raw, path, faults } = cursor;
  if (!Array.isArray(raw)) return refuse(cursor);
  return raw.flatMap((each: T, index) => entry(new Cursor<T>(each, `${path}.${index}`, faults), read) ?? []);
}
