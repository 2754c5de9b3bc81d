import type { ApiError } from './errors.js';

/** What has become of the visitor's latest act. */
export interface Action {
  /** It is on its way. */
  readonly pending: boolean;
  /** Why it failed. */
  readonly error?: ApiError | undefined;
  /** It was carried out. */
  readonly done: boolean;
}
