import type { ApiError } from './errors.js';

/** What is known of something that lives on the platform: the last good answer, and what became of the latest attempt. */
export interface Remote<T> {
  /** The last good answer. It stays when a later attempt fails. */
  readonly data?: T;
  /** When `data` was read, in milliseconds since the epoch. */
  readonly at?: number;
  /** Why the latest attempt failed. */
  readonly error?: ApiError;
  /** An attempt is running. */
  readonly loading: boolean;
}
