import { ApiError } from '../core/errors.js';

/** One page of a list of the platform. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null after the last one. */
  readonly next: string | null;
  /** Number of objects in the whole list, which only lists that shift have to say. */
  readonly total?: number;
}

export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
  readonly signal: AbortSignal;
}

interface Reading {
  /** At most so many objects. */
  readonly first?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The platform counts through the list: what is removed meanwhile moves others to pages that were read already. */
  readonly shifting?: boolean;
}

/** Objects of a page; the platform silently gives no more. */
const MOST = 100;
/** So many objects are remembered, to give none of them twice: as many as the longest list that can shift, ten times over. */
const REMEMBERED = 10_000;
/** Pages in a row with nothing new, after which a list is taken for endless. */
const BARREN = 50;

/** Pages of a list, of a hundred objects each, after which it is taken for endless. */
const LONGEST = 10_000;

/**
 * Watches over one reading of a list. The function that it gives passes on where the next page begins, if nobody has been
 * there yet: a list that leads in a circle would be read for ever.
 *
 * @throws {ApiError} From that function.
 */
export function guardPages(): <T extends string | null>(next: T) => T {
  const places = new Set<string>();
  return (next) => {
    if (next !== null && (places.size === places.add(next).size || places.size > LONGEST))
      throw new ApiError('bad-response', 'the list goes in circles');
    return next;
  };
}

/**
 * Gives the objects of a list one by one. While the reader works on a page the next one is on its way, and no other; who stops
 * reading, or aborts, stops the request too.
 *
 * @throws {ApiError}
 */
export async function* readPages<T extends { readonly id: string }>(
  read: (request: PageRequest) => Promise<Page<T>>,
  { first = Infinity, signal, shifting = false }: Reading,
): AsyncGenerator<T, void, undefined> {
  if (!(first >= 0)) throw new TypeError(`"first" is ${first}: it must be a number from 0.`);
  // One for each page: a signal keeps all that listens to it, with the page that came of it.
  let running = new AbortController();
  const stop = (): void => running.abort(signal?.reason);
  let given = 0;
  const ask = (after: string | null, expected = 0): Promise<Page<T>> | null => {
    const left = first - given - expected;
    if (left <= 0) return null;
    running = new AbortController();
    const page = settled(read({ first: Math.min(MOST, left), after, signal: running.signal }), running.signal);
    // It is the reader who learns of a failure, when this page is due.
    page.catch(() => undefined);
    return page;
  };
  const seen = new Recent();
  let onward = guardPages();
  let barren = 0;
  let total: number | undefined;
  let shifted = false;
  let looks = 2;
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop);
  try {
    let next = ask(null);
    while (next) {
      const page = await next;
      const fresh = page.items.filter(({ id }) => seen.add(id));
      shifted ||= shifting && page.total !== (total ??= page.total);
      barren = fresh.length ? 0 : barren + 1;
      if (page.next !== null) {
        if (barren === BARREN) throw new ApiError('bad-response', 'the list brings nothing new');
        next = ask(onward(page.next), fresh.length);
      } else if (shifted && seen.complete && looks-- > 0) {
        // What has slipped through a gap is found by another look.
        shifted = false;
        barren = 0;
        total = page.total;
        onward = guardPages();
        next = ask(null, fresh.length);
      } else next = null;
      for (const item of fresh) {
        signal?.throwIfAborted();
        given++;
        yield item;
        if (given >= first) return;
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    running.abort();
  }
}

/** The IDs that came last. */
class Recent {
  readonly #ids = new Set<string>();
  #forgotten = false;

  /** Whether nothing was forgotten so far. */
  get complete(): boolean {
    return !this.#forgotten;
  }

  /** Whether the ID is a new one. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > REMEMBERED) {
      this.#forgotten = true;
      for (const oldest of this.#ids) {
        this.#ids.delete(oldest);
        break;
      }
    }
    return true;
  }
}

/** What comes of work, or the signal's reason as soon as that is aborted: the loader says nothing to who has left. */
export async function settled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const left = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await Promise.race([work, left]);
  } catch (reason) {
    signal.throwIfAborted();
    throw reason;
  }
  signal.throwIfAborted();
  return work;
}
