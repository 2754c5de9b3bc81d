import type { Count, CountTarget, Metric } from '../domain/counts.js';
import { decodeCount } from './decode-count.js';
import { counts } from './documents/public-counts.js';
import type { Platform } from './endpoints.js';
import type { ReadOptions } from './loader.js';

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
    if (!platform.refusesRules(reason)) throw reason;
    return known;
  }
}
