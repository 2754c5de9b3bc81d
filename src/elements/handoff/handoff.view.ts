import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import type { HandoffRequest, HandoffVote } from '../../domain/handoff.js';
import type { Reading, Refusal } from '../../domain/handoff-request.js';
import { obstacleTo, type Ballot, type Obstacle, type VotableProposal } from '../../domain/vote.js';
import type { Progress } from '../../state/errand.js';
import type { Viewer } from '../../state/voting.js';

/** A proposal of the request, what is wished for it, and what has become of that. */
export interface Item {
  readonly id: string;
  /** Null for one that is not there. */
  readonly proposal: VotableProposal | null;
  /** Whether the visitor wants to have voted for it. */
  readonly wish: boolean;
  /** Why it cannot be sent. */
  readonly obstacle: Obstacle | 'missing' | null;
  /** The platform has recorded it just so, before this request or by it. */
  readonly met: boolean;
  readonly outcome: HandoffVote | null;
}

/** Where a request stands. */
export type Stage = 'sign-in' | 'confirm' | 'blocked' | 'sending' | 'done';

/** The one state that the hand-over page is in. */
export type HandoffView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  /** Somebody has opened the page itself. */
  | { readonly kind: 'empty'; readonly code?: undefined }
  | { readonly kind: 'error'; readonly code: 'forbidden'; readonly refusal: Refusal | Misplaced }
  | {
      readonly kind: 'error';
      readonly code: ErrorCode;
      readonly refusal?: undefined;
      readonly retryable: boolean;
      readonly retrying: boolean;
    }
  | {
      readonly kind: 'ready';
      readonly stage: Stage;
      readonly request: HandoffRequest;
      readonly items: readonly Item[];
      readonly ballot: Ballot | null;
      /** Name of the account that acts. */
      readonly account: string | null;
      readonly progress: Progress;
      /** Whether clicks count yet. */
      readonly armed: boolean;
      /** The platform is being asked whether it has recorded what was sent. */
      readonly unsure: boolean;
      /** What has interrupted the request. */
      readonly code?: ErrorCode | undefined;
    };

export type Ready = Extract<HandoffView, { kind: 'ready' }>;

/** The page is not where it could act, or not where it can be seen for what it is. */
export type Misplaced = { readonly kind: 'framed' | 'misplaced' };

export interface Sources {
  /** What the address asks for; null where it asks for nothing. */
  readonly reading: Reading | null;
  readonly misplaced: Misplaced | null;
  readonly viewer: Remote<Viewer>;
  readonly ballot: Remote<Ballot | null>;
  readonly proposals: ReadonlyMap<string, Remote<VotableProposal | null>>;
  readonly progress: Progress;
  readonly run: { readonly pending: boolean; readonly error?: { readonly code: ErrorCode } | undefined };
  /** Nobody knows whether the latest act was recorded. */
  readonly unsure: boolean;
  readonly clicksFrom: number;
}

/** First match wins. */
export function handoffView(sources: Sources, now: number): HandoffView {
  const { reading, misplaced, viewer, ballot, proposals, progress, run, unsure, clicksFrom } = sources;
  if (misplaced) return { kind: 'error', code: 'forbidden', refusal: misplaced };
  if (!reading) return { kind: 'empty' };
  if ('refusal' in reading) return { kind: 'error', code: 'forbidden', refusal: reading.refusal };
  const { request } = reading;
  const needed = request.action === 'login' ? [viewer] : [viewer, ballot, ...proposals.values()];
  if (needed.some(({ data }) => data === undefined)) {
    const error = needed.find((remote) => remote.error)?.error;
    if (!error) return { kind: 'loading' };
    const retrying = needed.some(({ loading }) => loading);
    return { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying };
  }
  const items = itemsOf(request, ballot.data ?? null, proposals, progress, now);
  const { signedIn = false, displayName = null } = viewer.data ?? {};
  return {
    kind: 'ready',
    stage: stageOf(items, request, signedIn, progress, run.pending),
    request,
    items,
    ballot: ballot.data ?? null,
    account: displayName,
    progress,
    armed: now >= clicksFrom && needed.every(({ loading }) => !loading),
    unsure,
    code: run.error?.code,
  };
}

function stageOf(
  items: readonly Item[],
  { action }: HandoffRequest,
  signedIn: boolean,
  { status }: Progress,
  sending: boolean,
): Stage {
  if (status) return 'done';
  if (sending) return 'sending';
  if (!signedIn) return 'sign-in';
  // An empty ballot is met from the start, and may be confirmed like any other.
  return action !== 'login' &&
    items.some(({ obstacle }) => obstacle) &&
    items.every(({ met, obstacle }) => met || obstacle)
    ? 'blocked'
    : 'confirm';
}

/** The proposals of a request that its address does not name: a whole ballot takes back what it leaves out. */
export const leftOut = ({ action }: HandoffRequest, ballot: Ballot | null, { votes }: Progress): readonly string[] =>
  action === 'ballot' ? [...(ballot?.chosen ?? []), ...votes].map(({ proposalId }) => proposalId) : [];

function itemsOf(
  { action, proposalIds }: HandoffRequest,
  ballot: Ballot | null,
  proposals: Sources['proposals'],
  { votes }: Progress,
  now: number,
): readonly Item[] {
  const known = [...proposals].map(([id, { data }]) => ({ id, proposal: data ?? null }));
  // The platform takes ids in two forms and answers in one of them.
  const named = new Set(
    known.filter(({ id }) => proposalIds.includes(id)).map(({ id, proposal }) => proposal?.id ?? id),
  );
  const items = known
    .filter(({ id }) => proposalIds.includes(id) || !named.has(id))
    .map(({ id, proposal }) => {
      const wish = action !== 'unvote' && proposalIds.includes(id);
      const met = proposal !== null && Boolean(proposal.own) === wish;
      const outcome = votes.find(({ proposalId }) => proposalId === id) ?? null;
      return { id, proposal, wish, met, outcome };
    });
  // Votes of one request make room for each other, or take it: only a single one can be judged beforehand.
  const rules = ballot && (items.length === 1 ? ballot : { ...ballot, votesLimit: null, budget: null });
  return (
    items
      .map(
        ({ proposal, met, ...item }) =>
          ({
            ...item,
            proposal,
            met,
            obstacle:
              met || item.outcome
                ? null
                : !proposal
                  ? 'missing'
                  : rules
                    ? obstacleTo(proposal, rules, now)
                    : 'not-votable',
          }) satisfies Item,
      )
      // Whoever exchanges one vote for another must have the first one back before.
      .sort((a, b) => Number(a.wish) - Number(b.wish))
  );
}

/** What has not been asked of the platform, as the page that asks is told. */
export function outcomeOf({ id, proposal, met, obstacle }: Item, ballot: Ballot | null): HandoffVote | null {
  const own = proposal?.own ?? null;
  const count = proposal?.count && !ballot?.secret ? proposal.count.online + (proposal.count.paper ?? 0) : null;
  const outcome = { proposalId: id, voted: own !== null, accounted: own?.accounted ?? false };
  if (met) return { ...outcome, count, code: null };
  return obstacle && { ...outcome, count: null, code: codeOf(obstacle) };
}

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
