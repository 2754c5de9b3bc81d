import { setTimeout as wait } from 'node:timers/promises';

import { CommandError, EXIT, failureOf, type Failure } from './report.js';
import type { SyncOptions, SyncReport } from './sync-options.js';
import { sync } from './sync.js';

/** Seconds between two rounds, at least: what everybody asks of a platform adds up. */
export const SHORTEST_WATCH = 10;

export interface WatchOptions extends SyncOptions {
  /** Seconds from the end of one round to the start of the next. */
  readonly seconds: number;
  /** A round is done. */
  readonly onReport?: ((report: SyncReport) => void) | undefined;
  /** A round has failed: the files are as they were, and the next round comes all the same. */
  readonly onFailure?: ((failure: Failure) => void) | undefined;
}

/**
 * Keeps the files in step, round after round, until the signal says that it is enough.
 *
 * @throws {CommandError} When what is asked makes no sense, which no later round would change.
 */
export async function watch({ seconds, onReport, onFailure, ...options }: WatchOptions): Promise<void> {
  if (!(seconds >= SHORTEST_WATCH))
    throw new CommandError(EXIT.usage, `--watch takes a number of seconds, at least ${SHORTEST_WATCH}.`);
  const { signal } = options;
  while (!signal?.aborted) {
    try {
      onReport?.(await sync(options));
    } catch (reason) {
      if (signal?.aborted) return;
      if (reason instanceof CommandError && reason.exitCode === EXIT.usage) throw reason;
      onFailure?.(failureOf(reason));
    }
    await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}
