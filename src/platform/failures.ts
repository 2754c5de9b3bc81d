import { ClientError } from 'graphql-request';

import { ApiError, type ErrorCode } from '../core/errors.js';

/** One entry of `errors` in an answer. */
export interface Fault {
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly category?: string };
}

/** Codes of HTTP that mean one thing on the platform's endpoints. Without its public API, `/graphql` is a page not found. */
const STATUSES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'platform-disabled',
  408: 'timeout',
  429: 'rate-limited',
};

/** The one code for whatever an attempt threw. */
export function failureOf(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  if (reason instanceof ClientError) {
    const { status, headers } = reason.response;
    const code = STATUSES[status] ?? (status >= 500 ? 'server' : 'bad-response');
    // Its message holds the whole exchange with its variables, and `cause` may be logged: only the status goes on.
    return new ApiError(code, `HTTP ${String(status)}`, {}, retryAfter(headers as Headers | undefined));
  }
  if (globalThis.navigator?.onLine === false) return new ApiError('offline', '', { cause: reason });
  // `fetch` throws a TypeError for whatever kept an answer away; any other error comes from reading one.
  return new ApiError(reason instanceof TypeError ? 'network' : 'bad-response', '', { cause: reason });
}

/** The code of an error that the API itself reports. Only here are its words read. */
export function faultOf({ message = '', extensions, path }: Fault): ApiError {
  const code: ErrorCode = /access denied/i.test(message)
    ? 'forbidden'
    : extensions?.category === 'graphql'
      ? 'bad-response'
      : 'server';
  return new ApiError(code, path?.join('.'), { cause: message });
}

/** The header is a number of seconds, or a date. */
function retryAfter(headers?: Headers): number | undefined {
  const text = headers?.get('Retry-After');
  if (!text) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait >= 0 ? wait : undefined;
}
