import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import type { ListPage } from '../../domain/list-page.js';

/** The one state that a list is in. */
export type ListView<T> =
  | { readonly kind: 'loading'; readonly code?: undefined }
  /** Without a code nothing was tried: the page names no platform. */
  | { readonly kind: 'error'; readonly code?: ErrorCode; readonly retryable: boolean }
  | {
      /** `empty`: the list has been read, and holds nothing. */
      readonly kind: 'ready' | 'empty';
      readonly items: readonly T[];
      /** Entries of the whole list; null while nobody knows. */
      readonly total: number | null;
      /** There may be more to show. */
      readonly more: boolean;
      /** Why the latest reload failed. */
      readonly code?: ErrorCode | undefined;
      /** When what is shown was read, if it could not be read again since. */
      readonly staleSince: number | null;
    };

/**
 * First match wins. A failed reload keeps what was read.
 *
 * @param visible - What is to be shown of it at present.
 */
export function listView<T>(
  { data, error, at = 0 }: Remote<ListPage<T>>,
  askable: boolean,
  visible = (items: readonly T[]): readonly T[] => items,
): ListView<T> {
  if (data) {
    const items = visible(data.items);
    const more = data.next !== null;
    return {
      kind: items.length || more ? 'ready' : 'empty',
      items,
      // The platform also counts what it does not show: at its end a list is as long as what came of it.
      total: more ? data.total : items.length,
      more,
      code: error?.code,
      staleSince: error ? at : null,
    };
  }
  if (error) return { kind: 'error', code: error.code, retryable: isRetryable(error.code) };
  return askable ? { kind: 'loading' } : { kind: 'error', retryable: false };
}
