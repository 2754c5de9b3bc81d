import { clock } from '../core/clock.js';
import { write } from '../core/json.js';
import { DRAFT_KEY as KEY } from './ballot.js';
import type { Settings } from './page-settings.js';

/** Whose device it is, and the platform. */
type Place = Pick<Settings, 'device' | 'platform'>;

/** Characters. A longer text was not written here: it is not even looked at. */
const LONGEST = 65_536;
/** Milliseconds after its last change for which a ballot is kept. */
const LIFETIME = 30 * 86_400_000;

/** What is kept of ballots, by their name; nothing of it is to be trusted. */
export type Kept = Readonly<Record<string, unknown>>;

/** What this browser does not store: kept no longer than the page. */
const unstored = new Map<string, unknown>();

/** What is kept on a shared device is for this tab alone. */
const storageOf = ({ device }: Place): Storage => (device === 'shared' ? sessionStorage : localStorage);

/** Reads what is stored; null for what is none of ours, as anything on the page's origin can write there. */
function parse(text: string | null): Kept | null {
  if (text === null) return {};
  if (text.length > LONGEST) return null;
  try {
    const { ballots } = { ...(JSON.parse(text) as { ballots?: unknown } | null) };
    return Object.fromEntries(
      Object.entries({ ...(ballots as object | undefined) }).filter(([, ballot]) => isFresh(ballot)),
    );
  } catch {
    return null;
  }
}

const isFresh = (ballot: unknown): boolean => {
  const { at } = { ...(ballot as { at?: unknown } | null) };
  return typeof at === 'number' && Math.abs(clock.now() - at) < LIFETIME;
};

/** All that is kept. */
export function kept(place: Place): Kept {
  let text: string | null = null;
  try {
    text = storageOf(place).getItem(KEY);
  } catch {
    // Denied: what there is, the page alone keeps.
  }
  return { ...parse(text), ...Object.fromEntries(unstored) };
}

/**
 * Keeps one ballot; undefined forgets it.
 *
 * @returns Whether it is on the device, and not on the page alone.
 */
export function keep(place: Place, name: string, ballot: unknown): boolean {
  unstored.delete(name);
  const ballots = Object.entries({ ...kept(place), [name]: ballot }).filter(([, value]) => value !== undefined);
  try {
    const storage = storageOf(place);
    const text = write({ ballots: Object.fromEntries(ballots) });
    if (text.length > LONGEST) throw new RangeError('too much is kept');
    if (ballots.length) storage.setItem(KEY, text);
    else storage.removeItem(KEY);
    return true;
  } catch {
    // Storage is full or denied.
    if (ballot !== undefined) unstored.set(name, ballot);
    return false;
  }
}

/**
 * Calls back when another tab has changed what is kept, until the returned function is called.
 *
 * @param listener - Gets what is stored now; null where something else than a widget has wiped it out.
 */
export function onKept(listener: (stored: Kept | null) => void): () => void {
  const hear = ({ key, newValue }: StorageEvent): void => {
    // Null: everything was cleared.
    if (key === KEY || key === null) listener(key && parse(newValue));
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
