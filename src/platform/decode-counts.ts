import type { ResultOf } from 'gql.tada';

import type { Count, Metric } from '../domain/counts.js';
import { parsePlatformTime } from '../domain/platform-time.js';
import { count, flag, list, maybe, text, type Cursor } from './cursor.js';
import type { stepVotes } from './documents/session.js';
import type { Settings } from './settings.js';

/** All that a counter may get: which fields are there depends on the type of the object and on the endpoint. */
interface Counted {
  readonly __typename: string;
  readonly votes?: Total | null;
  readonly paperVotesTotalCount?: number;
  readonly contributions?: Total | null;
  readonly contributors?: Total | null;
  readonly participants?: Total | null;
  readonly proposals?: Total | null;
  readonly replies?: Total | null;
  readonly questionnaire?: { readonly replies: Total } | null;
  readonly votableSteps?: readonly Ballot[];
}
interface Total {
  readonly totalCount: number;
}
interface Ballot {
  readonly canDisplayBallot: boolean;
  readonly publishedVoteDate: string | null;
}

/** One metric of an object; `not-counted` where the answer has no such number. */
export function readCount(node: Cursor<Counted>, metric: Metric, settings: Settings): Count {
  const total = (
    field: 'votes' | 'contributions' | 'contributors' | 'participants' | 'proposals' | 'replies',
  ): number | null => maybe(node.at(field), (connection) => count(connection.at('totalCount')));
  switch (metric) {
    case 'votes': {
      const hidden = maybe(node.at('votableSteps'), (steps) => list(steps, (step) => secrecy(step, settings))) ?? [];
      const secret = hidden.find((ballot) => ballot !== null);
      return secret ?? tally(total('votes'), maybe(node.at('paperVotesTotalCount'), count));
    }
    case 'contributors':
      return tally(total('contributors') ?? total('participants'));
    case 'contributions':
      return tally(total('contributions') ?? total('proposals'));
    case 'replies':
      return tally(
        total('replies') ??
          maybe(node.at('questionnaire'), (questionnaire) => count(questionnaire.at('replies').at('totalCount'))),
      );
  }
}

const tally = (value: number | null, paper: number | null = null): Count =>
  value === null ? { kind: 'not-counted' } : { kind: 'tally', value: value + (paper ?? 0), paper };

/** Without this answer the platform gives the real numbers of a secret ballot to anybody, or 0: neither may be shown. */
function secrecy(ballot: Cursor<Ballot>, { timeZone }: Settings): Count | null {
  if (flag(ballot.at('canDisplayBallot'))) return null;
  const publishedAt = maybe(ballot.at('publishedVoteDate'), (date) => parsePlatformTime(text(date), timeZone));
  return { kind: 'secret', publishedAt: publishedAt !== null && Number.isNaN(publishedAt) ? null : publishedAt };
}

type StepVotes = NonNullable<ResultOf<typeof stepVotes>['node']>;
type ProposalStep = Extract<StepVotes, { proposals: unknown }>;

/** One page of a step's votes, and where the next page begins. A step of another kind has no proposals: null. */
export function readStepVotes(
  node: Cursor<StepVotes>,
  settings: Settings,
): { count: Count; next: string | null } | null {
  const step = node as unknown as Cursor<Partial<ProposalStep>>; // A union without a discriminating field.
  return maybe(step.at('proposals'), (proposals) => {
    const secret = secrecy(step as Cursor<ProposalStep>, settings);
    if (secret) return { count: secret, next: null };
    const pages = proposals.at('pageInfo');
    const votes =
      maybe(proposals.at('edges'), (edges) =>
        list(edges, (edge) => {
          const proposal = edge.at('node');
          return {
            online: count(proposal.at('votes').at('totalCount')),
            paper: count(proposal.at('paperVotesTotalCount')),
          };
        }),
      ) ?? [];
    const paper = votes.reduce((sum, vote) => sum + vote.paper, 0);
    return {
      count: { kind: 'tally', value: votes.reduce((sum, vote) => sum + vote.online, paper), paper },
      next: flag(pages.at('hasNextPage')) ? maybe(pages.at('endCursor'), text) : null,
    };
  });
}
