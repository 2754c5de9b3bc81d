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
  /** Votes that a proposal needs. */
  readonly threshold: number | null;
  /** Set while the ballot is secret. */
  readonly secret: { readonly publishedAt: number | null } | null;
  /** The visitor's recorded votes in their order. Empty for somebody who is not signed in. */
  readonly chosen: readonly Choice[];
}

/** One recorded vote of the visitor. */
export interface Choice {
  readonly proposalId: string;
  /** In euros; a proposal without a cost costs nothing. */
  readonly cost: number;
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

/** Why a proposal cannot be voted for now. The order is that of precedence. */
export type Obstacle =
  'archived' | 'not-votable' | 'step-future' | 'step-closed' | 'vote-limit-reached' | 'not-enough-budget';

/** Money that the visitor has left; null without a budget. May be below nothing when rules or costs have changed. */
export const budgetLeft = ({ budget, chosen }: Ballot): number | null =>
  budget === null ? null : budget - Math.trunc(chosen.reduce((sum, { cost }) => sum + cost, 0));

/** What keeps the visitor from voting for a proposal; for one that has the vote, what keeps from withdrawing it. */
export function obstacleTo(proposal: VotableProposal, ballot: Ballot, now: number): Obstacle | null {
  if (proposal.archived) return 'archived';
  if (ballot.step.votable === false) return 'not-votable';
  const state = stepState(ballot.step, now);
  if (state !== 'open') return `step-${state}`;
  if (proposal.own) return null;
  if (!proposal.inStep) return 'not-votable';
  if (ballot.votesLimit !== null && ballot.chosen.length >= ballot.votesLimit) return 'vote-limit-reached';
  const left = budgetLeft(ballot);
  return left !== null && left < (proposal.cost ?? 0) ? 'not-enough-budget' : null;
}

/** How many more votes the visitor has to cast before any of them counts. */
export const missingVotes = ({ votesMin, chosen }: Ballot): number => Math.max(0, (votesMin ?? 0) - chosen.length);
