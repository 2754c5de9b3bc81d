import type { Params } from '../../i18n/messages.js';
import type { HandoffMessage } from './messages.js';

/** What the templates are given besides what they show. */
export interface Page {
  readonly t: (key: HandoffMessage, params?: Params) => string;
  readonly lang: string;
  readonly level: number;
  readonly platform: string;
  /** The visitor is being signed out. */
  readonly busy: boolean;
  /** A press counts by now. */
  readonly armed: boolean;
  /** Where the visitor goes back to, and whether the site learns only by that what was done. */
  readonly back: { readonly url: string; readonly needed: boolean };
  /** Where signing in leads back to: says nothing of the request. */
  readonly destination: string;
  readonly onOpen: () => void;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly onReturn: (event: Event) => void;
  readonly onRetry: () => void;
  readonly onTick: (event: Event) => void;
  readonly onNotMe: () => void;
  readonly onDoneHere: () => void;
}
