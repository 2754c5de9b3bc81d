/** Everything that can go wrong while reading, as a page author sees it in `cap-error`. */
export type ErrorCode =
  | 'network'
  | 'timeout'
  | 'offline'
  | 'rate-limited'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'platform-disabled'
  | 'bad-response'
  | 'server';

/** Whether the same request may succeed later. */
export const isRetryable = (code: ErrorCode): boolean => !/^(un|forb|not-|plat)/.test(code);

/** A failed exchange with the platform, reduced to one code of the contract. The reason is in `cause` and never shown. */
export class ApiError extends Error {
  /**
   * @param code - One code of the contract.
   * @param detail - For the console: what was wrong, and where in the answer.
   * @param retryAfter - Milliseconds that the platform asked to wait.
   */
  constructor(
    readonly code: ErrorCode,
    detail: string,
    options?: ErrorOptions,
    readonly retryAfter?: number,
  ) {
    super(`${code}: ${detail}`, options);
  }
}

/** The key of the sentence for a failure to read: what went wrong inside concerns developers, who find it in `cap-error`. */
export const errorMessage = (code: ErrorCode): 'error.offline' | 'error.unreachable' | 'error.private' =>
  code === 'offline' ? 'error.offline' : isRetryable(code) ? 'error.unreachable' : 'error.private';
