import type { ProposalRow, RequirementRow, StepRow } from '../rows.js';
import { credits } from './ballot.js';
import { isOpen } from './time.js';

/** Whether people may take part in a step now. */
export function canContribute(step: StepRow, now: number): boolean {
  return Boolean(step.enabled) && isOpen(step, now);
}

/**
 * Whether a vote may be given now. A step that asks for a confirmed e-mail address looks at that and forgets to look at
 * its own dates.
 */
export function acceptsVotes(
  step: StepRow,
  requirements: readonly RequirementRow[],
  proposal: ProposalRow,
  now: number,
): boolean {
  if (proposal.is_archived) return false;
  return requirements.some(({ type }) => type === 'EMAIL_VERIFIED') || canContribute(step, now);
}

/** Only a step that is called a budget looks at money, although any other may carry one. What is left may be spent whole. */
export function isTooDear(step: StepRow, proposal: ProposalRow, chosen: readonly (number | null)[]): boolean {
  if (step.vote_type !== 'BUDGET' || !step.budget) return false;
  return step.budget - credits(step, chosen).creditsSpent < (proposal.estimation ?? 0);
}

/** With a minimum, nothing counts before it is reached. */
export function countsFrom(step: StepRow): number {
  return step.votes_min ?? 1;
}
