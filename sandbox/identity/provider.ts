import { generateKeyPairSync, randomBytes } from 'node:crypto';

// Past the package's front door, which warns on the console of Node 20: what is used here works there.
import { Provider, type PageContext } from 'oidc-provider/lib/provider.js';

import type { ClientRegistration } from '../platform/http/sso/openid-client.js';
import type { ServiceKey } from '../platform/http/sso/services.js';
import { memoryAdapter } from './memory.js';
import { errorPage, signedOutPage, signOutPage } from './pages.js';
import { findPerson } from './people.js';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The platform has two ways in by this service, each with a name of its own. */
const NAMES: Readonly<Record<ServiceKey, string>> = {
  openid: 'Compte Valmont',
  franceconnect: 'Identité nationale (essai)',
};

export interface IdentityClients {
  readonly clients: Readonly<Record<ServiceKey, ClientRegistration>>;
  /** The name under which the service presents itself to a client's visitors. */
  nameFor(clientId: unknown): string;
}

export function newClients(): IdentityClients {
  const client = (clientId: string): ClientRegistration => ({
    clientId,
    clientSecret: randomBytes(32).toString('base64url'),
  });
  const clients = { openid: client('participez-valmont'), franceconnect: client('participez-valmont-fc') };
  return {
    clients,
    nameFor: (id) => (id === clients.franceconnect.clientId ? NAMES.franceconnect : NAMES.openid),
  };
}

function claimsOf(id: string): object {
  const person = findPerson(id);
  return {
    sub: id,
    given_name: person?.firstName,
    family_name: person?.lastName,
    name: person && `${person.firstName} ${person.lastName}`,
    birthdate: person?.birthDate,
    email: person?.email,
    email_verified: person?.emailVerified,
  };
}

/** Writes a page of ours over what the provider would answer. */
function show(context: PageContext, page: string): void {
  context.type = 'html';
  context.body = page;
}

/** An OpenID provider whose people need no password. `platforms` are the addresses at which the platform is reached. */
export function createProvider(issuer: string, { clients }: IdentityClients, platforms: readonly string[]): Provider {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const client = (service: ServiceKey): object => ({
    client_id: clients[service].clientId,
    client_secret: clients[service].clientSecret,
    client_name: 'Participez Valmont',
    redirect_uris: platforms.map((platform) => `${platform}/login/check-${service}`),
    post_logout_redirect_uris: platforms.map((platform) => `${platform}/`),
    grant_types: ['authorization_code'],
    response_types: ['code'],
    id_token_signed_response_alg: 'ES256',
  });
  const provider = new Provider(issuer, {
    adapter: memoryAdapter(),
    clients: [client('openid'), client('franceconnect')],
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    // The names keep them apart from other services' cookies: on one machine, ports share them.
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      names: { session: 'identite', interaction: 'identite_etape', resume: 'identite_reprise' },
    },
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name', 'name', 'birthdate'],
      email: ['email', 'email_verified'],
    },
    scopes: ['openid', 'profile', 'email'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: PageContext, form: string) => show(context, signOutPage(form)),
        postLogoutSuccessSource: (context: PageContext) => show(context, signedOutPage()),
      },
    },
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/etape/${uid}` },
    findAccount: (_context: unknown, id: string) =>
      findPerson(id) && { accountId: id, claims: () => Promise.resolve(claimsOf(id)) },
    renderError: (context: PageContext) => show(context, errorPage()),
    clientBasedCORS: () => false,
    ttl: {
      AccessToken: 10 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: DAY,
      IdToken: 10 * MINUTE,
      Interaction: 60 * MINUTE,
      Session: DAY,
    },
  });
  provider.on('server_error', (_context, error) => console.error(error));
  return provider;
}
