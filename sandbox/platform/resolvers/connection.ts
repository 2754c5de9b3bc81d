import type { Sql, Value } from '../database.js';
import { UserError } from './errors.js';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

export type Direction = 'ASC' | 'DESC';

/** One level of an order: an expression that is never null, and the values of its question marks. */
export interface Order {
  readonly by: string;
  readonly direction: Direction;
  readonly values?: readonly Value[];
}

export interface ListQuery {
  /** What is read; one of the columns is `id`. */
  readonly columns: string;
  readonly from: string;
  readonly where: readonly string[];
  readonly values: readonly Value[];
  readonly order: readonly Order[];
}

export interface Connection<T> {
  readonly totalCount: () => number;
  readonly edges: () => { cursor: string; node: T }[];
  readonly pageInfo: () => unknown;
}

/** More than this many objects at once are not given, and nothing says so. */
const most = 100;

function pageSize({ first }: PageArgs, cap = most): number {
  const size = first ?? most;
  if (size < 0) throw new UserError('Argument "first" must be a non-negative integer');
  return Math.min(size, cap);
}

/** A list from the database. Cursors hold the place in the order, so pages stay right when objects come and go. */
export function listConnection<R extends { id: string | number }, T = R>(
  sql: Sql,
  query: ListQuery,
  args: PageArgs,
  toNode: (row: R) => T,
): Connection<T> {
  const page = once(() => readPage<R>(sql, query, args));
  const edges = once(() => page().rows.map(({ row, cursor }) => ({ cursor, node: toNode(row) })));
  return {
    totalCount: once(() =>
      sql.number(`SELECT count(*) FROM ${query.from} WHERE ${condition(query.where)}`, ...query.values),
    ),
    edges,
    pageInfo: () => pageInfo(edges(), page().more, Boolean(args.after)),
  };
}

/** A list that the platform holds in memory and counts through: its cursors are places in it. */
export function arrayConnection<R, T>(
  rows: readonly R[],
  args: PageArgs,
  toNode: (row: R) => T,
  cap?: number,
): Connection<T> {
  const size = pageSize(args, cap);
  const start = args.after ? offsetOf(args.after) + 1 : 0;
  const edges = once(() =>
    rows.slice(start, start + size).map((row, i) => ({
      cursor: Buffer.from(`arrayconnection:${start + i}`).toString('base64'),
      node: toNode(row),
    })),
  );
  return {
    totalCount: () => rows.length,
    edges,
    pageInfo: () => pageInfo(edges(), start + size < rows.length, start > 0),
  };
}

export function emptyConnection<T>(): Connection<T> {
  return arrayConnection<T, T>([], {}, (row) => row);
}

interface PageOfRows<R> {
  readonly rows: { row: R; cursor: string }[];
  readonly more: boolean;
}

function readPage<R extends { id: string | number }>(sql: Sql, query: ListQuery, args: PageArgs): PageOfRows<R> {
  const size = pageSize(args);
  if (size === 0) return { rows: [], more: false };
  const { columns, from, where, values, order } = query;
  const sorts = order.map(({ by }, i) => `, ${by} AS sort${i}`).join('');
  const inner = `SELECT ${columns}${sorts} FROM ${from} WHERE ${condition(where)}`;
  const keys = [
    ...order.map(({ direction }, i) => ({ key: `sort${i}`, direction })),
    { key: 'id', direction: 'ASC' as const },
  ];
  const after = args.after ? placeOf(args.after, keys.length) : undefined;
  const seek = after ? seekPast(keys, after) : { where: '1', values: [] };
  const found = sql.all<R & Record<string, Value>>(
    `SELECT * FROM (${inner}) WHERE ${seek.where}
      ORDER BY ${keys.map(({ key, direction }) => `${key} ${direction}`).join(', ')} LIMIT ?`,
    ...order.flatMap((level) => level.values ?? []),
    ...values,
    ...seek.values,
    size + 1,
  );
  const rows = found.slice(0, size).map((row) => ({
    row,
    cursor: Buffer.from(JSON.stringify(keys.map(({ key }) => row[key]))).toString('base64'),
  }));
  return { rows, more: found.length > size };
}

interface Key {
  readonly key: string;
  readonly direction: Direction;
}

/** The rows behind a place: behind it in the first key, or level there and behind it in the next. */
function seekPast(
  [first, ...rest]: readonly Key[],
  [value = null, ...others]: readonly Value[],
): {
  where: string;
  values: Value[];
} {
  if (!first) return { where: '0', values: [] };
  const beyond = `${first.key} ${first.direction === 'ASC' ? '>' : '<'} ?`;
  const inner = seekPast(rest, others);
  return { where: `(${beyond} OR (${first.key} = ? AND ${inner.where}))`, values: [value, value, ...inner.values] };
}

function placeOf(cursor: string, length: number): Value[] {
  const place: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!Array.isArray(place) || place.length !== length) throw new Error('Not a cursor of this list');
  return place.map((value: unknown) => (typeof value === 'number' ? value : String(value)));
}

function offsetOf(cursor: string): number {
  const match = /^arrayconnection:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  return match ? Number(match[1]) : -1;
}

function condition(where: readonly string[]): string {
  return where.length > 0 ? where.join(' AND ') : '1';
}

function pageInfo(edges: readonly { cursor: string }[], hasNextPage: boolean, hasPreviousPage: boolean) {
  return { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor, endCursor: edges.at(-1)?.cursor };
}

/** `totalCount` alone must not read the page, nor the page be read twice. */
function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: compute() }).value;
}
