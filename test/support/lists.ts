/** Lists of the fake platform: paged by cursor, cut at a hundred, with holes where an object is hidden. */
import type { FakeObject, FakePlatform } from './fake-platform.js';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One page of a list, as the platform answers. */
export function connection(nodes: readonly (FakeObject | null)[], { first, after }: PageArgs): object {
  const start = after ? Number(atob(after).split(':')[1]) + 1 : 0;
  const end = start + Math.min(first ?? 100, 100);
  const edges = nodes
    .slice(start, end)
    .map((node, index) => (node === null ? null : { node, cursor: btoa(`arrayconnection:${start + index}`) }));
  return {
    totalCount: nodes.length,
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: null,
      endCursor: btoa(`arrayconnection:${Math.min(end, nodes.length) - 1}`),
    },
    edges,
  };
}

/** Has the platform list objects at a root field, and gives back what that was asked. */
export function lists<Args extends PageArgs = EventArgs>(
  platform: FakePlatform,
  field: 'projects' | 'events',
  nodes: readonly (FakeObject | null)[] | ((args: Args) => readonly (FakeObject | null)[]),
): Args[] {
  const asked: Args[] = [];
  platform.root[field] = (args: Args) => {
    asked.push({ ...args });
    return connection(nodes instanceof Function ? nodes(args) : nodes, args);
  };
  return asked;
}

/** So many objects, each made for its number. */
export const many = (count: number, make: (number: number) => FakeObject): FakeObject[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** What a list of events is asked. */
export interface EventArgs extends PageArgs {
  readonly project?: string | null;
  readonly isFuture?: boolean | null;
  readonly orderBy: { readonly field: string; readonly direction: string };
}

/** An event, at times of the platform. */
export const event = (
  id: string,
  title: string,
  startAt: string,
  endAt: string | null,
  fields: Partial<FakeObject> = {},
): FakeObject => ({
  __typename: 'Event',
  id,
  title,
  url: `https://participez.valmont.example/events/${id}`,
  timeRange: { startAt, endAt },
  googleMapsAddress: { formatted: 'Salle des fêtes, Valmont' },
  ...fields,
});
