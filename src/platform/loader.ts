import { ApiError } from '../core/errors.js';
import { compose, keyOf, type Ask, type Place } from './compose.js';
import { Cursor } from './cursor.js';
import type { Document } from './documents/typed.js';
import { failureOf, faultOf, type Fault } from './failures.js';
import { post, type Answer, type Endpoint } from './transport.js';

/** Things in one request: no platform has to answer for hundreds at once. */
const LONGEST_REQUEST = 50;

/** How one reading is done. */
export interface ReadOptions {
  /** Language asked of the platform. */
  readonly lang: string;
  readonly signal: AbortSignal;
}

interface Waiting extends Ask, ReadOptions {
  resolve(found: readonly [Cursor<unknown>, readonly Fault[]]): void;
  reject(reason: unknown): void;
}

/**
 * Turns all that the widgets of a page ask an endpoint for in one tick into one request.
 * The bytes of a request depend on what is asked, not on the order of asking, so that a cache can key on them.
 */
export class Loader {
  #waiting: Waiting[] = [];

  constructor(readonly endpoint: Endpoint) {}

  /**
   * Reads one object.
   *
   * @param fragment - A named fragment on the object's type.
   * @returns Null when there is no such object, or this visitor may not see it.
   * @throws {ApiError}
   */
  node<T, R>(
    id: string,
    fragment: Document<T>,
    decode: (node: Cursor<T>) => R,
    options: ReadOptions,
  ): Promise<R | null> {
    return this.#ask({ document: asText(fragment), id }, decode, options);
  }

  /** Reads the one field of an operation. Otherwise as `node`. */
  field<T, V extends object, R>(
    operation: Document<T, V>,
    variables: V,
    decode: (field: Cursor<NonNullable<T[keyof T]>>) => R,
    options: ReadOptions,
  ): Promise<R | null> {
    return this.#ask({ document: asText(operation), variables: variables as Record<string, unknown> }, decode, options);
  }

  async #ask<T, R>(ask: Ask, decode: (cursor: Cursor<T>) => R, options: ReadOptions): Promise<R | null> {
    const [cursor, [fault]] = await new Promise<readonly [Cursor<unknown>, readonly Fault[]]>((resolve, reject) => {
      // A task, not a microtask: elements that are defined together ask in microtasks of their own.
      if (this.#waiting.push({ ...ask, ...options, resolve, reject }) === 1) setTimeout(() => this.#flush());
    });
    if (cursor.raw === null && !fault) return null;
    try {
      return decode(cursor as Cursor<T>);
    } catch (reason) {
      // What is missing is missing because the platform failed at it: that is the better reason.
      throw fault ? faultOf(fault) : reason;
    }
  }

  #flush(): void {
    const waiting = this.#waiting
      .filter(({ signal }) => !signal.aborted)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    this.#waiting = [];
    for (const lang of new Set(waiting.map((ask) => ask.lang))) {
      const asks = waiting.filter((ask) => ask.lang === lang);
      while (asks.length) void this.#send(asks.splice(0, LONGEST_REQUEST), lang);
    }
  }

  async #send(asks: readonly Waiting[], lang: string): Promise<void> {
    const request = new AbortController();
    for (const { signal } of asks)
      signal.addEventListener('abort', () => asks.every((ask) => ask.signal.aborted) && request.abort());
    const { query, variables, places } = compose(asks);
    const answer = await post(this.endpoint, query, variables, lang, request.signal).catch(failureOf);
    asks.forEach((ask, position) => {
      try {
        if (answer instanceof ApiError) throw answer;
        ask.resolve(find(answer, places[position] ?? ['']));
      } catch (reason) {
        ask.reject(reason);
      }
    });
  }
}

// See `documents/typed.ts`: the compiler is told of a parsed document where there is text.
const asText = (document: Document<unknown>): string => document as unknown as string;

/** The part of an answer at a place, and what the platform complains of there. */
function find({ data, faults }: Answer, [alias, index]: Place): readonly [Cursor<unknown>, readonly Fault[]] {
  const own = faults.filter(
    ({ path: [first, second] = [] }) => !first || (first === alias && (second ?? index) === index),
  );
  const field = data?.[alias];
  const raw = index === undefined ? field : Array.isArray(field) ? (field as unknown[])[index] : undefined;
  const path = [alias, index].join('.');
  if (raw === undefined) throw own[0] ? faultOf(own[0]) : new ApiError('bad-response', `${path} is missing`);
  return [new Cursor(raw, path), own];
}
