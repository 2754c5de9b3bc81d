/** How people sign in on a fake platform: its flags, its services, and the one person who has an account there. */
import { accountOf, denied, type FakePlatform } from './fake-platform.js';

export const EMAIL = 'lucie.fontaine@valmont.example';
export const PASSWORD = 'Passerelle-42';
export const NAME = 'Lucie Fontaine';

const TYPES = {
  franceconnect: 'FranceConnectSSOConfiguration',
  openid: 'Oauth2SSOConfiguration',
  facebook: 'FacebookSSOConfiguration',
  cas: 'CASSSOConfiguration',
} as const;

export interface SignInOptions {
  /** Flags that are switched on. */
  readonly flags?: readonly string[];
  /** Names of the services that are switched on, in the order of the platform's list. */
  readonly services?: Readonly<Partial<Record<keyof typeof TYPES, string>>>;
  /** The platform's answer to a password, instead of that of an account in order. */
  readonly answer?: () => Response;
  readonly signedIn?: boolean;
  /** Whose account the password opens. */
  readonly account?: string;
}

/** The session of a fake platform's visitor; what a test writes here has happened elsewhere. */
export interface FakeSession {
  name: string | null;
  /** What was sent to sign in. */
  readonly attempts: unknown[];
}

const flagNames = ['login_franceconnect', 'login_cas', 'login_saml', 'registration', 'restrict_connection'] as const;

/** Opens a platform's ways in. Answers to passwords are those of the real platform. */
export function openWays(platform: FakePlatform, options: SignInOptions = {}): FakeSession {
  const { flags = [], services = {}, answer, signedIn = false, account = NAME } = options;
  const session: FakeSession = { name: signedIn ? NAME : null, attempts: [] };
  const all = new Set<string>([...flagNames, 'sso_by_pass_auth', ...flags]);
  platform.root['featureFlags'] = [...all].map((type) => ({ type, enabled: flags.includes(type) }));
  platform.root['ssoConfigurations'] = {
    edges: Object.entries(TYPES).map(([kind, __typename]) => ({
      node: { __typename, name: services[kind as keyof typeof TYPES] ?? kind, enabled: kind in services },
    })),
  };
  platform.root['isAuthenticated'] = () => session.name !== null;
  platform.root['viewer'] = () =>
    session.name === null ? denied() : { ...accountOf(session.name), isEmailConfirmed: true };
  let failures = 0;
  platform.routes.set('/login_check', (body) => {
    const attempt = JSON.parse(body) as { username: string; password: string };
    session.attempts.push(attempt);
    if (answer) return answer();
    if (flags.includes('restrict_connection') && failures >= 5)
      return Response.json({ reason: 'You must provide a captcha to login.' }, { status: 401 });
    if (attempt.username !== EMAIL || attempt.password !== PASSWORD)
      return Response.json({ reason: 'Bad credentials.', failedAttempts: ++failures }, { status: 401 });
    session.name = account;
    return Response.json({ success: true });
  });
  platform.routes.set('/logout', () => {
    session.name = null;
    return new Response(null, { status: 204 });
  });
  return session;
}
