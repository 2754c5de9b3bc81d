import { ClientError } from 'graphql-request';

import { ApiError, type ErrorCode } from '../core/errors.js';

/** One entry of `errors` in an answer, or of the warnings by which the platform reports a refused field of a query. */
export interface Fault {
  readonly message?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly category?: string };
}

/** What HTTP means on the platform's endpoints. Without its public API, `/graphql` is a page not found. */
const STATUSES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'platform-disabled',
  429: 'rate-limited',
};

/** The one code for whatever an attempt threw. */
export function failureOf(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  if (reason instanceof ClientError) {
    const { status, headers } = reason.response;
    const wait = (headers as Headers | undefined)?.get('Retry-After');
    // A number of seconds, or a date. The error itself holds the whole exchange with its variables: it is not passed on.
    const retryAfter = wait ? Number(wait) * 1000 || Date.parse(wait) - Date.now() : undefined;
    return new ApiError(
      STATUSES[status] ?? (status < 500 ? 'bad-response' : 'server'),
      `HTTP ${status}`,
      {},
      retryAfter,
    );
  }
  // `fetch` throws a TypeError for whatever kept an answer away; any other error comes from reading one.
  const away = reason instanceof TypeError;
  return new ApiError(
    away ? (globalThis.navigator?.onLine === false ? 'offline' : 'network') : 'bad-response',
    String(reason),
    { cause: reason },
  );
}

/** The code of an error that the API itself reports. Only here are its words read. */
export const faultOf = ({ message = '', extensions, path }: Fault): ApiError =>
  new ApiError(
    /^access denied/i.test(message) ? 'forbidden' : extensions?.category === 'graphql' ? 'bad-response' : 'server',
    `${path?.join('.') ?? ''} ${message}`,
  );
