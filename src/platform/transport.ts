import { GraphQLClient } from 'graphql-request';

import { clock } from '../core/clock.js';
import { ApiError } from '../core/errors.js';

/** One entry of `errors` in an answer, or of the warnings by which the platform reports a refused field of a query. */
export interface Fault {
  readonly message?: string;
  readonly path?: readonly unknown[] | null;
  readonly extensions?: { readonly category?: string };
}

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  /** What the platform complains of, warnings included. */
  readonly faults: readonly Fault[];
}

/** Milliseconds before an attempt is given up. */
const TIMEOUT = 10_000;

/** One of the platform's endpoints, and how a browser may speak to it. */
export interface Endpoint {
  readonly url: string;
  readonly accept: string;
  readonly credentials: RequestCredentials;
}

/** Sends one GraphQL document, once. */
export async function send(
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
      // Not the function itself: it may be replaced later.
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
  `${new URLSearchParams({ query: query ?? '', variables: JSON.stringify(variables) })}`;
