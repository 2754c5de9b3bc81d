import { added } from '../core/added.js';
import { sumOf } from './money.js';
import type { VoteCount } from './project.js';
import { stepState, type Step } from './step.js';

/** How a step is voted in, and what the visitor has used of it. Times are milliseconds since the epoch. */
export interface Ballot {
  readonly step: Step;
  readonly url: string;
  /** `support`: the platform says « soutenir » instead of « voter ». */
  readonly wording: 'vote' | 'support';
  readonly votesLimit: number | null;
  /** Below this number of votes none of them counts. */
  readonly votesMin: number | null;
  /** What the visitor may spend, in euros. */
  readonly budget: number | null;
  /** Choices have an order, and the first earns the most points. */
  readonly ranking: boolean;
  /** Votes that a proposal needs. */
  readonly threshold: number | null;
  /** Set while the ballot is secret. */
  readonly secret: { readonly publishedAt: number | null } | null;
  /** The visitor's choices in their order: recorded ones, or those of a draft. Nobody who is not signed in has recorded ones. */
  readonly chosen: readonly Choice[];
}

/** One proposal that the visitor has chosen. */
export interface Choice {
  readonly proposalId: string;
  readonly title: string;
  readonly url: string;
  /** In euros; a proposal without a cost costs nothing. */
  readonly cost: number;
  /** What keeps it from being voted for, whatever else is chosen. */
  readonly lost: 'archived' | 'not-votable' | null;
  /** Of the recorded vote; null in a draft. */
  readonly vote: RecordedVote | null;
}

/** A vote as the platform keeps it. */
export interface RecordedVote {
  readonly id: string;
  readonly anonymous: boolean;
  readonly accounted: boolean;
  /** The place that the platform reckons points by, from 0 on. Where a vote was taken back, it leaves a gap there. */
  readonly position: number | null;
}

/** A proposal as something to vote for in a step. */
export interface VotableProposal {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly archived: boolean;
  /** In euros; null where staff have not said. */
  readonly cost: number | null;
  /** Whether the proposal can be voted for in that step at present. */
  readonly inStep: boolean;
  /** Null while the ballot is secret, and where the platform does not say. */
  readonly count: VoteCount | null;
  /** The visitor's vote; null without one, and for somebody who is not signed in. */
  readonly own: OwnVote | null;
}

export interface OwnVote {
  /** Whether the platform counts it. */
  readonly accounted: boolean;
  /** What it waits for before it can count: conditions to fulfil on the platform, or a confirmed e-mail address. */
  readonly waitsFor: 'requirements' | 'email' | null;
  /** Where the conditions can be fulfilled. */
  readonly finishUrl: string | null;
}

/** A ballot with the choices of a draft in place of recorded ones. */
export const withDraft = (
  ballot: Ballot,
  chosen: readonly (Pick<Choice, 'proposalId' | 'title' | 'url'> & { readonly cost: number | null })[],
): Ballot => ({
  ...ballot,
  chosen: chosen.map((choice) => ({ ...choice, cost: choice.cost ?? 0, lost: null, vote: null })),
});

/** Why a proposal cannot be voted for now. The order is that of precedence. */
export type Obstacle =
  'archived' | 'not-votable' | 'step-future' | 'step-closed' | 'vote-limit-reached' | 'not-enough-budget';

/** What the choices cost together. */
export const spentOn = (chosen: readonly Pick<Choice, 'cost'>[]): number => sumOf(chosen.map(({ cost }) => cost));

/** Money that the visitor has left; null without a budget. May be below nothing when rules or costs have changed. */
export const budgetLeft = ({ budget, chosen }: Ballot): number | null =>
  budget === null ? null : sumOf([budget, -spentOn(chosen)]);

/** Money that the platform lets the visitor spend: it cuts the cents off what is spent, so that this is never less than what is left. */
export const creditLeft = ({ budget, chosen }: Ballot): number =>
  budget === null ? Infinity : budget - Math.trunc(added(chosen.map(({ cost }) => cost)));

/** Why nobody can vote in the step now; null while it is open. */
export function doorOf(
  { step }: Pick<Ballot, 'step'>,
  now: number,
): 'not-votable' | 'step-future' | 'step-closed' | null {
  if (step.votable === false) return 'not-votable';
  const state = stepState(step, now);
  return state === 'open' ? null : `step-${state}`;
}

/** The next date that changes what is shown: the step opens or ends, or its numbers are no longer secret. Null for none. */
export function nextTurn(ballot: Ballot | null | undefined, now: number): number | null {
  const dates = [ballot?.step.startAt, ballot?.step.endAt, ballot?.secret?.publishedAt];
  const next = Math.min(...dates.map((date) => (date && date > now ? date : Infinity)));
  return next < Infinity ? next : null;
}

/** What keeps the visitor from voting for a proposal; for one that has the vote, what keeps from withdrawing it. */
export function obstacleTo(
  { id, archived, own, inStep, cost }: VotableProposal,
  ballot: Ballot,
  now: number,
): Obstacle | null {
  if (archived) return 'archived';
  const door = doorOf(ballot, now);
  if (door) return door;
  if (own || ballot.chosen.some(({ proposalId }) => proposalId === id)) return null;
  if (!inStep) return 'not-votable';
  if (ballot.votesLimit !== null && ballot.chosen.length >= ballot.votesLimit) return 'vote-limit-reached';
  return creditLeft(ballot) < (cost ?? 0) ? 'not-enough-budget' : null;
}

/** How many more votes the visitor has to cast before any of them counts. */
export const missingVotes = ({ votesMin, chosen }: Ballot): number => Math.max(0, (votesMin ?? 0) - chosen.length);
