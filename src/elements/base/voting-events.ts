import { recordedOf, type Recorded } from '../../domain/recorded.js';
import type { VoteChange } from '../../state/ballot.js';

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

/** The platform has recorded a vote or its removal: told in the form that all votes share, beside that of proposals. */
export class CapVoteChangeEvent extends CustomEvent<Recorded & VoteChange> {
  constructor(change: VoteChange) {
    super('cap-vote-change', { bubbles: true, composed: true, detail: { ...recordedOf(change), ...change } });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cap-login-request': CapLoginRequestEvent;
    'cap-session-change': CapSessionChangeEvent;
    'cap-vote-change': CapVoteChangeEvent;
  }
}
