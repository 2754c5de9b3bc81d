import { GraphQLClient } from 'graphql-request';

import { clock } from '../core/clock.js';
import { ApiError, isRetryable } from '../core/errors.js';
import { failureOf, type Fault } from './failures.js';

/** One of the platform's endpoints, and how a browser may speak to it. */
export interface Endpoint {
  readonly url: string;
  readonly accept: string;
  readonly credentials: RequestCredentials;
}

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  /** What the platform complains of, warnings included. */
  readonly faults: readonly Fault[];
}

/** Milliseconds before an attempt is given up. */
const TIMEOUT = 10_000;
const TRIES = 3;
/** Milliseconds; doubled after every failure, and spread at random so that a thousand pages do not come back together. */
const BACKOFF = 400;
/** Milliseconds that a page waits for a platform that asks for patience, before it offers a button instead. */
const LONGEST_WAIT = 20_000;

/**
 * Reads one GraphQL document, with at most three tries.
 *
 * @throws {ApiError} Whatever happened, reduced to a code.
 */
export async function post(
  endpoint: Endpoint,
  query: string,
  variables: object,
  lang: string,
  signal: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(endpoint, query, variables, lang, signal);
    } catch (reason) {
      const failure = failureOf(reason);
      const { code, retryAfter = BACKOFF * 2 ** attempt * (0.5 + Math.random()) } = failure;
      const hopeless = signal.aborted || !isRetryable(code) || code === 'bad-response' || code === 'offline';
      if (hopeless || attempt === TRIES || retryAfter > LONGEST_WAIT) throw failure;
      await new Promise<void>((resolve) => clock.after(retryAfter, resolve));
    }
  }
}

async function once(
  { url, accept, credentials }: Endpoint,
  query: string,
  variables: object,
  lang: string,
  signal: AbortSignal,
): Promise<Answer> {
  const attempt = new AbortController();
  const stop = (): void => attempt.abort();
  let late = false;
  const cancel = clock.after(TIMEOUT, () => {
    late = true;
    stop();
  });
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    const { data, errors, extensions } = await new GraphQLClient(url, {
      fetch: (input, init) => fetch(input, init),
      // A form is all it takes to keep a request "simple": browsers send it to another origin without asking first.
      headers: { Accept: accept, 'Accept-Language': lang, 'Content-Type': 'application/x-www-form-urlencoded' },
      jsonSerializer: { parse: JSON.parse as (text: string) => unknown, stringify: asForm },
      credentials,
      referrerPolicy: 'strict-origin',
      signal: attempt.signal,
      errorPolicy: 'all',
      excludeOperationName: true,
    }).rawRequest<Answer['data']>(query, variables);
    const faults = [errors, (extensions as { warnings?: unknown } | undefined)?.warnings].flat().filter(Boolean);
    return { data, faults: faults as Fault[] };
  } catch (reason) {
    throw late ? new ApiError('timeout', url) : reason;
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
  }
}

const asForm = ({ query, variables }: { query?: string; variables?: unknown }): string =>
  new URLSearchParams({ query: query ?? '', variables: JSON.stringify(variables) }).toString();
