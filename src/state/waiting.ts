import { clock } from '../core/clock.js';
import { write } from '../core/json.js';
import { LIFETIME } from './asked.js';

/** How sure it is who asks. */
export type Proof =
  /** The page that has opened this one may still say so. */
  | 'waiting'
  /** It has said so. */
  | 'asked'
  /** A page of that site has led here, and may have been led to do so. */
  | 'led'
  /** The address says so, and nobody else. */
  | 'claimed';

/** A request whose visitor is away to sign in, with what was known of it. */
export interface Waiting {
  /** Of the page's address, without its `#`. */
  readonly hash: string;
  readonly proof: Proof;
  /** The visitor has wanted to see what a link from elsewhere asks for. */
  readonly opened: boolean;
}

type Entry = Waiting & { readonly at: number };

const KEY = 'cap-widgets:waiting';
const PREFIX = 'cap-request=';

const read = (): Readonly<Record<string, Entry>> => {
  try {
    // Written below, by a page of this same origin.
    const all = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Readonly<Record<string, Entry>>;
    return Object.fromEntries(Object.entries(all).filter(([, { at }]) => clock.now() - at < LIFETIME));
  } catch {
    return {};
  }
};

const keep = (all: Readonly<Record<string, Entry>>): void => {
  try {
    sessionStorage.setItem(KEY, write(all));
  } catch (reason) {
    // Signing in by a password does not leave the page; whoever signs in elsewhere has to begin again.
    console.warn('[cap-widgets] A hand-over cannot wait for a sign-in that leaves its page.', reason);
  }
};

/** A name that says nothing, for the addresses that a sign-in leads through. */
export const newName = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The fragment by which what waits under a name is found again. */
export const nameInAddress = (name: string): string => PREFIX + name;

/** Has a request wait in this tab under a name, for ten minutes. */
export function keepWaiting(name: string, { hash, proof, opened }: Waiting): void {
  const others = Object.entries(read()).filter(([, entry]) => entry.hash !== hash);
  keep({ ...Object.fromEntries(others), [name]: { hash, proof, opened, at: clock.now() } });
}

/**
 * Takes what waits under a name: it is found once.
 *
 * @param hash - Of the page's address, without its `#`.
 * @returns Null when nothing waits under that name any more; undefined when the address has no name.
 */
export function takeWaiting(hash: string): Waiting | null | undefined {
  if (!hash.startsWith(PREFIX)) return undefined;
  const { [hash.slice(PREFIX.length)]: found, ...others } = read();
  keep(others);
  return found ?? null;
}
