import type { StepRow } from '../rows.js';
import { isVotable } from './project.js';

/** What the platform derives from a step's settings, for pages to explain the vote. */
export function voteTypes(step: StepRow): string[] {
  if (!isVotable(step)) return ['DISABLED'];
  const types = [
    step.votes_limit !== null && 'MAX',
    step.votes_min !== null && 'MIN',
    step.vote_threshold !== null && 'THRESHOLD',
    step.budget !== null && 'BUDGET',
    step.votes_ranking && 'RANKING',
    step.is_secret_ballot && 'SECRET_BALLOT',
  ].filter((type) => typeof type === 'string');
  return types.length > 0 ? types : ['SIMPLE'];
}

export function canDisplayBallot(step: StepRow, now: number): boolean {
  return !step.is_secret_ballot || (step.published_vote_date !== null && now >= step.published_vote_date);
}

export interface Credits {
  readonly creditsSpent: number;
  readonly creditsLeft: number;
}

/** Sums are whole numbers; what is left may be negative, and means nothing in a step without a budget. */
export function credits(step: StepRow, estimations: readonly (number | null)[]): Credits {
  const creditsSpent = Math.trunc(estimations.reduce<number>((sum, cost) => sum + (cost ?? 0), 0));
  return { creditsSpent, creditsLeft: Math.trunc(step.budget ?? 0) - creditsSpent };
}

/** The first place is worth as many points as there are votes to give, the last place one. */
export function pointsSql(step: StepRow): string {
  const most = step.votes_limit ?? step.votes_min ?? 0;
  return step.votes_ranking ? `max(0, ${most} - coalesce(v.ranking, ${most}))` : '0';
}
