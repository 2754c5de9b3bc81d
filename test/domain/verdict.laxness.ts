import assert from 'node:assert/strict';

import { obstacleTo, type Ballot, type Obstacle } from '../../src/domain/verdict.js';
import { proposalOf, type Rules } from './verdict.rules.js';

/** How often each thing was met, so that nothing is proved by its absence. */
export const met = new Map<string, number>();
export const meet = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);

/** How the platform words what a page calls by a code. Several reasons can hold at once, and each names the one it finds first. */
export const OBSTACLES: Readonly<Record<string, readonly Obstacle[]>> = {
  'This proposal is not associated to this selection step.': ['not-votable', 'archived', 'step-future', 'step-closed'],
  CONTRIBUTION_NOT_ALLOWED: ['archived', 'not-votable', 'step-future', 'step-closed'],
  'This step is no longer contributable.': ['archived', 'not-votable', 'step-future', 'step-closed'],
  'This step is not votable.': ['not-votable'],
  'You have reached the limit of votes.': ['vote-limit-reached'],
  VOTE_LIMIT_REACHED: ['vote-limit-reached'],
  'proposal.vote.not_enough_credits': ['not-enough-budget'],
};

/** Where the platform is known to ask for less than its pages do. */
interface Laxness {
  readonly applies: (rules: Rules, ballot: Ballot) => boolean;
  /** The ballot as the platform looks at it. */
  readonly relax: (ballot: Ballot, rules: Rules) => Ballot;
}

export const LAX: Readonly<Record<string, Laxness>> = {
  'cents of a budget are counted and never shown': {
    applies: ({ budget }) => budget !== null && budget !== Math.trunc(budget),
    relax: (ballot, { budget }) => ({ ...ballot, budget }),
  },
  'a step that asks accounts for a confirmed e-mail address forgets its dates': {
    applies: ({ voter, requirements }) => voter.account && requirements.includes('EMAIL_VERIFIED'),
    relax: (ballot) => ({ ...ballot, step: { ...ballot.step, timeless: true } }),
  },
  'only a step that is called a budget looks at money': {
    applies: ({ voteType, budget }) => voteType !== 'BUDGET' && Boolean(budget),
    relax: (ballot) => ({ ...ballot, budget: null }),
  },
  'what somebody without an account has spent is not added up': {
    applies: ({ voter }, { budget, chosen }) => !voter.account && budget !== null && chosen.length > 0,
    relax: (ballot) => ({ ...ballot, chosen: ballot.chosen.map((choice) => ({ ...choice, cost: 0 })) }),
  },
};

/** What the platform will say to a vote, by the page's own rules and the known laxness; and how often the latter mattered. */
export function answerTo(index: number, ballot: Ballot, rules: Rules, now: number): Obstacle | null {
  const strict = obstacleTo(proposalOf(rules, index), ballot, now);
  let seen = ballot;
  for (const [name, { applies, relax }] of Object.entries(LAX)) {
    if (!applies(rules, ballot)) continue;
    const before = obstacleTo(proposalOf(rules, index), seen, now);
    seen = relax(seen, rules);
    if (before !== obstacleTo(proposalOf(rules, index), seen, now)) meet(name);
  }
  const lax = obstacleTo(proposalOf(rules, index), seen, now);
  // A page may be stricter than the platform, never laxer.
  assert.ok(strict !== null || lax === null, 'the page allows what the platform refuses');
  return lax;
}
