import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import type { Count, SecretBallot, Tally } from '../../domain/counts.js';

/** The one state that a counter is in. */
export type CounterView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  /** No such object, or no such number: the second has no code. */
  | { readonly kind: 'empty'; readonly code?: 'not-found' }
  /** Without a code nothing was tried: the page names no platform or no object. */
  | { readonly kind: 'error'; readonly code?: ErrorCode; readonly retryable: boolean; readonly retrying: boolean }
  | {
      readonly kind: 'ready';
      readonly count: Tally | SecretBallot;
      /** When it was read, in milliseconds since the epoch. */
      readonly at: number;
      /** Why the latest reading failed. */
      readonly code?: ErrorCode | undefined;
      /** Milliseconds without news, once a reading has failed. */
      readonly silence: number | null;
    };

/** First match wins. What was read stays when a later reading fails: no failure is ever shown as a number. */
export function counterView(
  { data, error, at = 0, loading }: Remote<Count | null>,
  now: number,
  askable: boolean,
): CounterView {
  if (data === null) return { kind: 'empty', code: 'not-found' };
  if (data?.kind === 'not-counted') return { kind: 'empty' };
  if (data) return { kind: 'ready', count: data, at, code: error?.code, silence: error ? now - at : null };
  if (error) return { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying: loading };
  return askable ? { kind: 'loading' } : { kind: 'error', retryable: false, retrying: false };
}
