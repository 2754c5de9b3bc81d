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

/** A visitor is about to be sent to sign in. Cancel it to do that in another way. */
export class CapLoginRequestEvent extends CustomEvent<{
  /** What the visitor needs to be signed in for, in words. */
  readonly reason: string;
}> {
  constructor(detail: CapLoginRequestEvent['detail']) {
    super('cap-login-request', { bubbles: true, composed: true, cancelable: true, detail });
  }
}

/** The visitor has signed in or out on the platform. */
export class CapSessionChangeEvent extends CustomEvent<{
  readonly signedIn: boolean;
  /** The name that the platform shows for the visitor. */
  readonly displayName: string | null;
}> {
  constructor(detail: CapSessionChangeEvent['detail']) {
    super('cap-session-change', { bubbles: true, composed: true, detail });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cap-load': CapLoadEvent;
    'cap-error': CapErrorEvent;
    'cap-login-request': CapLoginRequestEvent;
    'cap-session-change': CapSessionChangeEvent;
  }
}
