import { ApiError } from '../core/errors.js';
import { compose, keyOf, type Ask, type Place } from './compose.js';
import { Cursor } from './cursor.js';
import type { Document } from './documents/typed.js';
import { failureOf, faultOf, type Fault } from './failures.js';
import { post, type Answer, type Endpoint } from './transport.js';

/** Things in one request: no platform has to answer for hundreds at once. */
const LONGEST_REQUEST = 50;

// See `documents/typed.ts`: the compiler is told of a parsed document where there is text.
const asText = (document: Document<unknown>): string => document as unknown as string;

/** What came back for one ask, and the platform's complaints about it. */
interface Found {
  readonly cursor: Cursor<unknown>;
  readonly faults: readonly Fault[];
}

/** Somebody's wait for an answer that others may wait for too. */
interface Wait {
  readonly ask: Ask;
  readonly lang: string;
  readonly found: Promise<Found>;
  resolve(found: Found): void;
  reject(reason: unknown): void;
  listeners: number;
  /** Once sent: gives up the request when nobody listens to any part of it. */
  onLeave?: () => void;
}

/**
 * Turns all that the widgets of a page ask an endpoint for in one tick into one request.
 * The bytes of a request depend on what is asked, not on the order of asking, so that a cache can key on them.
 */
export class Loader {
  #waits = new Map<string, Wait>();

  constructor(readonly endpoint: Endpoint) {}

  /**
   * Reads one object.
   *
   * @param fragment - A named fragment on the object's type.
   * @returns Null when there is no such object, or this visitor may not see it.
   * @throws {ApiError} And the reason of `signal`, when that aborts.
   */
  async node<T, R>(
    id: string,
    fragment: Document<T>,
    decode: (node: Cursor<T>) => R,
    lang: string,
    signal: AbortSignal,
  ): Promise<R | null> {
    const wait = this.#wait({ kind: 'node', id, fragments: new Set() }, lang);
    if (wait.ask.kind === 'node') wait.ask.fragments.add(asText(fragment));
    return this.#read(wait, decode, signal);
  }

  /** Reads a list: an operation with one field at its root, without an alias. Otherwise as `node`. */
  async list<T, V extends object, R>(
    operation: Document<T, V>,
    variables: V,
    decode: (root: Cursor<NonNullable<T[keyof T]>>) => R,
    lang: string,
    signal: AbortSignal,
  ): Promise<R | null> {
    const wait = this.#wait(
      { kind: 'list', operation: asText(operation), variables: variables as Record<string, unknown> },
      lang,
    );
    return this.#read(wait, decode, signal);
  }

  async #read<T, R>(wait: Wait, decode: (cursor: Cursor<T>) => R, signal: AbortSignal): Promise<R | null> {
    signal.throwIfAborted();
    wait.listeners++;
    const found = await new Promise<Found>((resolve, reject) => {
      signal.addEventListener(
        'abort',
        () => {
          wait.listeners--;
          wait.onLeave?.();
          reject(signal.reason as Error);
        },
        { once: true },
      );
      wait.found.then(resolve, reject);
    });
    const [fault] = found.faults;
    if (found.cursor.raw === null || found.cursor.raw === undefined) {
      if (fault) throw faultOf(fault);
      return null;
    }
    try {
      return decode(found.cursor as Cursor<T>);
    } catch (reason) {
      // A field is missing because the platform failed at it: that is the better reason.
      throw fault && reason instanceof ApiError ? faultOf(fault) : reason;
    }
  }

  #wait(ask: Ask, lang: string): Wait {
    const key = `${lang} ${keyOf(ask)}`;
    let wait = this.#waits.get(key);
    if (!wait) {
      let settle: Pick<Wait, 'resolve' | 'reject'> = { resolve() {}, reject() {} };
      const found = new Promise<Found>((resolve, reject) => (settle = { resolve, reject }));
      // Whoever waits hears of a failure; nobody waiting is no error.
      found.catch(() => undefined);
      wait = { ask, lang, found, listeners: 0, ...settle };
      // A task, not a microtask: elements that are defined together ask in microtasks of their own.
      if (!this.#waits.size) setTimeout(() => this.#flush());
      this.#waits.set(key, wait);
    }
    return wait;
  }

  #flush(): void {
    const sorted = [...this.#waits].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, wait]) => wait);
    this.#waits = new Map();
    const wanted = sorted.filter(({ listeners }) => listeners > 0);
    for (const lang of new Set(wanted.map((wait) => wait.lang))) {
      const waits = wanted.filter((wait) => wait.lang === lang);
      for (let at = 0; at < waits.length; at += LONGEST_REQUEST)
        void this.#send(waits.slice(at, at + LONGEST_REQUEST), lang);
    }
  }

  async #send(waits: readonly Wait[], lang: string): Promise<void> {
    const request = new AbortController();
    const onLeave = (): void => {
      if (waits.every(({ listeners }) => listeners <= 0)) request.abort();
    };
    for (const wait of waits) wait.onLeave = onLeave;
    const { query, variables, places } = compose(waits.map(({ ask }) => ask));
    try {
      const answer = await post(this.endpoint, query, variables, lang, request.signal);
      waits.forEach((wait, position) => {
        try {
          wait.resolve(find(answer, places[position] ?? ['']));
        } catch (reason) {
          wait.reject(reason);
        }
      });
    } catch (reason) {
      const failure = request.signal.aborted ? reason : failureOf(reason);
      for (const wait of waits) wait.reject(failure);
    }
  }
}

/** The part of an answer at a place. An answer without any data says why in its errors, or in its warnings. */
function find({ data, errors, warnings }: Answer, [alias, index]: Place): Found {
  const complaints = [...errors, ...warnings];
  const faults = complaints.filter(
    ({ path }) => !path || (path[0] === alias && (index === undefined || path.length < 2 || path[1] === index)),
  );
  if (!data) throw complaints[0] ? faultOf(complaints[0]) : new ApiError('bad-response', 'no data');
  let raw = data[alias];
  if (index !== undefined && raw !== null) raw = Array.isArray(raw) ? (raw as unknown[])[index] : undefined;
  if (raw === undefined) throw new ApiError('bad-response', `nothing at ${[alias, index].join('.')}`);
  return { cursor: new Cursor(raw, index === undefined ? alias : `${alias}.${String(index)}`), faults };
}
