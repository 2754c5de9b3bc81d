/** Everything that can go wrong while reading or acting, as a page author sees it in `cap-error`. */
export type ErrorCode = ReadCode | ActCode;

/** Why an act was refused, or did not take place. */
export type ActCode =
  | 'already-voted'
  | 'not-voted'
  | 'vote-limit-reached'
  | 'not-enough-budget'
  | 'step-closed'
  | 'not-votable'
  | 'requirements-missing'
  | 'phone-already-used'
  | 'contribution-not-allowed'
  | 'bad-credentials'
  | 'captcha-required'
  | 'email-unconfirmed'
  | 'popup-blocked'
  | 'cancelled';

/** What keeps an answer away, or makes it useless. */
export type ReadCode =
  | 'network'
  | 'timeout'
  | 'offline'
  | 'rate-limited'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'invalid-id'
  | 'not-a-platform'
  | 'platform-disabled'
  | 'bad-request'
  | 'bad-response'
  | 'server';

/** Whether the same request may succeed later. */
export const isRetryable = (code: ErrorCode): boolean => /^(net|time|off|rate|not-a|bad-res|ser)/.test(code);

/** A failed exchange with the platform, reduced to one code of the contract. The reason is in `cause` and never shown. */
export class ApiError extends Error {
  /**
   * @param code - One code of the contract.
   * @param detail - For the console: what was wrong, and where in the answer.
   */
  constructor(
    readonly code: ErrorCode,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }
}

/**
 * The key of the sentence for a failure to read: what went wrong inside concerns developers, who find it in `cap-error`. That
 * something is not public is for the platform to say.
 */
export const errorMessage = (
  code: ErrorCode,
): 'error.offline' | 'error.unreachable' | 'error.private' | 'error.other' =>
  code === 'offline'
    ? 'error.offline'
    : isRetryable(code)
      ? 'error.unreachable'
      : /^(un|for|not-f|pl)/.test(code)
        ? 'error.private'
        : 'error.other';
