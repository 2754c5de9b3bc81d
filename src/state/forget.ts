import { DRAFT_KEY } from './ballot.js';
import { tellTabsToForget, wiped, type Of } from './viewer.js';

/** Forgets what this site keeps of its visitor, and hides what its pages show of him: here, and in its other tabs. */
export function forgetVisitor(runtime: Of): void {
  wiped.emit({ runtime, done: true });
  // Also what no element on this page shows.
  for (const name of ['localStorage', 'sessionStorage'] as const)
    try {
      globalThis[name].removeItem(DRAFT_KEY);
    } catch {
      // What is denied holds nothing of ours.
    }
  tellTabsToForget(runtime);
}
