import type { ListPage } from '../domain/list-page.js';
import type { ProposalFilters, ProposalOrder } from '../domain/proposal.js';
import { flag, list, maybe, text, total, type Cursor } from './cursor.js';

/** Some of the proposals of a step. */
export interface ProposalsWish extends ProposalFilters {
  readonly stepId: string;
  readonly first: number;
  readonly after: string | null;
  /** Whether there is a session, if that is known already. */
  readonly signedIn: boolean | undefined;
}

/** The platform's words for an order. */
export const orderOf = (order: ProposalOrder) =>
  (
    ({
      random: { field: 'RANDOM', direction: 'ASC' },
      newest: { field: 'PUBLISHED_AT', direction: 'DESC' },
      oldest: { field: 'PUBLISHED_AT', direction: 'ASC' },
      votes: { field: 'VOTES', direction: 'DESC' },
      cost: { field: 'COST', direction: 'ASC' },
    }) as const
  )[order];

interface Connection<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly ({ readonly node: T } | null)[] | null;
}

/** The entries of the step that was found; null where it is of a kind without proposals. */
export function decodePage<T, R>(
  node: Cursor<{ readonly __typename?: string; readonly proposals?: Connection<T> }>,
  read: (proposal: Cursor<NonNullable<T>>) => R,
): ListPage<R> | null {
  return maybe(node.at('proposals'), (proposals) => {
    const info = proposals.at('pageInfo');
    return {
      items:
        maybe(proposals.at('edges'), (edges) =>
          list(edges, (edge) => maybe(edge.at('node'), read)).filter((item) => item !== null),
        ) ?? [],
      total: total(proposals),
      next: flag(info.at('hasNextPage')) ? maybe(info.at('endCursor'), text) : null,
    };
  });
}
