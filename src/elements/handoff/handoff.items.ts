import type { ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import { obstacleTo, type Ballot, type Obstacle, type VotableProposal } from '../../domain/ballot.js';
import type { HandoffRequest, HandoffVote } from '../../domain/handoff.js';
import type { Progress } from '../../state/errand.js';

/** A proposal of the request, what is wished for it, and what has become of that. */
export interface Item {
  readonly id: string;
  /** Null for one that is not there. */
  readonly proposal: VotableProposal | null;
  /** Whether the visitor wants to have voted for it. */
  readonly wish: boolean;
  /** Whether the request names it: what a whole ballot leaves out is nobody's business but the visitor's. */
  readonly named: boolean;
  /** Why it cannot be sent. */
  readonly obstacle: Obstacle | 'missing' | null;
  /** The platform has recorded it just so, before this request or by it. */
  readonly met: boolean;
  readonly outcome: HandoffVote | null;
  /** It is to be sent. */
  readonly todo: boolean;
}

/** The proposals of a request that its address does not name: a whole ballot takes back what it leaves out. */
export const leftOut = ({ action }: HandoffRequest, ballot: Ballot | null, { votes }: Progress): readonly string[] =>
  action === 'ballot' ? [...(ballot?.chosen ?? []), ...votes].map(({ proposalId }) => proposalId) : [];

/** @param keeps - Nothing is taken back. */
export function itemsOf(
  { action, proposalIds }: HandoffRequest,
  ballot: Ballot | null,
  proposals: ReadonlyMap<string, Remote<VotableProposal | null>>,
  { votes }: Progress,
  keeps: boolean,
  now: number,
): readonly Item[] {
  const known = [...proposals].map(([id, { data }]) => ({ id, proposal: data ?? null }));
  // The platform takes ids in two forms and answers in one of them.
  const alike = new Set(
    known.filter(({ id }) => proposalIds.includes(id)).map(({ id, proposal }) => proposal?.id ?? id),
  );
  const wanted = known
    .filter(({ id }) => proposalIds.includes(id) || !alike.has(id))
    .map(({ id, proposal }) => {
      const named = proposalIds.includes(id);
      const wish = action !== 'unvote' && named;
      const met = proposal !== null && Boolean(proposal.own) === wish;
      return { id, proposal, named, wish, met, outcome: votes.find(({ proposalId }) => proposalId === id) ?? null };
    });
  // Votes of one request make room for each other, or take it: only a single one can be judged beforehand.
  const rules = ballot && (wanted.length === 1 ? ballot : { ...ballot, votesLimit: null, budget: null });
  const obstacleOf = (proposal: VotableProposal | null): Item['obstacle'] =>
    !proposal ? 'missing' : rules ? obstacleTo(proposal, rules, now) : 'not-votable';
  return (
    wanted
      .map((item) => {
        const obstacle = item.met || item.outcome ? null : obstacleOf(item.proposal);
        return { ...item, obstacle, todo: !item.met && !item.outcome && !obstacle && (item.wish || !keeps) };
      })
      // Whoever exchanges one vote for another must have the first one back before.
      .sort((a, b) => Number(a.wish) - Number(b.wish))
  );
}

/** What cannot even be tried, as the page that asks is told; null for what can, and for what was so before. */
export const refusalOf = ({ id, proposal, obstacle }: Item): HandoffVote | null =>
  obstacle && {
    proposalId: id,
    voted: Boolean(proposal?.own),
    count: null,
    accounted: proposal?.own?.accounted ?? false,
    code: codeOf(obstacle),
  };

function codeOf(obstacle: Obstacle | 'missing'): ErrorCode {
  switch (obstacle) {
    case 'missing':
      return 'not-found';
    case 'archived':
      return 'not-votable';
    case 'step-future':
    case 'step-closed':
      return 'step-closed';
    default:
      return obstacle;
  }
}
