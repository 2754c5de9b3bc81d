import { clock } from '../../core/clock.js';
import { ApiError, type ErrorCode } from '../../core/errors.js';
import { write } from '../../core/json.js';
import { flag, known, list, text } from '../cursor.js';
import { featureFlags, signInServices } from '../documents/sign-in.js';
import type { Platform } from '../endpoints.js';
import type { ReadOptions } from '../loader.js';
import type { Settings } from '../settings.js';
import { plainTexts } from '../texts.js';
import { counted } from '../transport.js';
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
    const name = services?.find((service) => service?.type === type)?.name;
    return name !== undefined && (!need || has(need)) ? [{ kind, name }] : [];
  });
  if (has('login_saml')) found.push({ kind: 'saml', name: null });
  // Such a platform leaves all signing in to its identity service.
  const bypass = has('sso_by_pass_auth');
  return plainTexts({
    services: bypass ? [found.find(({ kind }) => kind === 'openid') ?? { kind: 'openid', name: null }] : found,
    password: !bypass,
    registration: !bypass && has('registration'),
    restricted: has('restrict_connection'),
  });
}

/** What a page may do with a session of the platform. */
export interface Means {
  /** Send a password: it then goes to the page's own origin and no other, where nobody else can read it. */
  readonly takesPassword: boolean;
  /** Use a session that begins on the platform's pages: its cookie is the platform's, and no gateway hands it through. */
  readonly sharesSession: boolean;
  /** Be come back to by a service, as one of the platform's own pages. */
  readonly isOwnPage: boolean;
}

export const meansOf = (settings: Settings): Means => ({
  takesPassword: new URL(settings.api).origin === location.origin && isSecureContext,
  sharesSession: settings.api === settings.platform,
  isOwnPage: isOwnPage(settings),
});

const isOwnPage = ({ platform }: Settings): boolean => new URL(platform).origin === location.origin;

/** The page of the platform that the visitor wants, or its home page. */
export const pageOf = ({ platform }: Settings, wanted: string): string =>
  (wanted && webAddress(wanted, platform)) || platform;

/**
 * Where signing in by a service begins. It ends on this page if that is the platform's own, by the fragment that it wants, else
 * on the platform's page that is wanted: the platform sends nobody to other sites.
 */
export function startOf(settings: Settings, { kind }: SignInService, wanted: string): string {
  const page = pageOf(settings, wanted);
  const destination = isOwnPage(settings) && !isHere(page) ? location.href : page;
  const separator = kind === 'saml' || kind === 'cas' ? '-' : '/';
  return `${settings.platform}/login${separator}${kind}?_destination=${encodeURIComponent(destination)}`;
}

/** Whether an address is this page's, whatever its fragment. */
const isHere = (page: string): boolean => page.split('#')[0] === location.href.split('#')[0];

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
  platform: Platform,
  { email, password }: Credentials,
  { restricted }: Pick<SignIn, 'restricted'>,
): Promise<void> {
  const { settings } = platform;
  if (!meansOf(settings).takesPassword)
    throw new ApiError('forbidden', 'a password is sent to the page’s own origin only');
  const [status, answer] = await exchange(`${settings.api}/login_check`, {
    method: 'POST',
    headers: { ...platform.loader('session').endpoint.headers, 'Content-Type': 'application/json' },
    body: write({ username: email, password }),
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
export async function endSession(platform: Platform): Promise<void> {
  const { headers } = platform.loader('session').endpoint;
  const { api, platform: home } = platform.settings;
  // The platform signs out by GET, which an image on any page may ask for: a gateway on the page's origin takes no GET.
  const method = api !== home && 'X-Requested-With' in headers ? 'POST' : 'GET';
  // The platform's answer leads back to this page, which is here already.
  await exchange(`${api}/logout`, { method, headers, credentials: 'include', redirect: 'manual' });
}

/** The status of an answer, and what it says if that is JSON. */
async function exchange(url: string, init: RequestInit): Promise<readonly [number, Readonly<Record<string, unknown>>]> {
  const attempt = new AbortController();
  const cancel = clock.after(TIMEOUT, () => attempt.abort(new ApiError('timeout', url)));
  try {
    const response = await fetch(url, { ...init, referrerPolicy: 'strict-origin', signal: attempt.signal });
    const body: unknown = response.headers.get('Content-Type')?.includes('json')
      ? await (await counted(response)).json()
      : null;
    return [response.status, { ...(body as object | null) }];
  } catch (reason) {
    const { failureOf } = await import('../recovery.js');
    throw failureOf(attempt.signal.aborted ? attempt.signal.reason : reason)[0];
  } finally {
    cancel();
    // What is left of an answer that nobody reads.
    attempt.abort();
  }
}
