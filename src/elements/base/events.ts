import type { ErrorCode } from '../../core/errors.js';

/** The first data of an element is on screen. */
export class CapLoadEvent extends CustomEvent<{
  /** Tag of the element. */
  readonly tag: string;
}> {
  constructor(detail: CapLoadEvent['detail']) {
    super('cap-load', { bubbles: true, composed: true, detail });
  }
}

/** A load or an act failed. */
export class CapErrorEvent extends CustomEvent<{
  /** Tag of the element. */
  readonly tag: string;
  /** What happened. */
  readonly code: ErrorCode;
  /** Whether the same may succeed later. */
  readonly retryable: boolean;
}> {
  constructor(detail: CapErrorEvent['detail']) {
    super('cap-error', { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cap-load': CapLoadEvent;
    'cap-error': CapErrorEvent;
  }
}
