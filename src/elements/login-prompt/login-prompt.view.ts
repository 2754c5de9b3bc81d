import type { Action } from '../../core/action.js';
import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import type { Means, SignIn } from '../../state/sign-in.js';
import type { Viewer } from '../../state/viewer.js';
import type { LoginMessage } from './messages.js';

/** The one state that the prompt is in. */
export type LoginView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  /** The page has no session of the visitor: signing in is for the platform's own pages. */
  | { readonly kind: 'empty'; readonly code?: undefined }
  /** Without a code nothing was tried: the page names no platform. */
  | { readonly kind: 'error'; readonly code?: ErrorCode; readonly retryable: boolean; readonly retrying: boolean }
  | {
      readonly kind: 'ready';
      /** Null while nobody is signed in. */
      readonly name: string | null;
      readonly ways: SignIn | undefined;
      /** Why the latest reading failed. */
      readonly code?: ErrorCode | undefined;
    };

/**
 * First match wins. What was read stays when a later reading fails.
 *
 * @param access - How the page reads its platform; undefined without a platform.
 */
export function loginView(viewer: Remote<Viewer>, ways: Remote<SignIn>, access: string | undefined): LoginView {
  if (!access) return { kind: 'error', retryable: false, retrying: false };
  if (access !== 'session') return { kind: 'empty' };
  const code = viewer.error?.code;
  if (viewer.data?.signedIn) return { kind: 'ready', name: viewer.data.displayName ?? '', ways: ways.data, code };
  if (viewer.data && ways.data) return { kind: 'ready', name: null, ways: ways.data, code };
  const error = viewer.error ?? ways.error;
  return error
    ? { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying: viewer.loading || ways.loading }
    : { kind: 'loading' };
}

/** The ways in that work on this page, and no others. */
export interface Offer {
  readonly services: SignIn['services'];
  readonly form: boolean;
  /** An account of the platform, on a page of the platform. */
  readonly account: boolean;
  /** Those ways lead to a window of the platform. */
  readonly windows: boolean;
  /** There are ways that only work on the platform, for taking part there. */
  readonly elsewhere: boolean;
}

export function offerFor({ services, password }: SignIn, means: Means): Offer {
  const form = password && means.takesPassword;
  const account = password && !form && means.sharesSession;
  const usable = means.sharesSession ? services : [];
  return {
    services: usable,
    form,
    account,
    windows: !means.isOwnPage && (account || usable.length > 0),
    elsewhere: !means.sharesSession && (!form || services.length > 0),
  };
}

/** What the visitor is having done: here by password, or in a window of the platform. */
export type Doing = 'sign-in' | 'sign-out' | 'window';

/** What there is to say of what the visitor is having done, or has had done. */
export function messageFor(
  act: Action,
  doing: Doing,
  windowOpen: boolean,
  failure?: Failure,
): LoginMessage | undefined {
  if (act.pending) return `pending.${doing}`;
  if (windowOpen) return 'pending.window';
  // Where signing in leads away, nothing else on the page shows that it has worked.
  return failure?.message ?? (act.done && doing === 'window' ? 'signed-in.there' : undefined);
}

/** What a failed act means to the visitor, and what to do about it. */
export interface Failure {
  readonly message: LoginMessage;
  /** The field to correct. */
  readonly field?: 'email' | 'password';
  /** Whether only the platform's own page leads on. */
  readonly elsewhere?: boolean;
}

/** What to say of a failed attempt to sign in. */
export function failureOf(code: ErrorCode): Failure {
  switch (code) {
    case 'bad-credentials':
      return { message: 'failed.bad-credentials', field: 'password' };
    case 'captcha-required':
      return { message: 'failed.captcha-required', elsewhere: true };
    case 'email-unconfirmed':
      return { message: 'failed.email-unconfirmed', elsewhere: true };
    case 'rate-limited':
      return { message: 'failed.rate-limited' };
    case 'offline':
      return { message: 'failed.offline' };
    case 'popup-blocked':
      return { message: 'failed.popup-blocked' };
    case 'cancelled':
      return { message: 'failed.cancelled' };
    default:
      return isRetryable(code) ? { message: 'failed.unreachable' } : { message: 'failed.other', elsewhere: true };
  }
}
