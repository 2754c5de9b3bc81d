import { clock } from '../core/clock.js';
import { write } from '../core/json.js';
import { isStatus, type HandoffAction, type HandoffResult, type HandoffWish } from '../domain/handoff.js';

/** Milliseconds for which a hand-over may be answered. */
export const LIFETIME = 600_000;

const KEY = 'cap-widgets:asked';
/** Of a tab. Older ones have been given up. */
const MOST = 8;

/** A hand-over that this tab has begun, as it outlives its page. */
export interface Asked {
  /** Base URL of the platform. */
  readonly platform: string;
  /** Origin of the hand-over page. */
  readonly page: string;
  /** Its secret: who knows it may answer. */
  readonly state: string;
  readonly wish: HandoffWish;
  /** What the page's address had as its fragment, with its `#`. */
  readonly hash: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
  readonly answered: boolean;
}

export const isAlive = ({ at }: Asked): boolean => {
  const age = clock.now() - at;
  return age >= 0 && age < LIFETIME;
};

/** What this tab has asked for within the last ten minutes. */
export function readAsked(): readonly Asked[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isAsked).filter(isAlive) : [];
  } catch {
    // Denied, or of somebody else: then the page's memory is all there is.
    return [];
  }
}

/** Keeps a hand-over for the pages that this tab shows next, in the place of what was kept of it. */
export function keepAsked({ platform, page, state, wish, hash, at, answered }: Asked): void {
  const entry: Asked = { platform, page, state, wish, hash, at, answered };
  const others = readAsked().filter((other) => other.state !== state);
  try {
    sessionStorage.setItem(KEY, write([...others, entry].slice(-MOST)));
  } catch {
    // Whoever comes back to this tab is told that nobody knows.
  }
}

const ACTIONS: readonly HandoffAction[] = ['vote', 'unvote', 'ballot', 'login', 'leave'];

/** Anything on the page's origin can write there. */
function isAsked(value: unknown): value is Asked {
  const { platform, page, state, wish, hash, at, answered } = (value ?? {}) as Partial<Record<keyof Asked, unknown>>;
  const { action, stepId, proposalIds } = (wish ?? {}) as Partial<Record<keyof HandoffWish, unknown>>;
  return (
    [platform, page, state, hash, stepId].every((text) => typeof text === 'string') &&
    typeof at === 'number' &&
    typeof answered === 'boolean' &&
    ACTIONS.some((known) => known === action) &&
    Array.isArray(proposalIds) &&
    proposalIds.every((id) => typeof id === 'string')
  );
}

const FRAGMENT = '#cap-handoff=';

/** What a hand-over page without a way to answer has left in the address. */
export interface Fragment {
  readonly state: string;
  readonly status: HandoffResult['status'];
}

/**
 * Takes such an answer out of the address, whoever has put it there.
 *
 * @param hashOf - The fragment that the address had before, by the secret.
 */
export function takeFragment(hashOf: (state: string) => string | undefined): Fragment | null {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(FRAGMENT)) return null;
  const [state = '', status, ...more] = hash.slice(FRAGMENT.length).split('.');
  history.replaceState(history.state, '', pathname + search + (hashOf(state) ?? ''));
  return state && isStatus(status) && !more.length ? { state, status } : null;
}
