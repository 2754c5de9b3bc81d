import type { ListPage } from '../domain/list-page.js';
import { ApiError } from '../core/errors.js';
import { flag, list, maybe, text, total, type Cursor } from './cursor.js';
import { guardPages } from './paging.js';

/** What every list of the platform answers. */
interface Connection<Node> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly ({ readonly cursor: string; readonly node: Node } | null)[] | null;
}

/** A stretch of a list, with the place of each entry in it. */
export interface Stretch<T> extends ListPage<T> {
  readonly cursors: readonly string[];
}

/** Entries that this visitor may not see are left out. */
export function readStretch<Node, T>(
  connection: Cursor<Connection<Node>>,
  read: (node: Cursor<NonNullable<Node>>) => T | null,
): Stretch<T> {
  const info = connection.at('pageInfo');
  const entries =
    maybe(connection.at('edges'), (edges) =>
      list(edges, (edge) => {
        const item = maybe(edge.at('node'), read);
        return item === null ? null : { item, cursor: text(edge.at('cursor')) };
      }).filter((entry) => entry !== null),
    ) ?? [];
  return {
    items: entries.map(({ item }) => item),
    cursors: entries.map(({ cursor }) => cursor),
    total: total(connection),
    next: flag(info.at('hasNextPage')) ? maybe(info.at('endCursor'), text) : null,
  };
}

/** A list that is not there at all is no empty one. */
export function present<T>(answer: T | null): T {
  if (answer === null) throw new ApiError('bad-response', 'there is no list');
  return answer;
}

/** Stretches that are looked through in one go: a list of the platform holds a thousand entries at the most. */
export const LONGEST_SEARCH = 20;

/**
 * Looks through a list for what the platform cannot look for itself.
 *
 * @param read - Reads the stretch that comes after a place.
 * @param first - How many entries to find.
 * @param after - Where to begin.
 */
export async function search<T>(
  read: (after: string | null) => Promise<Stretch<T>>,
  fits: (item: T) => boolean,
  first: number,
  after: string | null,
): Promise<ListPage<T>> {
  const items: T[] = [];
  let next = after;
  let last = after;
  const onward = guardPages();
  for (let stretches = 0; stretches < LONGEST_SEARCH; stretches++) {
    const stretch = await read(next);
    let index = 0;
    for (const item of stretch.items) {
      const cursor = stretch.cursors[index++];
      if (!fits(item)) continue;
      if (items.length === first) return { items, total: null, next: last };
      items.push(item);
      last = cursor ?? null;
    }
    next = onward(stretch.next);
    if (!next || items.length === first) break;
  }
  return { items, total: null, next };
}
