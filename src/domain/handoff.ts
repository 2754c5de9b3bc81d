import type { ErrorCode } from '../core/errors.js';
import { recordedOf, type Recorded } from './recorded.js';

/** What a visitor may carry over to the platform's own page. */
export type HandoffAction = 'vote' | 'unvote' | 'ballot' | 'login' | 'leave';

export interface HandoffWish {
  readonly action: HandoffAction;
  /** Empty for `login` and `leave`. */
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

/** What has become of one vote, of whatever kind. */
export interface HandoffRecord extends Recorded {
  readonly code: ErrorCode | null;
}

/** What the hand-over page answers: only what this confirm has changed, or tried to. */
export interface HandoffResult {
  /** `done`: all is as the visitor wished. `failed`: some of it is not. `cancelled` says the same of everybody. */
  readonly status: 'done' | 'cancelled' | 'failed';
  readonly signedIn: boolean;
  /** Proposals that the request named, and no others: withdrawals by a ballot are not listed. */
  readonly votes: readonly HandoffVote[];
  /** The same, for votes of every kind. */
  readonly results: readonly HandoffRecord[];
  /** The visitor has signed out there and wants nothing to be left on this device. */
  readonly forget?: true;
}

/** What a page knows of its hand-over in the end. `unknown`: no answer has come, and whatever was asked for may be recorded. */
export type HandoffOutcome =
  | HandoffResult
  | (Pick<HandoffResult, 'signedIn' | 'votes' | 'results'> & {
      readonly status: 'unknown';
      readonly forget?: undefined;
    });

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

/** What the hand-over page posts once it is loaded, and what the page that has opened it answers. */
export interface Handshake {
  readonly source: typeof MESSAGE_SOURCE;
  readonly type: 'ready' | 'ask';
  readonly state: string;
  /** The whole request, as the hand-over page's address has it after its `#`. */
  readonly request?: string;
}

export const readyFor = ({ state }: { readonly state: string }): Handshake => ({
  source: MESSAGE_SOURCE,
  type: 'ready',
  state,
});

export const askFor = ({ state, request }: { readonly state: string; readonly request: string }): Handshake => ({
  source: MESSAGE_SOURCE,
  type: 'ask',
  state,
  request,
});

const isHandshake = (message: unknown, type: Handshake['type'], state: string): message is Handshake =>
  isRecord(message) && message['source'] === MESSAGE_SOURCE && message['type'] === type && message['state'] === state;

export const isReady = (message: unknown, state: string): boolean => isHandshake(message, 'ready', state);

/** Whether a message asks for just this, byte for byte. */
export const isAskFor = (message: unknown, state: string, request: string): boolean =>
  isHandshake(message, 'ask', state) && message.request === request;

/** Where the visitor goes back to when nothing else can bring the answer: a secret and one word, and nothing else behind the `#`. */
export function returnWith({ returnUrl, state }: HandoffRequest, status: HandoffResult['status']): string {
  const url = new URL(returnUrl);
  url.hash = `cap-handoff=${state}.${status}`;
  return url.href;
}

/** The same for everybody: whoever cancels tells nothing of himself. */
export const CANCELLED: HandoffResult = { status: 'cancelled', signedIn: false, votes: [], results: [] };

/** An answer that says the same of votes twice: in the form of proposals, and in that of all votes. */
export const resultOf = (
  status: HandoffResult['status'],
  signedIn: boolean,
  votes: readonly HandoffVote[],
  forget = false,
): HandoffResult => ({
  status,
  signedIn,
  votes,
  results: votes.map((vote) => ({ ...recordedOf(vote), code: vote.code })),
  ...(forget && { forget: true }),
});

/** Reads what a window has posted; null unless it is the answer to the request with that secret. */
export function resultFrom(message: unknown, state: string): HandoffResult | null {
  if (!isRecord(message) || message['source'] !== MESSAGE_SOURCE || message['state'] !== state) return null;
  const { status, signedIn, votes, results, forget } = message;
  if (!isStatus(status) || typeof signedIn !== 'boolean' || (forget !== undefined && forget !== true)) return null;
  if (!Array.isArray(votes) || !votes.every(isVote) || !Array.isArray(results) || !results.every(isRecorded))
    return null;
  return { status, signedIn, votes, results, ...(forget && { forget }) };
}

export const isStatus = (value: unknown): value is HandoffResult['status'] =>
  value === 'done' || value === 'cancelled' || value === 'failed';

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

const isRecorded = (value: unknown): value is HandoffRecord =>
  isRecord(value) &&
  value['kind'] === 'proposal' &&
  typeof value['id'] === 'string' &&
  (value['value'] === 'for' || value['value'] === null) &&
  (value['counts'] === null || (isRecord(value['counts']) && Number.isInteger(value['counts']['for']))) &&
  typeof value['accounted'] === 'boolean' &&
  (value['code'] === null || typeof value['code'] === 'string');
