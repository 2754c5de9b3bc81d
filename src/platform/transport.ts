import { GraphQLClient } from 'graphql-request';

import { clock } from '../core/clock.js';
import { ApiError } from '../core/errors.js';
import { write } from '../core/json.js';
import type { Fault } from './cursor.js';

export type { Fault };

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
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials;
  /** Sends the requests instead of the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Bytes of an answer once it is unpacked, beyond which it is given up. (8 MB) */
  readonly limit?: number;
}

/** Sends one GraphQL document, once. */
export async function send(
  { url, headers, limit, fetch: ask = fetch, ...options }: Endpoint,
  query: string,
  variables: object,
  lang: string,
  signal: AbortSignal,
): Promise<Answer> {
  const attempt = new AbortController();
  const stop = (): void => attempt.abort();
  const cancel = clock.after(TIMEOUT, () => attempt.abort(new ApiError('timeout', url)));
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    const { data, errors, extensions } = await new GraphQLClient(url, {
      // A form is all it takes to keep a request "simple": browsers send it to another origin without asking first.
      headers: { ...headers, 'Accept-Language': lang, 'Content-Type': 'application/x-www-form-urlencoded' },
      jsonSerializer: { parse: JSON.parse as (text: string) => unknown, stringify: asForm },
      ...options,
      fetch: async (...request) => counted(await ask(...request), limit),
      referrerPolicy: 'strict-origin',
      signal: attempt.signal,
      errorPolicy: 'all',
      // Said, and the rest by name: what is not said of an object, a page may have said of all objects.
      method: 'POST',
    }).rawRequest<Answer['data']>({ query, variables });
    const faults = [errors, (extensions as { warnings?: unknown } | undefined)?.warnings].flat().filter(Boolean);
    if (data === undefined && !faults.length) throw new ApiError('not-a-platform', `${url} gives no data`);
    return { data, faults: faults as Fault[] };
  } catch (reason) {
    const why: unknown = attempt.signal.aborted ? attempt.signal.reason : reason;
    // What is left of an answer that nobody reads.
    stop();
    throw why;
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
  }
}

/**
 * An answer whose bytes are counted while they are read. A few kilobytes can unpack to gigabytes, and some answers never end.
 *
 * @throws {ApiError} `bad-response`: there are too many; the rest is not asked for.
 */
export async function counted(answer: Response, limit = 8e6): Promise<Response> {
  if (!answer.body) return answer;
  const parts: BlobPart[] = [];
  const reader = answer.body.getReader();
  for (let part; (part = (await reader.read()).value); parts.push(part))
    if ((limit -= part.length) < 0) {
      void reader.cancel();
      throw new ApiError('bad-response', 'the answer is too long');
    }
  return new Response(new Blob(parts), answer);
}

const asForm = ({ query, variables }: { query: string; variables: unknown }): string =>
  `${new URLSearchParams({ query, variables: write(variables) })}`;
