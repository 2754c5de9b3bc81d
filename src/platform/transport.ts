import { GraphQLClient } from 'graphql-request';

import { clock } from '../core/clock.js';
import { ApiError } from '../core/errors.js';
import { failureOf, type Fault } from './failures.js';

/** One of the platform's endpoints, and how a browser may speak to it. */
export interface Endpoint {
  readonly url: string;
  readonly accept: string;
  readonly credentials: RequestCredentials;
}

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly Fault[];
  /** The platform reports a refused field of a query here instead of in `errors`. */
  readonly warnings: readonly Fault[];
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
 * The body is form-encoded, which is all it takes to keep a request "simple": browsers send it to another origin without
 * asking first, and the platform understands it as well as JSON.
 *
 * @throws {ApiError} Whatever happened, reduced to a code; the reason of `signal` when that aborts.
 */
export async function post(
  endpoint: Endpoint,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  lang: string,
  signal: AbortSignal,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(endpoint, query, variables, lang, signal);
    } catch (reason) {
      signal.throwIfAborted();
      const failure = failureOf(reason);
      const wait = failure.retryAfter ?? BACKOFF * 2 ** attempt * (0.5 + Math.random());
      const hopeless = !failure.retryable || failure.code === 'bad-response' || failure.code === 'offline';
      if (hopeless || attempt === TRIES || wait > LONGEST_WAIT) throw failure;
      await pause(wait, signal);
    }
  }
}

async function once(
  { url, accept, credentials }: Endpoint,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  lang: string,
  signal: AbortSignal,
): Promise<Answer> {
  const attempt = new AbortController();
  const stop = (): void => attempt.abort(signal.reason);
  signal.addEventListener('abort', stop);
  let late = false;
  const cancel = clock.after(TIMEOUT, () => {
    late = true;
    attempt.abort();
  });
  const client = new GraphQLClient(url, {
    fetch: (input, init) => globalThis.fetch(input, init),
    headers: { Accept: accept, 'Accept-Language': lang, 'Content-Type': 'application/x-www-form-urlencoded' },
    credentials,
    referrerPolicy: 'strict-origin',
    signal: attempt.signal,
    errorPolicy: 'all',
    excludeOperationName: true,
    jsonSerializer: { parse: JSON.parse as (text: string) => unknown, stringify: formEncoded },
  });
  try {
    const { data, errors, extensions } = await client.rawRequest<Answer['data']>(query, variables);
    const { warnings } = (extensions ?? {}) as { warnings?: unknown };
    return {
      data,
      errors: (errors ?? []) as unknown as Fault[],
      warnings: Array.isArray(warnings) ? (warnings as Fault[]) : [],
    };
  } catch (reason) {
    throw late ? new ApiError('timeout', `${String(TIMEOUT)} ms`, { cause: reason }) : reason;
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
  }
}

function formEncoded(request: { query?: string; variables?: unknown }): string {
  const form = new URLSearchParams({ query: request.query ?? '' });
  if (request.variables) form.set('variables', JSON.stringify(request.variables));
  return form.toString();
}

const pause = (delay: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.after(delay, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
