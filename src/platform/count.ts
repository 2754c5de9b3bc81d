import { ApiError, isRetryable } from '../core/errors.js';
import type { Count, CountTarget, Metric } from '../domain/counts.js';
import { parsePlatformTime } from '../domain/platform-time.js';
import { count, flag, list, maybe, text, total, type Cursor } from './cursor.js';
import { counts } from './documents/public-counts.js';
import type { ReadOptions } from './loader.js';
import type { Platform } from './platform.js';
import type { Settings } from './settings.js';

/**
 * Reads a number of an object; null when there is no such object, or this visitor may not see it.
 *
 * @throws {ApiError}
 */
export async function readCount(
  platform: Platform,
  target: CountTarget,
  metric: Metric,
  options: ReadOptions,
): Promise<Count | null> {
  const { settings } = platform;
  const internal = async (access: 'session' | 'rules'): Promise<Count | null> =>
    (await import('./session-count.js')).readSessionCount(platform, access, target, metric, options);
  if (settings.access === 'session') return internal('session');
  // A proposal's votes may be those of a secret ballot, which the public endpoint would give away.
  const known: Count | null =
    target.kind === 'proposal'
      ? { kind: 'not-counted' }
      : await platform.loader('public').node(target.id, counts, (node) => decodeCount(node, metric, settings), options);
  if (known?.kind !== 'not-counted' || !platform.hasRules) return known;
  try {
    return await internal('rules');
  } catch (reason) {
    // Closed to this page: do without from now on. What may pass is a failure like any other.
    if (!(reason instanceof ApiError) || (isRetryable(reason.code) && reason.code !== 'network')) throw reason;
    platform.hasRules = false;
    return known;
  }
}

/** All that a counter may get: which fields are there depends on the type of the object and on the endpoint. */
interface Counted {
  readonly __typename: string;
  readonly votes?: Total | null;
  readonly paperVotesTotalCount?: number;
  readonly contributions?: Total | null;
  readonly contributors?: Total | null;
  readonly participants?: Total | null;
  readonly proposals?: Total | null;
  readonly replies?: Total | null;
  readonly questionnaire?: { readonly replies: Total } | null;
  readonly votableSteps?: readonly Ballot[];
}
interface Total {
  readonly totalCount: number;
}
export interface Ballot {
  readonly canDisplayBallot: boolean;
  readonly publishedVoteDate: string | null;
}

/** One metric of an object; `not-counted` where the answer has no such number. */
export function decodeCount(node: Cursor<Counted>, metric: Metric, settings: Settings): Count {
  switch (metric) {
    case 'votes': {
      const ballots =
        maybe(node.at('votableSteps'), (steps) => list(steps, (step) => secrecy(step, settings) ?? [])) ?? [];
      return ballots.flat()[0] ?? tally(maybe(node.at('votes'), total), maybe(node.at('paperVotesTotalCount'), count));
    }
    case 'contributors':
      return tally(maybe(node.at('contributors'), total) ?? maybe(node.at('participants'), total));
    case 'contributions':
      return tally(maybe(node.at('contributions'), total) ?? maybe(node.at('proposals'), total));
    case 'replies':
      return tally(
        maybe(node.at('replies'), total) ??
          maybe(node.at('questionnaire'), (questionnaire) => total(questionnaire.at('replies'))),
      );
  }
}

const tally = (value: number | null, paper: number | null = null): Count =>
  value === null ? { kind: 'not-counted' } : { kind: 'tally', value: value + (paper ?? 0), paper };

/** Until a secret ballot is published, the platform gives its real numbers to anybody, or 0: neither may be shown. */
export function secrecy(ballot: Cursor<Ballot>, { timeZone }: Settings): Count | null {
  if (flag(ballot.at('canDisplayBallot'))) return null;
  const publishedAt = maybe(ballot.at('publishedVoteDate'), (date) => parsePlatformTime(text(date), timeZone) || null);
  return { kind: 'secret', publishedAt };
}
