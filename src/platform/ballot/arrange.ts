import { clock } from '../../core/clock.js';
import { ApiError, isRetryable } from '../../core/errors.js';
import type { Ballot } from '../../domain/ballot.js';
import { orderVotes, veilVotes } from '../documents/arranging.js';
import type { Document } from '../documents/typed.js';
import type { Platform } from '../endpoints.js';
import type { ReadOptions } from '../loader.js';
import { failureOf } from '../recovery.js';
import { send } from '../transport.js';
import { refusalOf } from './act.js';
import { readBallot } from './read.js';

/** How the visitor wants the recorded votes of a step to be. */
export interface Arrangement {
  readonly stepId: string;
  /** Proposals in rank order. Votes for others keep their order after these. */
  readonly order?: readonly string[];
  /** Whether the visitor's name is left out; the same for all votes. */
  readonly anonymous?: boolean;
}

/** Milliseconds before what is recorded is read once more. */
const PATIENCE = 2000;

/**
 * Puts the visitor's recorded votes in order, or shows his name with them, and reads what is recorded then.
 *
 * The platform deletes each vote that its list of them leaves out. So what is recorded is read right before, and all of it
 * is sent. No two tabs may do this at once.
 *
 * @returns The ballot as it is recorded, just as wished.
 * @throws {ApiError} Why it is not.
 */
export async function arrangeVotes(platform: Platform, wish: Arrangement, options: ReadOptions): Promise<Ballot> {
  if ((globalThis.navigator as Navigator | undefined)?.onLine === false)
    throw new ApiError('offline', 'nothing was sent');
  const { stepId, anonymous } = wish;
  const before = await recorded(platform, stepId, options);
  if (isMet(before, wish)) return before;
  let failure: ApiError | undefined;
  try {
    await (wish.order
      ? mutate(platform, 'updateProposalVotes', orderVotes, { step: stepId, votes: listOf(before, wish) }, options)
      : mutate(platform, 'updateVotesVisibility', veilVotes, { stepId, anonymous }, options));
  } catch (reason) {
    [failure] = failureOf(reason);
    if (!isRetryable(failure.code)) throw failure;
  }
  for (let attempt = 0; ; attempt++) {
    const after = await recorded(platform, stepId, options);
    if (isMet(after, wish)) return after;
    // Without an answer, the platform may still be at it.
    if (!failure || attempt) throw failure ?? new ApiError('bad-response', 'the votes are not as wished');
    await new Promise<void>((resolve) => clock.after(PATIENCE, resolve));
  }
}

async function recorded(platform: Platform, stepId: string, options: ReadOptions): Promise<Ballot> {
  const ballot = await readBallot(platform, stepId, options);
  if (!ballot) throw new ApiError('not-found', stepId);
  return ballot;
}

/** The place of a vote in the wished order; those without one come last. */
const placeIn = (order: readonly string[], proposalId: string): number =>
  order.includes(proposalId) ? order.indexOf(proposalId) : order.length;

const sorted = ({ chosen }: Ballot, { order = [] }: Arrangement): Ballot['chosen'] =>
  [...chosen].sort((a, b) => placeIn(order, a.proposalId) - placeIn(order, b.proposalId));

const listOf = (ballot: Ballot, wish: Arrangement): readonly object[] =>
  sorted(ballot, wish).flatMap(({ vote }) =>
    vote ? [{ id: vote.id, anonymous: wish.anonymous ?? vote.anonymous }] : [],
  );

function isMet(ballot: Ballot, wish: Arrangement): boolean {
  const order = (chosen: Ballot['chosen']): string => chosen.map(({ proposalId }) => proposalId).join();
  // Points go by places, and a vote that was taken back has left a gap.
  const closed = ballot.chosen.every(({ vote }, place) => vote?.position === place);
  return (
    order(ballot.chosen) === order(sorted(ballot, wish)) &&
    (!wish.order || !ballot.ranking || closed) &&
    (wish.anonymous === undefined || ballot.chosen.every(({ vote }) => vote?.anonymous === wish.anonymous))
  );
}

async function mutate(
  platform: Platform,
  field: string,
  document: Document<unknown>,
  input: object,
  { lang, signal }: ReadOptions,
): Promise<void> {
  // See `documents/typed.ts`: the compiler is told of a parsed document where there is text.
  const text = document as unknown as string;
  const { data, faults } = await send(platform.loader('session').endpoint, text, { input }, lang, signal);
  const [fault] = faults;
  if (!data?.[field]) throw fault ? refusalOf(fault) : new ApiError('bad-response', `${field} is missing`);
}
