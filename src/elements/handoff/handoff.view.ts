import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import type { HandoffRequest } from '../../domain/handoff.js';
import type { Reading, Refusal } from '../../domain/handoff-request.js';
import type { Ballot, VotableProposal } from '../../domain/ballot.js';
import type { Progress } from '../../state/errand.js';
import type { Proof } from '../../state/request-controller.js';
import type { Viewer } from '../../state/viewer.js';
import { itemsOf, type Item } from './handoff.items.js';

export type { Item };

/** Where a request stands. `claimed`: a link from elsewhere led here, and nothing of the request is shown before a press. */
export type Stage = 'claimed' | 'sign-in' | 'confirm' | 'blocked' | 'sending' | 'done';

/** The account that acts. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

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
      readonly proof: Proof;
      readonly items: readonly Item[];
      readonly ballot: Ballot | null;
      /** Null while nobody is signed in. */
      readonly account: Account | null;
      readonly progress: Progress;
      /** The visitor wants votes to be taken back although nobody vouches for the request; null where that is no question. */
      readonly ticked: boolean | null;
      /** Whether there is anything to press for: presses count as soon as it has been seen. */
      readonly able: boolean;
      /** The platform is being asked whether it has recorded what was sent. */
      readonly unsure: boolean;
      /** Somebody else is signed in than when the visitor confirmed. */
      readonly other: boolean;
      /** What has interrupted the request. */
      readonly code?: ErrorCode | undefined;
      /** The same: it is the visitor's act that failed. */
      readonly refused?: ErrorCode | undefined;
    };

export type Ready = Extract<HandoffView, { kind: 'ready' }>;

/** The page is not where it could act, or not where it can be seen for what it is. */
export type Misplaced = { readonly kind: 'framed' | 'misplaced' };

export interface Sources {
  /** What the address asks for; null where it asks for nothing. */
  readonly reading: Reading | null;
  readonly misplaced: Misplaced | null;
  readonly proof: Proof;
  /** The visitor has wanted to see what a link from elsewhere asks for. */
  readonly opened: boolean;
  /** He has ticked that votes may be taken back all the same. */
  readonly ticked: boolean;
  readonly viewer: Remote<Viewer>;
  readonly ballot: Remote<Ballot | null>;
  readonly proposals: ReadonlyMap<string, Remote<VotableProposal | null>>;
  readonly progress: Progress;
  readonly run: { readonly pending: boolean; readonly error?: { readonly code: ErrorCode } | undefined };
  /** Nobody knows whether the latest act was recorded. */
  readonly unsure: boolean;
  readonly other: boolean;
}

/** First match wins. */
export function handoffView(sources: Sources, now: number): HandoffView {
  const { reading, misplaced, proof, opened, viewer, ballot, proposals, run, unsure, other } = sources;
  if (misplaced) return { kind: 'error', code: 'forbidden', refusal: misplaced };
  if (!reading) return { kind: 'empty' };
  if ('refusal' in reading) return { kind: 'error', code: 'forbidden', refusal: reading.refusal };
  const { request } = reading;
  const isSession = request.action === 'login' || request.action === 'leave';
  const needed = isSession ? [viewer] : [viewer, ballot, ...proposals.values()];
  if (needed.some(({ data }) => data === undefined)) {
    const error = needed.find((remote) => remote.error)?.error;
    if (!error) return { kind: 'loading' };
    const retrying = needed.some(({ loading }) => loading);
    return { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying };
  }
  const account = accountOf(viewer.data);
  const progress = progressWith(sources.progress, account);
  // What a request at its end is like no longer depends on who asks.
  if (proof === 'waiting' && !progress.status && !run.pending) return { kind: 'loading' };
  const keeps = proof === 'claimed' && !sources.ticked;
  // What one person has voted for is not for the next one who looks at this window.
  const isOver = progress.left || (progress.status !== null && account?.id !== (progress.account ?? account?.id));
  const items = isOver ? [] : itemsOf(request, ballot.data ?? null, proposals, progress, keeps, now);
  const takesBack = items.some(({ wish, met, obstacle }) => !wish && !met && !obstacle);
  const stage = stageOf(items, request, proof === 'claimed' && !opened, account !== null, progress, run.pending);
  const code = run.error?.code;
  return {
    kind: 'ready',
    stage,
    request,
    proof,
    items: stage === 'claimed' ? [] : items,
    ballot: ballot.data ?? null,
    account,
    progress,
    ticked: proof === 'claimed' && takesBack ? sources.ticked : null,
    // What the request is all about is not done by leaving it out.
    able: needed.every(({ loading }) => !loading) && !(request.action === 'unvote' && keeps && takesBack),
    unsure,
    other,
    code,
    refused: code,
  };
}

const accountOf = (viewer: Viewer | undefined): Account | null =>
  viewer?.id ? { id: viewer.id, name: viewer.displayName ?? '', email: viewer.email } : null;

/** What one account has begun is not gone on with by another. */
const progressWith = (progress: Progress, account: Account | null): Progress =>
  progress.status || !progress.account || !account || account.id === progress.account
    ? progress
    : { ...progress, account: null, votes: [] };

function stageOf(
  items: readonly Item[],
  { action }: HandoffRequest,
  unopened: boolean,
  signedIn: boolean,
  { status }: Progress,
  sending: boolean,
): Stage {
  if (status) return 'done';
  if (sending) return 'sending';
  if (unopened) return 'claimed';
  if (action === 'leave') return 'confirm';
  if (!signedIn) return 'sign-in';
  // An empty ballot is met from the start, and may be confirmed like any other.
  return action !== 'login' &&
    items.some(({ obstacle }) => obstacle) &&
    items.every(({ met, obstacle }) => met || obstacle)
    ? 'blocked'
    : 'confirm';
}
