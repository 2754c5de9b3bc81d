import type { Ballot } from '../domain/vote.js';
import { arrangeVotes, type Arrangement } from '../platform/voting/arrange.js';
import { alone } from './intent.js';
import type { Runtime } from './runtime.js';
import { ballotOf, refresh, tellTabs, votesOf } from './voting.js';

export type { Arrangement } from '../platform/voting/arrange.js';

/**
 * Has the platform put the visitor's recorded votes in order, or show his name with them, and everything on the page and in
 * other tabs follow.
 *
 * @throws {ApiError} See `arrangeVotes`.
 */
export async function arrange(runtime: Runtime, wish: Arrangement, lang: string): Promise<void> {
  await alone(async () => {
    let kept: string | undefined;
    try {
      // Nobody can call back what is on its way.
      const ballot: Ballot = await arrangeVotes(runtime.platform, wish, {
        lang,
        signal: new AbortController().signal,
      });
      kept = `ballot ${lang} ${wish.stepId}`;
      if (runtime.resources.has(kept)) ballotOf(runtime, wish.stepId, lang).put(ballot);
    } finally {
      refresh(runtime, kept);
      tellTabs(runtime);
    }
  }, votesOf(wish.stepId));
}
