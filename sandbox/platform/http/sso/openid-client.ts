import { createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto';

/** How the platform is known to a service. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What has to be remembered until the visitor comes back. */
export interface SignInRequest {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** Who the service says that the visitor is. */
export interface Profile {
  readonly subject: string;
  readonly email?: string | undefined;
  readonly emailVerified: boolean;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly birthDate?: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const SCOPE = 'openid profile email';

function random(): string {
  return randomBytes(32).toString('base64url');
}

function textOf(record: Json, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' ? value : undefined;
}

function needText(record: Json, name: string): string {
  const value = textOf(record, name);
  if (value === undefined) throw new Error(`The identity service gave no “${name}”.`);
  return value;
}

async function ask(url: string, init: RequestInit = {}): Promise<Json> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`The identity service answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Json; // Every answer of the protocol is an object; its fields are checked one by one.
}

/** Signs people in at an OpenID provider by the code flow with PKCE. */
export class OpenIdClient {
  #metadata: Promise<Json> | undefined;

  constructor(
    readonly issuer: string,
    readonly registration: ClientRegistration,
  ) {}

  newRequest(redirectUri: string): SignInRequest {
    return { state: random(), nonce: random(), verifier: random(), redirectUri };
  }

  /** Where the visitor goes to sign in. */
  async addressFor({ state, nonce, verifier, redirectUri }: SignInRequest): Promise<string> {
    const url = new URL(needText(await this.#discover(), 'authorization_endpoint'));
    url.search = new URLSearchParams({
      client_id: this.registration.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    return url.href;
  }

  /** Trades the code for the visitor's profile. */
  async profileFor(code: string, { nonce, verifier, redirectUri }: SignInRequest): Promise<Profile> {
    const metadata = await this.#discover();
    const { clientId, clientSecret } = this.registration;
    const tokens = await ask(needText(metadata, 'token_endpoint'), {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    });
    const subject = await this.#checkIdToken(needText(tokens, 'id_token'), nonce);
    const claims = await ask(needText(metadata, 'userinfo_endpoint'), {
      headers: { Authorization: `Bearer ${needText(tokens, 'access_token')}` },
    });
    if (claims['sub'] !== subject) throw new Error('The identity service speaks of two people.');
    return {
      subject,
      email: textOf(claims, 'email'),
      emailVerified: claims['email_verified'] === true,
      firstName: textOf(claims, 'given_name'),
      lastName: textOf(claims, 'family_name'),
      birthDate: textOf(claims, 'birthdate'),
    };
  }

  #discover(): Promise<Json> {
    // A failed discovery must not be remembered.
    this.#metadata ??= ask(`${this.issuer}/.well-known/openid-configuration`).catch((error: unknown) => {
      this.#metadata = undefined;
      throw error;
    });
    return this.#metadata;
  }

  async #checkIdToken(token: string, nonce: string): Promise<string> {
    const [head = '', body = '', signature = ''] = token.split('.');
    const read = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
    const { keys } = await ask(needText(await this.#discover(), 'jwks_uri'));
    const { alg, kid } = read(head);
    const key = (keys as (JsonWebKey & { readonly kid?: string })[]).find((candidate) => candidate.kid === kid);
    if (alg !== 'ES256' || !key) throw new Error('The identity token is signed with a key that nobody knows.');
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const signed = Buffer.from(`${head}.${body}`);
    const options = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', signed, options, Buffer.from(signature, 'base64url'))) {
      throw new Error('The identity token is not what the service signed.');
    }
    const claims = read(body);
    const fits = claims['iss'] === this.issuer && claims['aud'] === this.registration.clientId;
    if (!fits || claims['nonce'] !== nonce || Number(claims['exp']) * 1000 < Date.now()) {
      throw new Error('The identity token is not for this sign-in.');
    }
    return needText(claims, 'sub');
  }
}
