import type { ErrorCode } from '../core/errors.js';

/** What a visitor may carry over to the platform's own page. */
export type HandoffAction = 'vote' | 'unvote' | 'ballot' | 'login';

export interface HandoffWish {
  readonly action: HandoffAction;
  /** Empty for `login`. */
  readonly stepId: string;
  /** For `ballot` all that the visitor wants to have voted for, in rank order. */
  readonly proposalIds: readonly string[];
}

/** All that the hand-over page is told, in its address. */
export interface HandoffRequest extends HandoffWish {
  /** A secret of the page that asks: the answer to this request carries it, and no other answer can. */
  readonly state: string;
  /** Who asks, and who alone gets the answer. */
  readonly origin: string;
  /** Where the visitor goes back to. */
  readonly returnUrl: string;
}

/** What has become of one vote. */
export interface HandoffVote {
  readonly proposalId: string;
  /** Whether the visitor's vote is recorded now. */
  readonly voted: boolean;
  /** Votes of the proposal, paper ones included; null for a secret ballot, and where nothing changed. */
  readonly count: number | null;
  /** Whether the platform counts it. */
  readonly accounted: boolean;
  /** Why it is not as the visitor wished. */
  readonly code: ErrorCode | null;
}

export interface HandoffResult {
  /** `done`: all is as the visitor wished. `failed`: some of it is not; `votes` says what. */
  readonly status: 'done' | 'cancelled' | 'failed';
  readonly signedIn: boolean;
  readonly votes: readonly HandoffVote[];
}

/** Tells our messages from those of others on the same page. */
export const MESSAGE_SOURCE = 'cap-widgets';

/** The name of the window for a request. By it the hand-over page knows that it may be closed. */
export const windowName = (state: string): string => `cap-handoff-${state}`;

/** A request as the hash of the hand-over page's address: hashes are not sent to servers, nor kept in their logs. */
export const hashOf = ({ action, stepId, proposalIds, state, origin, returnUrl }: HandoffRequest): string =>
  new URLSearchParams({
    action,
    step: stepId,
    proposals: proposalIds.join(),
    state,
    origin,
    return: returnUrl,
  }).toString();

/** Reads what a window has posted; null unless it is the answer to the request with that secret. */
export function resultFrom(message: unknown, state: string): HandoffResult | null {
  if (!isRecord(message) || message['source'] !== MESSAGE_SOURCE || message['state'] !== state) return null;
  const { status, signedIn, votes } = message;
  if (status !== 'done' && status !== 'cancelled' && status !== 'failed') return null;
  return typeof signedIn === 'boolean' && Array.isArray(votes) && votes.every(isVote)
    ? { status, signedIn, votes }
    : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Both sides come from one platform, so that its codes are taken as they are; the types are what a page would trip over. */
const isVote = (value: unknown): value is HandoffVote =>
  isRecord(value) &&
  typeof value['proposalId'] === 'string' &&
  typeof value['voted'] === 'boolean' &&
  typeof value['accounted'] === 'boolean' &&
  (value['count'] === null || Number.isInteger(value['count'])) &&
  (value['code'] === null || typeof value['code'] === 'string');
