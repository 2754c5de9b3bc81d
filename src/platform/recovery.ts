/** What to do when an exchange fails. Loaded when one does: a page in order never needs it. */
import { ClientError } from 'graphql-request';

import { clock } from '../core/clock.js';
import { ApiError, isRetryable, type ErrorCode } from '../core/errors.js';
import { pathOf, type Fault } from './cursor.js';

const TRIES = 3;
/** Milliseconds; doubled after every failure, and spread at random so that a thousand pages do not come back together. */
const BACKOFF = 400;
/** Milliseconds that a page waits for a platform that asks for patience, before it offers a button instead. */
const LONGEST_WAIT = 20_000;

/** What HTTP means on the platform's endpoints. Without its public API, `/graphql` is a page not found. */
const STATUSES: Readonly<Record<number, ErrorCode>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'platform-disabled',
  429: 'rate-limited',
};

/**
 * Tries again what has failed once, where that may help.
 *
 * @param reason - What the first attempt threw.
 * @throws {ApiError} Whatever happened last.
 */
export async function recover<T>(reason: unknown, attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    const [found, wait = BACKOFF * 2 ** tries * (0.5 + Math.random())] = failureOf(reason);
    const failure = isForeign(reason) ? new ApiError('not-a-platform', found.message, { cause: found }) : found;
    const { code } = failure;
    const hopeless = signal.aborted || !isRetryable(code) || /^(bad-response|not-a-platform|offline)$/.test(code);
    if (hopeless || tries === TRIES || wait > LONGEST_WAIT) throw failure;
    await new Promise<void>((resolve) => {
      const stop = clock.after(wait, resolve);
      // Who has given up need not be waited for.
      const leave = (): void => {
        stop();
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await attempt();
    } catch (next) {
      reason = next;
    }
  }
}

/** The one code for whatever an attempt threw, and how many milliseconds the platform asks to wait. */
export function failureOf(reason: unknown): readonly [ApiError, (number | undefined)?] {
  if (reason instanceof ApiError) return [reason];
  if (reason instanceof ClientError) {
    const { status, headers } = reason.response;
    const after = (headers as Headers | undefined)?.get('Retry-After');
    // Its message holds the whole exchange with its variables: only the status goes on.
    const failure = new ApiError(STATUSES[status] ?? (status < 500 ? 'bad-response' : 'server'), `HTTP ${status}`);
    if (!after) return [failure];
    // A number of seconds, or a date.
    return [
      failure,
      /^\d+$/.test(after) ? Number(after) * 1000 : Math.max(Date.parse(after) - clock.now(), 0) || undefined,
    ];
  }
  // `fetch` throws a TypeError for whatever kept an answer away; any other error comes from reading one.
  if (!(reason instanceof TypeError)) {
    // What is no GraphQL, `graphql-request` repeats to the last byte: only what it says first goes on.
    const [what = ''] = String(reason).split('\n', 1);
    return [new ApiError('bad-response', what, isForeign(reason) ? {} : { cause: reason })];
  }
  const offline = globalThis.navigator?.onLine === false;
  return [new ApiError(offline ? 'offline' : 'network', reason.message, { cause: reason })];
}

/**
 * Whether what answers a reading is no platform: it speaks no GraphQL, or has never heard of the address. That the platform
 * itself says where its API is off, but it lets any page read it; the page's own site does not, whose answers alone have a date.
 */
function isForeign(reason: unknown): boolean {
  if (!(reason instanceof ClientError))
    // As `graphql-request` says it.
    return reason instanceof Error && reason.message.startsWith('Invalid execution result');
  const { status, headers } = reason.response as { status: number; headers?: Headers };
  const isOwn = 'location' in globalThis && headers?.has('Date');
  return Boolean(status === 404 && isOwn && !headers?.has('Access-Control-Allow-Origin'));
}

/**
 * Tells an ID under which there is nothing from what cannot be one: that is the page's mistake, and no secret of the platform.
 * Global IDs are base64 of `Type:id`; the platform also takes the part behind the colon alone.
 *
 * @param kind - The last word of the types that it may be of, in small letters: `SelectionStep` is a `step`.
 * @throws {ApiError} `invalid-id`.
 */
export function judgeId(id: string, kind: string): void {
  const type = typeOf(id);
  if (type ? !type.endsWith(kind) : !/^[\w-]+$/.test(id))
    throw new ApiError('invalid-id', `${id} is ${type ? `a ${type}` : 'no ID'}, and no ${kind}`);
}

/** The type in a global ID. */
function typeOf(id: string): string | undefined {
  try {
    return /^([A-Z]\w*):./.exec(atob(id))?.[1]?.toLowerCase();
  } catch {
    return undefined;
  }
}

/** What the platform complains of at a place of its answer, inside it or around it. */
export function failureAt(place: string, faults: readonly Fault[]): ApiError | undefined {
  const fault = faults.find((fault) => {
    const path = pathOf(fault);
    return !path || `${path}.`.startsWith(`${place}.`) || `${place}.`.startsWith(`${path}.`);
  });
  return fault && faultOf(fault);
}

/** The code of an error that the API itself reports. Only here are its words read. */
export const faultOf = ({ message = '', extensions, path }: Fault): ApiError =>
  /^access denied/i.test(message)
    ? // Whom the platform does not let in gets no word of it to pass on.
      new ApiError('forbidden', 'access denied')
    : new ApiError(extensions?.category === 'graphql' ? 'bad-request' : 'server', `${String(path)} ${message}`);
