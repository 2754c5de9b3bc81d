import { ApiError } from '../core/errors.js';
import { compose, keyOf, type Ask } from './compose.js';
import { Cursor, refuse } from './cursor.js';
import type { Document } from './documents/typed.js';
import { send, type Endpoint } from './transport.js';

/** Things in one request: no platform has to answer for hundreds at once. */
const LONGEST_REQUEST = 50;

/** How one reading is done. */
export interface ReadOptions {
  /** Language asked of the platform. */
  readonly lang: string;
  readonly signal: AbortSignal;
}

interface Waiting extends Ask, ReadOptions {
  resolve(found: Cursor<unknown>): void;
  reject(reason: unknown): void;
}

/** Loaded when something fails. Where even that does not come, there is no network. */
export const recovery = (): Promise<typeof import('./recovery.js')> =>
  import('./recovery.js').catch((cause: unknown) => {
    throw new ApiError('network', 'recovery.js', { cause });
  });

/**
 * Turns all that the widgets of a page ask an endpoint for in one tick into one request.
 * The bytes of a request depend on what is asked, not on the order of asking, so that a cache can key on them.
 */
export class Loader {
  /** By language: one request asks in one. */
  readonly #waiting: Record<string, Waiting[]> = {};

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
    return this.#ask({ document: fragment, id }, decode, options);
  }

  /** Reads the one field of an operation. Otherwise as `node`. */
  field<T, V extends object, R>(
    operation: Document<T, V>,
    variables: V,
    decode: (field: Cursor<NonNullable<T[keyof T]>>) => R,
    options: ReadOptions,
  ): Promise<R | null> {
    return this.#ask({ document: operation, variables }, decode, options);
  }

  async #ask<T, R>(ask: object, decode: (cursor: Cursor<T>) => R, options: ReadOptions): Promise<R | null> {
    const cursor = await new Promise<Cursor<unknown>>((resolve, reject) => {
      // A task, not a microtask: elements that are defined together ask in microtasks of their own.
      // See `documents/typed.ts`: the compiler is told of a parsed document where there is text.
      const waiting = (this.#waiting[options.lang] ??= []);
      if (waiting.push({ ...(ask as Ask), ...options, resolve, reject }) === 1)
        setTimeout(() => this.#flush(waiting, options.lang));
    });
    const { raw, path, faults } = cursor;
    const failure = faults.length ? (await recovery()).failureAt(path, faults) : undefined;
    if (raw === null && !failure) return null;
    try {
      if (raw == null) refuse(cursor);
      return decode(cursor as Cursor<T>);
    } catch (reason) {
      // What is missing is missing because the platform failed at it: that is the better reason.
      throw failure ?? reason;
    }
  }

  #flush(waiting: Waiting[], lang: string): void {
    const asks = waiting
      .splice(0)
      .filter(({ signal }) => !signal.aborted)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    while (asks.length) void this.#send(asks.splice(0, LONGEST_REQUEST), lang);
  }

  async #send(asks: readonly Waiting[], lang: string): Promise<void> {
    const request = new AbortController();
    const { signal } = request;
    for (const ask of asks)
      ask.signal.addEventListener('abort', () => asks.every((other) => other.signal.aborted) && request.abort());
    const { query, variables, places } = compose(asks);
    const attempt = (): ReturnType<typeof send> => send(this.endpoint, query, variables, lang, signal);
    try {
      const { data, faults } = await attempt().catch(async (reason: unknown) =>
        (await recovery()).recover(reason, attempt, signal),
      );
      asks.forEach((ask, position) => {
        const place = places[position] ?? [];
        let raw: unknown = data;
        for (const key of place) raw = (raw as Record<string, unknown> | null | undefined)?.[key];
        ask.resolve(new Cursor(raw, place.join('.'), faults));
      });
    } catch (reason) {
      for (const ask of asks) ask.reject(reason);
    }
  }
}
