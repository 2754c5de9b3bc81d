import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import { projectSituation, type Project, type ProjectSituation } from '../../domain/project.js';

/** The one state that a card is in. */
export type ProjectCardView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  | { readonly kind: 'empty'; readonly code: 'not-found' }
  /** Without a code nothing was tried: the page names no platform or no project. */
  | { readonly kind: 'error'; readonly code?: ErrorCode; readonly retryable: boolean; readonly retrying: boolean }
  | {
      readonly kind: 'ready';
      readonly project: Project;
      readonly situation: ProjectSituation;
      /** Why the latest reload failed. */
      readonly code?: ErrorCode | undefined;
      /** When what is shown was read, if it could not be read again since. */
      readonly staleSince: number | null;
    };

/** First match wins. A failed reload keeps the last good project; `null` is the answer for an unknown or hidden one. */
export function projectCardView(
  { data, error, at = 0, loading }: Remote<Project | null>,
  now: number,
  askable: boolean,
): ProjectCardView {
  if (data === null) return { kind: 'empty', code: 'not-found' };
  if (data) {
    const situation = projectSituation(data, now);
    return { kind: 'ready', project: data, situation, code: error?.code, staleSince: error ? at : null };
  }
  // While it is tried again the button stays where it is, and with it the focus.
  if (error) return { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying: loading };
  return askable ? { kind: 'loading' } : { kind: 'error', retryable: false, retrying: false };
}
