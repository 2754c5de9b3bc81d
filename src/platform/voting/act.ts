import { ApiError, isRetryable, type ErrorCode } from '../../core/errors.js';
import type { OwnVote, VotableProposal } from '../../domain/vote.js';
import { Cursor, maybe, text, total } from '../cursor.js';
import { addVote, removeVote } from '../documents/voting.js';
import type { ReadOptions } from '../loader.js';
import type { Platform } from '../platform.js';
import { failureOf, faultOf } from '../recovery.js';
import { send, type Fault } from '../transport.js';
import { decodeOwnVote, readProposal } from './read.js';

/** A wish of the visitor: to have voted for a proposal in a step, or not to. */
export interface VoteWish {
  readonly proposalId: string;
  readonly stepId: string;
  readonly voted: boolean;
  readonly anonymously: boolean;
}

/** What the platform has recorded. */
export interface RecordedVote {
  readonly own: OwnVote | null;
  /** Votes cast online for the proposal in the step; null where the platform does not say. */
  readonly online: number | null;
}

/** What the platform's words mean. Only here are they read. */
const REFUSALS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/already_voted|ALREADY_VOTED/, 'already-voted'],
  [/have not voted/, 'not-voted'],
  [/limit of votes|VOTE_LIMIT_REACHED/, 'vote-limit-reached'],
  [/not_enough_credits/, 'not-enough-budget'],
  [/no longer contributable|not contribuable/, 'step-closed'],
  [/not votable|not associated|Wrong step/, 'not-votable'],
  [/^Unknown/, 'not-found'],
  [/PHONE_ALREADY_USED/, 'phone-already-used'],
  [/CONTRIBUTION_NOT_ALLOWED|email_belongs_to_user/, 'contribution-not-allowed'],
  [/requirements/i, 'requirements-missing'],
  [/^Access denied/, 'unauthorized'],
];

const refusal = (words: string): ApiError | null => {
  const found = REFUSALS.find(([pattern]) => pattern.test(words));
  return found ? new ApiError(found[1], words) : null;
};

/**
 * Has the platform record a vote, or take it back. Sent once, whatever happens: when no answer comes, what is recorded is
 * read, and only that is told.
 *
 * @throws {ApiError} Why it was refused, with nothing recorded; or that it is not known whether it was, with `unsure` set.
 */
export async function castVote(platform: Platform, wish: VoteWish, options: ReadOptions): Promise<RecordedVote> {
  const { endpoint } = platform.loader('session');
  const { proposalId, stepId, voted, anonymously } = wish;
  const input = { proposalId, stepId, ...(voted && { anonymously }) };
  try {
    const document = (voted ? addVote : removeVote) as unknown as string; // See `documents/typed.ts`.
    const { data, faults } = await send(endpoint, document, { input, step: stepId }, options.lang, options.signal);
    const field = voted ? 'addProposalVote' : 'removeProposalVote';
    const payload = data?.[field];
    const [fault] = faults;
    if (!payload || fault) throw fault ? refusalOf(fault) : new ApiError('bad-response', `${field} is missing`);
    return decodePayload(new Cursor(payload, field), voted, platform.settings.platform);
  } catch (reason) {
    const [failure] = failureOf(reason);
    const settled = failure.code === 'already-voted' || failure.code === 'not-voted';
    if (!settled && !isRetryable(failure.code)) throw failure;
    return readBack(platform, wish, failure, options);
  }
}

const refusalOf = (fault: Fault): ApiError => refusal(String(fault.message)) ?? faultOf(fault);

type Payload = {
  readonly errorCode?: string | null;
  readonly vote?: {
    readonly isAccounted: boolean;
    readonly completionStatus: string;
    readonly published: boolean;
    readonly requirementsUrl: string | null;
    readonly proposal: { readonly votes: { readonly totalCount: number } };
  } | null;
  readonly proposal?: { readonly votes: { readonly totalCount: number } } | null;
};

function decodePayload(payload: Cursor<unknown>, voted: boolean, platform: string): RecordedVote {
  const cursor = payload as Cursor<Payload>;
  const code = maybe(cursor.at('errorCode'), text);
  if (code) throw refusal(code) ?? new ApiError('contribution-not-allowed', code);
  const online = (at: Cursor<Payload['proposal']>): number | null =>
    maybe(at, (proposal) => total(proposal.at('votes')));
  if (!voted) return { own: null, online: online(cursor.at('proposal')) };
  const recorded = maybe(cursor.at('vote'), (vote) => ({
    own: decodeOwnVote(vote as Parameters<typeof decodeOwnVote>[0], platform),
    online: online(vote.at('proposal')),
  }));
  if (!recorded) throw new ApiError('bad-response', 'addProposalVote.vote is missing');
  return recorded;
}

/** What is recorded, after an act without an answer. */
async function readBack(
  platform: Platform,
  { proposalId, stepId, voted }: VoteWish,
  failure: ApiError,
  options: ReadOptions,
): Promise<RecordedVote> {
  let proposal: VotableProposal | null;
  try {
    proposal = await readProposal(platform, proposalId, stepId, true, options);
  } catch {
    throw new UnsureError(failure);
  }
  if (Boolean(proposal?.own) === voted) return { own: proposal?.own ?? null, online: proposal?.count?.online ?? null };
  throw failure;
}

/** Nobody knows whether the act was recorded: it must be looked up before anything is said, or sent again. */
export class UnsureError extends ApiError {
  readonly unsure = true;

  constructor(failure: ApiError) {
    super(failure.code, 'not known whether it was recorded', { cause: failure });
  }
}
