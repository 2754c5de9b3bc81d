import type { Row, Sql, Value } from '../database.js';
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

interface OrderedRows {
  readonly changes: number;
  readonly rows: readonly Row[];
}

const orderedRows = new WeakMap<Sql, Map<string, OrderedRows>>();
/** How many lists are kept in their order: as many as are read side by side, as each is as long as what it lists. */
const mostOrders = 4;

/** Rows in their order, kept until something is written: a reader of a long list comes back for each of its pages. */
function inOrder(sql: Sql, query: ListQuery): readonly Row[] {
  const lists = orderedRows.get(sql) ?? new Map<string, OrderedRows>();
  orderedRows.set(sql, lists);
  const name = JSON.stringify(query);
  const changes = sql.number('SELECT total_changes()');
  const known = lists.get(name);
  const rows = known?.changes === changes ? known.rows : sql.all(selectInOrder(query), ...valuesOf(query));
  lists.delete(name);
  lists.set(name, { changes, rows });
  for (const oldest of lists.keys()) if (lists.size > mostOrders) lists.delete(oldest);
  return rows;
}

/** The same list and the same cursors as `listConnection`, for long lists of little more than ids. */
export function longListConnection<R extends { id: string | number }, T = R>(
  sql: Sql,
  query: ListQuery,
  args: PageArgs,
  toNode: (row: R) => T,
): Connection<T> {
  const rows = once(() => inOrder(sql, query));
  const keys = keysOf(query);
  const size = pageSize(args);
  const start = once(() => (args.after ? firstPast(rows(), keys, placeOf(args.after, keys.length)) : 0));
  const edges = once(() =>
    rows()
      .slice(start(), start() + size)
      // The columns are those that the caller has named.
      .map((row) => ({ cursor: cursorOf(row, keys), node: toNode(row as unknown as R) })),
  );
  return {
    totalCount: () => rows().length,
    edges,
    pageInfo: () => pageInfo(edges(), size > 0 && start() + size < rows().length, Boolean(args.after)),
  };
}

/** Where, in rows that are in order, those behind a place begin. */
function firstPast(rows: readonly Row[], keys: readonly Key[], place: readonly Value[]): number {
  const isPast = (row: Row): boolean => {
    for (const [i, { key, direction }] of keys.entries()) {
      const [value = null, other = null] = [row[key], place[i]];
      if (value === other || value === null || other === null) continue;
      return direction === 'ASC' ? value > other : value < other;
    }
    return false;
  };
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && isPast(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A list that the platform holds in memory and counts through: its cursors are places in it. */
export function arrayConnection<R, T>(
  rows: readonly R[],
  args: PageArgs,
  toNode: (row: R) => T,
  cap?: number,
): Connection<T> {
  const part = (start: number, size: number): readonly R[] => rows.slice(start, start + size);
  return countedConnection(() => rows.length, part, args, toNode, cap);
}

/** The same cursors, for rows of which no more than a page need be read. */
export function countedConnection<R, T>(
  total: () => number,
  part: (start: number, size: number) => readonly R[],
  args: PageArgs,
  toNode: (row: R) => T,
  cap?: number,
): Connection<T> {
  const size = pageSize(args, cap);
  const start = args.after ? offsetOf(args.after) + 1 : 0;
  const edges = once(() =>
    part(start, size).map((row, i) => ({
      cursor: Buffer.from(`arrayconnection:${start + i}`).toString('base64'),
      node: toNode(row),
    })),
  );
  const totalCount = once(total);
  return {
    totalCount,
    edges,
    pageInfo: () => pageInfo(edges(), start + size < totalCount(), start > 0),
  };
}

export function emptyConnection<T>(): Connection<T> {
  return arrayConnection<T, T>([], {}, (row) => row);
}

interface Key {
  readonly key: string;
  readonly direction: Direction;
}

interface PageOfRows<R> {
  readonly rows: { row: R; cursor: string }[];
  readonly more: boolean;
}

function keysOf({ order }: ListQuery): Key[] {
  return [
    ...order.map(({ direction }, i) => ({ key: `sort${i}`, direction })),
    { key: 'id', direction: 'ASC' as const },
  ];
}

function cursorOf(row: Row, keys: readonly Key[]): string {
  return Buffer.from(JSON.stringify(keys.map(({ key }) => row[key]))).toString('base64');
}

function selectInOrder(query: ListQuery, seek = '1'): string {
  const { columns, from, where, order } = query;
  const sorts = order.map(({ by }, i) => `, ${by} AS sort${i}`).join('');
  const keys = keysOf(query).map(({ key, direction }) => `${key} ${direction}`);
  return `SELECT * FROM (SELECT ${columns}${sorts} FROM ${from} WHERE ${condition(where)})
    WHERE ${seek} ORDER BY ${keys.join(', ')}`;
}

function valuesOf({ order, values }: ListQuery): Value[] {
  return [...order.flatMap((level) => level.values ?? []), ...values];
}

function readPage<R extends { id: string | number }>(sql: Sql, query: ListQuery, args: PageArgs): PageOfRows<R> {
  const size = pageSize(args);
  if (size === 0) return { rows: [], more: false };
  const keys = keysOf(query);
  const after = args.after ? placeOf(args.after, keys.length) : undefined;
  const seek = after ? seekPast(keys, after) : { where: '1', values: [] };
  const found = sql.all<R & Row>(
    `${selectInOrder(query, seek.where)} LIMIT ?`,
    ...valuesOf(query),
    ...seek.values,
    size + 1,
  );
  const rows = found.slice(0, size).map((row) => ({ row, cursor: cursorOf(row, keys) }));
  return { rows, more: found.length > size };
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
