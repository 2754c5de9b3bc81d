import { displayOf } from './displays.js';
import { makeFolder } from './folders.js';
import { withLock } from './lock.js';
import { planOf } from './plan.js';
import { Run } from './run.js';
import type { SyncOptions, SyncReport } from './sync-options.js';
import { Vault } from './vault.js';

/**
 * Brings the files in a folder in step with a platform: all of them, or on a failure none.
 *
 * @throws {CommandError} When what is asked makes no sense, or another run is at work.
 * @throws {ApiError} When the platform cannot be read; its `code` says why.
 */
export async function sync(options: SyncOptions): Promise<SyncReport> {
  const plan = planOf(options);
  const display = displayOf(plan);
  await makeFolder(plan.out);
  return withLock(plan.home, async (lost) =>
    new Run(plan, await Vault.open(plan.home, display), {
      ...options,
      signal: AbortSignal.any(options.signal ? [lost, options.signal] : [lost]),
    }).run(),
  );
}
