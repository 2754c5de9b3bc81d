import type { ErrorCode } from '../../core/errors.js';

/**
 * The first data of an element is on screen. It leaves no shadow tree: a page hears of the elements that it wrote, not of
 * those inside them.
 */
export class CapLoadEvent extends CustomEvent<{
  /** Tag of the element. */
  readonly tag: string;
}> {
  constructor(detail: CapLoadEvent['detail']) {
    super('cap-load', { bubbles: true, detail });
  }
}

/** A load failed, which is told as `cap-load` is, or an act, of which every page hears. */
export class CapErrorEvent extends CustomEvent<{
  /** Tag of the element. */
  readonly tag: string;
  /** What happened. */
  readonly code: ErrorCode;
  /** Whether the same may succeed later. */
  readonly retryable: boolean;
}> {
  /** @param composed - Whether an act failed. */
  constructor(detail: CapErrorEvent['detail'], composed = false) {
    super('cap-error', { bubbles: true, composed, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cap-load': CapLoadEvent;
    'cap-error': CapErrorEvent;
  }
}
