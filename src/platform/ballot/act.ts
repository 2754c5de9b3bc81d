import { clock } from '../../core/clock.js';
import { ApiError, isRetryable, type ErrorCode } from '../../core/errors.js';
import type { OwnVote } from '../../domain/ballot.js';
import { Cursor, maybe, text, total } from '../cursor.js';
import { addVote, removeVote } from '../documents/votes.js';
import type { Platform } from '../endpoints.js';
import type { ReadOptions } from '../loader.js';
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

/** Milliseconds between two looks at what is recorded; doubled each time. */
const PATIENCE = 2000;
const LONGEST_PATIENCE = 30_000;

/**
 * Has the platform record a vote, or take it back. Sent once, whatever happens: when no answer comes, what is recorded is
 * read until the platform says, and only that is told.
 *
 * @param onUnsure - Called while nobody knows whether the act was recorded.
 * @throws {ApiError} Why it was refused, with nothing recorded.
 */
export async function castVote(
  platform: Platform,
  wish: VoteWish,
  options: ReadOptions,
  onUnsure: () => void,
): Promise<RecordedVote> {
  // What cannot be sent is not recorded: there is nothing to look up.
  if ((globalThis.navigator as Navigator | undefined)?.onLine === false)
    throw new ApiError('offline', 'nothing was sent');
  const { endpoint } = platform.loader('session');
  const { proposalId, stepId, voted, anonymously } = wish;
  const input = { proposalId, stepId, ...(voted && { anonymously }) };
  try {
    const document = (voted ? addVote : removeVote) as unknown as string; // See `documents/typed.ts`.
    const { data, faults } = await send(endpoint, document, { input, step: stepId }, options.lang, options.signal);
    const field = voted ? 'addProposalVote' : 'removeProposalVote';
    const payload = data?.[field];
    const [fault] = faults;
    // A payload is an act that took place, whatever the platform complains of within.
    if (!payload) throw fault ? refusalOf(fault) : new ApiError('bad-response', `${field} is missing`);
    return decodePayload(new Cursor(payload, field), voted, platform.settings.platform);
  } catch (reason) {
    const [failure] = failureOf(reason);
    const settled = failure.code === 'already-voted' || failure.code === 'not-voted';
    if (!settled && !isRetryable(failure.code)) throw failure;
    return readBack(platform, wish, failure, options, onUnsure);
  }
}

export const refusalOf = (fault: Fault): ApiError => refusal(String(fault.message)) ?? faultOf(fault);

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
  onUnsure: () => void,
): Promise<RecordedVote> {
  // Where the connection broke, the platform may still be at work on the act: one look is not enough to deny it.
  let doubtful = failure.code === 'timeout' || failure.code === 'network';
  for (let wait = PATIENCE; ; wait = Math.min(wait * 2, LONGEST_PATIENCE)) {
    try {
      const proposal = await readProposal(platform, proposalId, stepId, true, options);
      if (Boolean(proposal?.own) === voted)
        return { own: proposal?.own ?? null, online: proposal?.count?.online ?? null };
      if (!doubtful) break;
      doubtful = false;
    } catch (reason) {
      const [unread] = failureOf(reason);
      // Whoever is no longer signed in learns more by signing in again.
      if (!isRetryable(unread.code))
        throw new ApiError('unauthorized', 'not known whether it was recorded', { cause: unread });
    }
    onUnsure();
    await new Promise<void>((resolve) => clock.after(wait, resolve));
  }
  throw failure;
}
