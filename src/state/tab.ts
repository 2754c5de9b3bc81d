import { clock } from '../core/clock.js';
import { write } from '../core/json.js';

/**
 * Which ballots on this device this very tab has begun, or its visitor has taken up: to any other tab they may be somebody
 * else's. Names alone, nothing of what is chosen. From one page of the tab to the next they are in `sessionStorage`, under the
 * time at which the page was left: a tab that was copied finds nothing there, one that is restored finds it too old.
 */
const KEY = 'cap-widgets:tab';
/** Milliseconds that a tab may be elsewhere and still be its visitor's. */
const ABSENCE = 600_000;

let own: Set<string> | undefined;
let listens = false;

/** Whether this tab's visitor knows of a ballot. */
export const isOwn = (name: string): boolean => ballots().has(name);

/** The visitor has begun a ballot in this tab, or taken it up. */
export const claim = (name: string): void => void ballots().add(name);

/** It is his no longer. */
export const disclaim = (name: string): void => void ballots().delete(name);

function ballots(): Set<string> {
  if (!listens) addEventListener('pagehide', leave);
  listens = true;
  return (own ??= new Set(takeUp()));
}

/** The page goes, perhaps into the browser's cache: should it come back, somebody else may have sat down here. */
function leave(): void {
  try {
    if (own?.size) sessionStorage.setItem(KEY, write({ names: [...own], at: clock.now() }));
  } catch {
    // Then the visitor is asked whether the ballot is his.
  }
  own = undefined;
}

/** Read once, by whichever page comes first. */
function takeUp(): readonly string[] {
  try {
    const { names, at } = {
      ...(JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as { names?: unknown; at?: unknown }),
    };
    sessionStorage.removeItem(KEY);
    const fresh = typeof at === 'number' && Math.abs(clock.now() - at) < ABSENCE;
    return fresh && Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
