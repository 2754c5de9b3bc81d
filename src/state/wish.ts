import { clock } from '../core/clock.js';
import { write } from '../core/json.js';
import { wiped, type Of } from './viewer.js';

/** What a visitor wants of one object of the platform. */
export interface Wish<Value = unknown> {
  /** What the object is: `proposal`. */
  readonly kind: string;
  readonly id: string;
  /** The step it is wanted in; empty where there is none. */
  readonly step: string;
  readonly value: Value;
}

/** A wish of somebody who has to sign in first. */
export interface HeldWish {
  readonly wish: Wish;
  readonly at: number;
  /** ID of the account whose session had ended when it was wished; null for somebody who was not signed in. */
  readonly by: string | null;
  /** It has left this page, or the page itself was away: who is here now may be somebody else. */
  readonly returned: boolean;
}

/** Milliseconds after which nobody takes a wish for what the visitor wants now. */
export const WISH_LIFETIME = 600_000;

const KEY = 'cap-widgets:wish';

/** One for each platform: the latest press is what the visitor wants. */
const held = new Map<string, HeldWish>();
let listens = false;
/** Which account this page's own prompt has signed in; null while it is about to. */
const ownSignIns = new Map<string, string | null>();

/** The wish that waits on this page. */
export const heldWish = ({ settings }: Of): HeldWish | undefined => held.get(settings.platform);

/** Keeps a wish in this page's memory, in place of any other, until the visitor has signed in. */
export function holdWish({ settings }: Of, wish: Wish, by: string | null): void {
  listen();
  held.set(settings.platform, { wish, at: clock.now(), by, returned: false });
  // Whoever was signed in here before is no answer to it.
  ownSignIns.delete(settings.platform);
}

/** Forgets the wish, in memory and in the tab. */
export function dropWish({ settings }: Of): void {
  held.delete(settings.platform);
  unstore();
}

/** The visitor leaves the page to sign in: the tab keeps the wish until he is back, ten minutes at most. */
export function leaveWish({ settings: { platform } }: Of): void {
  const waiting = held.get(platform);
  if (!waiting) return;
  try {
    sessionStorage.setItem(KEY, write({ platform, ...waiting }));
  } catch {
    // Where a browser stores nothing the visitor presses again.
  }
}

/** Takes up what this tab has kept while the visitor was away: read once, by whichever page comes first. */
export function takeUpWish({ settings: { platform } }: Of): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as unknown;
    if (!isKept(kept) || kept.platform !== platform) return;
    unstore();
    const { wish, at, by } = kept;
    if (Math.abs(clock.now() - at) >= WISH_LIFETIME) return;
    listen();
    held.set(platform, { wish, at, by, returned: true });
  } catch {
    // What cannot be read is no wish of ours.
  }
}

/** From the first wish on: it goes with its visitor, and a page that was away is no longer sure of him. */
function listen(): void {
  if (listens) return;
  listens = true;
  wiped.on(({ runtime, done }) => {
    const waiting = heldWish(runtime);
    if (done) dropWish(runtime);
    else if (waiting) held.set(runtime.settings.platform, { ...waiting, returned: true });
    endSignIn(runtime, null);
    unstore();
  });
}

/** This page's own prompt is about to learn whether it has signed the visitor in. */
export const beginSignIn = ({ settings }: Of): void => void ownSignIns.set(settings.platform, null);

/** Which account this page's own prompt has signed in; null for none after all. */
export function endSignIn({ settings }: Of, id: string | null): void {
  if (id === null) ownSignIns.delete(settings.platform);
  else ownSignIns.set(settings.platform, id);
}

/** Whether this page's own prompt, and nothing else, has signed an account in. */
export function isOwnSignIn({ settings }: Of, id: string | null): boolean {
  const own = ownSignIns.get(settings.platform);
  return own === null || (own !== undefined && own === id);
}

function unstore(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then nothing is stored either.
  }
}

interface Kept extends HeldWish {
  readonly platform: string;
}

/** Anything on the page's origin can write there. */
function isKept(value: unknown): value is Kept {
  const { platform, wish, at, by } = (value ?? {}) as Partial<Record<keyof Kept, unknown>>;
  const { kind, id, step } = (wish ?? {}) as Partial<Record<keyof Wish, unknown>>;
  return (
    [platform, kind, id, step].every((text) => typeof text === 'string') &&
    typeof at === 'number' &&
    (by === null || typeof by === 'string')
  );
}
