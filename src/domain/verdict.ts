import {
  budgetLeft,
  creditLeft,
  doorOf,
  missingVotes,
  obstacleTo,
  spentOn,
  type Ballot,
  type Choice,
  type Obstacle,
  type VotableProposal,
} from './ballot.js';
import { sumOf } from './money.js';

export {
  doorOf,
  obstacleTo,
  spentOn,
  type Ballot,
  type Choice,
  type Obstacle,
  type VotableProposal,
} from './ballot.js';

/** What a ballot is, by its rules and its choices. The order is that of precedence. */
export type BallotState =
  /** Nobody can vote: the step has no vote, is to come, or is over. */
  | 'not-votable'
  | 'step-future'
  | 'step-closed'
  /** There are choices that cannot be voted for any more. */
  | 'lost'
  /** More is chosen than the rules allow, as they have changed since. */
  | 'over-limit'
  | 'over-budget'
  | 'empty'
  /** Fewer than the minimum: nothing counts. */
  | 'incomplete'
  /** As it should be, with all votes used. */
  | 'full'
  | 'valid';

/** How the ballot is doing on its way to the platform. */
export interface Progress {
  /** `draft`: the choices are on this device alone. `recorded`: they are what the platform has recorded. */
  readonly stage: 'draft' | 'sending' | 'unsure' | 'recorded';
  readonly offline?: boolean;
  /** What recorded votes wait for before they can count. */
  readonly waitsFor?: 'requirements' | 'email' | null;
}

/** One choice, judged with those before it. */
export interface JudgedChoice extends Choice {
  /** What the first, the second… choice earns the proposal; null without a ranking. */
  readonly points: number | null;
  /** Euros that are missing for it, once those before it that fit are paid; 0 where it fits. */
  readonly excess: number;
}

/** The sentence that says where the ballot stands; `params` are numbers, euros and instants as the names say. */
export interface Sentence {
  readonly key:
    | 'not-votable'
    | 'future'
    | 'future.from'
    | 'closed'
    | 'closed.since'
    | 'closed.secret'
    | 'closed.secret.until'
    | 'offline'
    | 'sending'
    | 'unsure'
    | 'lost'
    | 'over-limit'
    | 'over-budget'
    | 'empty'
    | 'empty.limit'
    | 'empty.range'
    | 'empty.min'
    | 'empty.budget'
    | 'incomplete'
    | 'waits.requirements'
    | 'waits.email'
    | 'recorded'
    | 'recorded.more'
    | 'recorded.budget'
    | 'recorded.full'
    | 'valid'
    | 'valid.more'
    | 'valid.budget'
    | 'full';
  readonly count: number;
  readonly used: number;
  readonly limit: number | null;
  readonly min: number | null;
  /** In euros. */
  readonly money: number | null;
  readonly at: number | null;
}

/** All that there is to say about a ballot. */
export interface Verdict {
  readonly state: BallotState;
  /** In euros: the sum of what the choices cost. */
  readonly spent: number;
  /** In euros. Below nothing by what is too much, but not by cents that the platform overlooks; null without a budget. */
  readonly left: number | null;
  readonly votesUsed: number;
  /** Null without a limit. */
  readonly votesLeft: number | null;
  /** Votes still to be cast before any counts. */
  readonly missing: number;
  /** Whether it can be sent, or is recorded, just as it is. */
  readonly valid: boolean;
  /** Whether the votes count once they are recorded. */
  readonly counts: boolean;
  readonly choices: readonly JudgedChoice[];
  /** What to take out of a ballot that is too dear: each of these alone would do, or all of them together are needed. */
  readonly suggestions: readonly Choice[];
  readonly sentence: Sentence;
  /** What keeps a proposal from being chosen, or a chosen one from being given up. */
  readonly obstacleTo: (proposal: VotableProposal) => Obstacle | null;
}

/** Judges a ballot by its rules. */
export function judge(ballot: Ballot, now: number, progress: Progress = { stage: 'draft' }): Verdict {
  const { chosen, votesLimit } = ballot;
  const spent = spentOn(chosen);
  const missing = missingVotes(ballot);
  const votesLeft = votesLimit === null ? null : votesLimit - chosen.length;
  const recorded = progress.stage === 'recorded';
  const left = leftOf(ballot, recorded);
  const state = stateOf(ballot, recorded, now);
  const valid = state === 'valid' || state === 'full';
  return {
    state,
    spent,
    left,
    votesUsed: chosen.length,
    votesLeft,
    missing,
    valid,
    counts: chosen.length > 0 && !missing && !progress.waitsFor && (valid || recorded),
    choices: judged(ballot),
    suggestions: toRemove(ballot, recorded),
    sentence: sentenceFor(ballot, state, progress, now),
    obstacleTo: (proposal) => obstacleTo(proposal, ballot, now),
  };
}

