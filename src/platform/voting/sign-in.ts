import { clock } from '../../core/clock.js';
import { ApiError, type ErrorCode } from '../../core/errors.js';
import { flag, known, list, text } from '../cursor.js';
import { featureFlags, signInServices } from '../documents/sign-in.js';
import type { ReadOptions } from '../loader.js';
import type { Platform } from '../platform.js';
import type { Settings } from '../settings.js';
import { webAddress } from '../web-address.js';

/** A service that signs people in for the platform. */
export interface SignInService {
  readonly kind: 'franceconnect' | 'openid' | 'facebook' | 'cas' | 'saml';
  /** As the city has named it; null where there is no such name. */
  readonly name: string | null;
}

/** The ways in that a platform has. */
export interface SignIn {
  /** In the platform's order. */
  readonly services: readonly SignInService[];
  /** People may have a password of the platform's own. */
  readonly password: boolean;
  /** Newcomers may open an account. */
  readonly registration: boolean;
  /** After some failures the platform asks for a captcha. */
  readonly restricted: boolean;
}

/** What somebody types in to sign in. It goes nowhere but to the platform, and is kept nowhere. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** In the platform's order, by type of configuration; with the flag that it also needs. SAML has a flag only. */
const SERVICES: readonly (readonly [SignInService['kind'], type: string, flag?: string])[] = [
  ['franceconnect', 'FranceConnectSSOConfiguration', 'login_franceconnect'],
  ['cas', 'CASSSOConfiguration', 'login_cas'],
  ['openid', 'Oauth2SSOConfiguration'],
  ['facebook', 'FacebookSSOConfiguration'],
];

/** Failures after which the platform lets nobody try again without a captcha. */
const FAILURES_BEFORE_CAPTCHA = 5;
/** Milliseconds before an attempt is given up. */
const TIMEOUT = 10_000;

/** Reads how visitors can sign in: what is switched on, and the services by their names, in one request. */
export async function readSignIn(platform: Platform, options: ReadOptions): Promise<SignIn> {
  const loader = platform.loader('session');
  const [flags, services] = await Promise.all([
    loader.field(
      featureFlags,
      {},
      (all) => list(all, (one) => (flag(one.at('enabled')) ? text(one.at('type')) : null)),
      options,
    ),
    loader.field(
      signInServices,
      {},
      (connection) =>
        known(connection.at('edges'), (edges) =>
          list(edges, (edge) =>
            known(edge.at('node'), (node) =>
              flag(node.at('enabled')) ? { type: text(node.at('__typename')), name: text(node.at('name')) } : null,
            ),
          ),
        ),
      options,
    ),
  ]);
  const has = (name: string): boolean => flags?.includes(name) ?? false;
  const found = SERVICES.flatMap(([kind, type, need]): SignInService[] => {
    const name = services?.find((service) => service.type === type)?.name;
    return name !== undefined && (!need || has(need)) ? [{ kind, name }] : [];
  });
  if (has('login_saml')) found.push({ kind: 'saml', name: null });
  // Such a platform leaves all signing in to its identity service.
  const bypass = has('sso_by_pass_auth');
  return {
    services: bypass ? [found.find(({ kind }) => kind === 'openid') ?? { kind: 'openid', name: null }] : found,
    password: !bypass,
    registration: !bypass && has('registration'),
    restricted: has('restrict_connection'),
  };
}

const origin = (address: string): string => new URL(address).origin;
const pageOrigin = (): string | undefined => globalThis.location?.origin;

/** Whether the page may send a password: it then goes to the page's own origin and no other, where nobody can read it. */
export const takesPassword = ({ api }: Settings): boolean =>
  origin(api) === pageOrigin() && globalThis.isSecureContext === true;

/** Whether the page is one of the platform's own, to which every service can lead back. */
export const isOwnPage = ({ platform }: Settings): boolean => origin(platform) === pageOrigin();

/**
 * Whether a session that begins on the platform's own pages holds for this page. A session's cookie belongs to one host:
 * behind a gateway of another host it is never seen.
 */
export const sharesSession = ({ api, platform }: Settings): boolean =>
  new URL(api).hostname === new URL(platform).hostname;

/** Where the visitor goes on, once signed in: on this page if it is the platform's own, else on the wanted one. */
export const destinationFor = (settings: Settings, wanted: string): string =>
  (isOwnPage(settings) ? globalThis.location.href : wanted && webAddress(wanted, settings.platform)) ||
  settings.platform;

/**
 * Where signing in by a service begins.
 *
 * @param destination - Where it ends: a page of the platform, which sends nobody to other sites.
 */
export const startOf = ({ platform }: Settings, { kind }: SignInService, destination: string): string =>
  `${platform}/login${kind === 'saml' || kind === 'cas' ? '-' : '/'}${kind}?_destination=${encodeURIComponent(destination)}`;

/** Where somebody who has forgotten a password gets a new one. */
export const forgottenPassword = ({ platform }: Settings): string => `${platform}/resetting/request`;

/** What the platform's words mean. Only here are they read. */
const REFUSALS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/confirm-your-email/, 'email-unconfirmed'],
  [/captcha/i, 'captcha-required'],
  [/credentials|username/i, 'bad-credentials'],
];
const STATUSES: Readonly<Record<number, ErrorCode>> = { 403: 'forbidden', 404: 'not-found', 429: 'rate-limited' };

/**
 * Opens a session by a password.
 *
 * @throws {ApiError} Why there is none.
 */
export async function openSession(
  { settings }: Platform,
  { email, password }: Credentials,
  { restricted }: Pick<SignIn, 'restricted'>,
): Promise<void> {
  if (!takesPassword(settings)) throw new ApiError('forbidden', 'a password is sent to the page’s own origin only');
  const [status, answer] = await exchange(`${settings.api}/login_check`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
    body: JSON.stringify({ username: email, password }),
    credentials: 'same-origin',
    // The browser's own guard: no server can send the password on to another origin.
    mode: 'same-origin',
  });
  const { success, reason, failedAttempts } = answer;
  if (success === true) return;
  const code =
    REFUSALS.find(([words]) => typeof reason === 'string' && words.test(reason))?.[1] ??
    STATUSES[status] ??
    (status < 500 ? 'bad-response' : 'server');
  const exhausted = restricted && Number(failedAttempts) >= FAILURES_BEFORE_CAPTCHA;
  throw new ApiError(code === 'bad-credentials' && exhausted ? 'captcha-required' : code, `HTTP ${status}`);
}

/** Asks the platform to end the session. Whether it has is for the platform to say. */
export async function endSession({ settings }: Platform): Promise<void> {
  // The answer leads back to this page, which is here already.
  await exchange(`${settings.api}/logout`, { credentials: 'include', redirect: 'manual' });
}

/** The status of an answer, and what it says if that is JSON. */
async function exchange(url: string, init: RequestInit): Promise<readonly [number, Readonly<Record<string, unknown>>]> {
  const attempt = new AbortController();
  const cancel = clock.after(TIMEOUT, () => attempt.abort(new ApiError('timeout', url)));
  try {
    const response = await fetch(url, { ...init, referrerPolicy: 'strict-origin', signal: attempt.signal });
    const body: unknown = response.headers.get('Content-Type')?.includes('json') ? await response.json() : null;
    return [response.status, { ...(body as object | null) }];
  } catch (reason) {
    const { failureOf } = await import('../recovery.js');
    throw failureOf(attempt.signal.aborted ? attempt.signal.reason : reason)[0];
  } finally {
    cancel();
  }
}
