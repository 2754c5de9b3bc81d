import { ApiError } from '../core/errors.js';
import { forgetVisitor } from './forget.js';
import { handOver } from './handoff.js';
import type { Runtime } from './runtime.js';
import { signOut } from './sign-in.js';
import { viewerOf } from './viewer.js';

/** What is known once a visitor is done: that the session has ended, or that nothing of his is left on this device. */
export type Farewell = 'signed-out' | 'nothing-left';

/**
 * The visitor is done: his session ends, and what is kept of him is forgotten, here and in the site's other tabs. To be
 * called within the click: a page without the session has that done in a window of the platform.
 *
 * @param onUnknown - That window does not answer, and may have done it or not.
 * @throws {ApiError} Why it is not done. What is kept here is forgotten all the same.
 */
export async function sayFarewell(runtime: Runtime, lang: string, onUnknown: () => void): Promise<Farewell> {
  if (runtime.settings.access === 'session') {
    const viewer = viewerOf(runtime, lang);
    if (viewer.state.data?.signedIn === false) forgetVisitor(runtime);
    else await signOut(runtime, viewer);
    return 'signed-out';
  }
  const outcome = handOver(runtime, { action: 'leave', stepId: '', proposalIds: [] }, onUnknown);
  forgetVisitor(runtime);
  const { status, forget } = await outcome;
  if (!forget) throw new ApiError('cancelled', `the hand-over page: ${status}`);
  return 'nothing-left';
}
