import type { Count, Metric } from '../domain/counts.js';
import { count, flag, instant, known, list, total, type Cursor } from './cursor.js';
import type { Settings } from './settings.js';

/** All that a counter may get: which fields are there depends on the type of the object and on the endpoint. */
interface Counted {
  readonly __typename: string;
  readonly votes?: Total | null;
  readonly paperVotesTotalCount?: number;
  readonly contributions?: Total | null;
  /** The same, for types that may have none. */
  readonly contributed?: Total | null;
  readonly contributors?: Total | null;
  readonly participants?: Total | null;
  readonly proposals?: Total | null;
  readonly replies?: Total | null;
  readonly questionnaire?: { readonly replies: Total } | null;
  readonly votableSteps?: readonly Ballot[];
}
type TotalField = 'votes' | 'contributions' | 'contributed' | 'contributors' | 'participants' | 'proposals' | 'replies';
interface Total {
  readonly totalCount: number;
}
export interface Ballot {
  readonly canDisplayBallot: boolean;
  readonly publishedVoteDate: string | null;
}

/** One metric of an object; `not-counted` where the answer has no such number. */
export function decodeCount(node: Cursor<Counted>, metric: Metric, settings: Settings): Count {
  const sum = (name: TotalField): number | null => known(node.at(name), total);
  switch (metric) {
    case 'votes': {
      const ballots = known(node.at('votableSteps'), (steps) => list(steps, (step) => secrecy(step, settings) ?? []));
      return ballots?.flat()[0] ?? tally(sum('votes'), known(node.at('paperVotesTotalCount'), count));
    }
    case 'contributors':
      return tally(sum('contributors') ?? sum('participants'));
    case 'contributions':
      return tally(sum('contributions') ?? sum('contributed') ?? sum('proposals'));
    case 'replies':
      return tally(
        sum('replies') ?? known(node.at('questionnaire'), (questionnaire) => total(questionnaire.at('replies'))),
      );
    // A script of the page may set any word.
    default:
      return tally(null);
  }
}

const tally = (value: number | null, paper: number | null = null): Count =>
  value === null ? { kind: 'not-counted' } : { kind: 'tally', value: value + (paper ?? 0), paper };

/** Until a secret ballot is published, the platform gives its real numbers to anybody, or 0: neither may be shown. */
export function secrecy(ballot: Cursor<Ballot>, { timeZone }: Settings): Count | null {
  if (flag(ballot.at('canDisplayBallot'))) return null;
  const publishedAt = known(ballot.at('publishedVoteDate'), (date) => instant(date, timeZone));
  return { kind: 'secret', publishedAt };
}