function stateOf(ballot: Ballot, recorded: boolean, now: number): BallotState {
  const { chosen, votesLimit } = ballot;
  const door = doorOf(ballot, now);
  if (door) return door;
  // A recorded vote stays what it is when its proposal leaves the vote.
  if (!recorded && chosen.some(({ lost }) => lost)) return 'lost';
  if (votesLimit !== null && chosen.length > votesLimit) return 'over-limit';
  if (isOver(ballot, recorded)) return 'over-budget';
  if (!chosen.length) return 'empty';
  if (missingVotes(ballot)) return 'incomplete';
  return chosen.length === votesLimit ? 'full' : 'valid';
}

/** What is refused for less is short of a cent all the same. */
const CENT = 0.01;

/**
 * Whether the choices are too dear. The platform looks at each vote as it comes, so that cents which the whole sum loses can
 * still keep one out; recorded votes are past that.
 */
const isOver = (ballot: Ballot, recorded: boolean): boolean =>
  creditLeft(ballot) < 0 || (!recorded && judged(ballot).some(({ excess }) => excess));

function leftOf(ballot: Ballot, recorded: boolean): number | null {
  const left = budgetLeft(ballot);
  return left === null ? null : isOver(ballot, recorded) ? Math.min(-CENT, left) : Math.max(0, left);
}

/** Each choice by what those before it leave; what does not fit is passed over, as the next one may. */
function judged(ballot: Ballot): readonly JudgedChoice[] {
  const paid: Choice[] = [];
  return ballot.chosen.map((choice, position) => {
    const before = { ...ballot, chosen: paid };
    const excess =
      creditLeft(before) < choice.cost ? Math.max(CENT, sumOf([choice.cost, -(budgetLeft(before) ?? 0)])) : 0;
    if (!excess) paid.push(choice);
    return { ...choice, points: pointsAt(ballot, position), excess };
  });
}

/** What a choice earns: the first as many points as there are votes, the last one. */
export const pointsAt = ({ ranking, votesLimit, votesMin }: Ballot, position: number): number | null => {
  const most = votesLimit ?? votesMin;
  return ranking && most !== null ? Math.max(0, most - position) : null;
};

/**
 * What to give up of a ballot that is too dear: every choice that would do by itself, the cheapest first; where none does, the
 * dearest ones that do it together.
 */
function toRemove(ballot: Ballot, recorded: boolean): readonly Choice[] {
  const fits = (...gone: readonly Choice[]): boolean =>
    !isOver({ ...ballot, chosen: ballot.chosen.filter((one) => !gone.includes(one)) }, recorded);
  if (fits()) return [];
  const byCost = [...ballot.chosen].sort((a, b) => a.cost - b.cost);
  const alone = byCost.filter((one) => fits(one));
  if (alone.length) return alone;
  const together: Choice[] = [];
  while (byCost.length && !fits(...together)) together.push(byCost.pop() as Choice);
  return together;
}

function sentenceFor(
  ballot: Ballot,
  state: BallotState,
  { stage, offline, waitsFor }: Progress,
  now: number,
): Sentence {
  const { step, chosen, votesLimit: limit, votesMin: min, secret } = ballot;
  const left = leftOf(ballot, stage === 'recorded');
  const used = chosen.length;
  const say = (key: Sentence['key'], more: Partial<Sentence> = {}): Sentence => ({
    key,
    count: 0,
    used,
    limit,
    min,
    money: left,
    at: null,
    ...more,
  });
  if (stage === 'sending' || stage === 'unsure') return say(stage);
  switch (state) {
    case 'not-votable':
      return say(state);
    case 'step-future':
      return step.startAt === null ? say('future') : say('future.from', { at: step.startAt });
    case 'step-closed':
      if (secret)
        return secret.publishedAt !== null && secret.publishedAt > now && !step.told
          ? say('closed.secret.until', { at: secret.publishedAt })
          : say('closed.secret');
      return step.endAt === null || step.told ? say('closed') : say('closed.since', { at: step.endAt });
  }
  if (offline) return say('offline');
  switch (state) {
    case 'lost':
      return say(state, { count: chosen.filter(({ lost }) => lost).length });
    case 'over-limit':
      return say(state, { count: used - (limit ?? 0) });
    case 'over-budget':
      return say(state, { money: -(left ?? 0) });
    case 'empty':
      if (left !== null) return say('empty.budget', { money: left });
      if (limit !== null)
        return min !== null && min > 1 ? say('empty.range', { count: limit }) : say('empty.limit', { count: limit });
      return min !== null && min > 1 ? say('empty.min', { count: min }) : say('empty');
    case 'incomplete':
      return say(state, { count: missingVotes(ballot) });
  }
  if (stage === 'recorded' && waitsFor) return say(`waits.${waitsFor}`);
  const base = stage === 'recorded' ? 'recorded' : 'valid';
  if (state === 'full') return say(base === 'valid' ? 'full' : 'recorded.full');
  if (limit !== null) return say(`${base}.more`, { count: limit - used });
  return say(left === null ? base : `${base}.budget`);
}
