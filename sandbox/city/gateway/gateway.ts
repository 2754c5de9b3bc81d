import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';

import type { Request, RequestHandler, Response } from 'express';

import { checkType, credentialsOf, FORM, graphqlOf, JSON_TYPE, read, uploadOf, UPLOAD, type Body } from './bodies.js';
import { checkAsked, checkClear, isOwnPage } from './checks.js';
import { Limits } from './limits.js';
import { ask, headersOf, type Way } from './platform-call.js';
import { Refusal, refuse } from './refusal.js';
import { SessionCookie } from './session-cookie.js';
import { checkAddresses } from './settings.js';
import { addressFinder } from './visitor-address.js';

export interface GatewayOptions {
  /** Base URL of the platform. Its own https address: not one of a network in between. */
  readonly platform: string;
  /** Origins of the city's own site, as `https://www.ville.fr`: whose scripts may use the visitor's session. */
  readonly origins: readonly string[];
  /** Addresses and networks of the proxies before this server. Without any, `X-Forwarded-For` is not looked at. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** How often one address may sign in and act. Several gateways may share them. */
  readonly limits?: Limits | undefined;
  /** Files pass. Only a site with a deposit needs it. */
  readonly files?: boolean | undefined;
  /** Milliseconds for a whole exchange, an upload excepted; 15 000 where left out. */
  readonly timeout?: number | undefined;
  /** Name of the session's cookie on the platform. */
  readonly platformCookie?: string | undefined;
}

const KB = 1024;
const MB = 1024 * KB;
/** How much longer than another exchange an upload may take. */
const UPLOAD_SLOWNESS = 8;

/** What a body is read for. */
interface Reading {
  readonly request: Request;
  readonly way: Way;
  readonly limits: Limits;
  readonly address: string;
  /** Aborted when it is too late. */
  readonly signal: AbortSignal;
}

/** How the body of each path is read. Whatever path is not here is not handed through. */
const BODIES: Readonly<Record<string, (reading: Reading) => Promise<Body | undefined>>> = {
  '/graphql': readGraphql,
  '/graphql/internal': readGraphql,
  async '/login_check'({ request, limits, address, signal }) {
    // Browsers let forms send many types, but JSON never.
    checkType(request, JSON_TYPE);
    await limits.signIn(address);
    return credentialsOf(await read(request, 4 * KB, signal));
  },
  async '/logout'({ request, signal }) {
    await read(request, 4 * KB, signal);
    return undefined;
  },
  async '/api/files'({ request, limits, address, signal }) {
    checkType(request, UPLOAD);
    await limits.act(address, 1);
    return uploadOf(request, await read(request, 10 * MB, signal));
  },
};

async function readGraphql({ request, way, limits, address, signal }: Reading): Promise<Body> {
  checkType(request, ...(way === 'session' ? [FORM, JSON_TYPE] : [FORM]));
  const body = graphqlOf(request, await read(request, 64 * KB, signal));
  await limits.act(address, body.acts);
  return body;
}

/** Paths that need no session. The first never has one. */
const ANONYMOUS = ['/graphql', '/graphql/internal'];

/** @throws {Refusal} Where the request may not be made, in whatever way. */
function wayOf(request: Request, origins: readonly string[]): Way {
  const isOpen = ANONYMOUS.includes(request.url);
  if (request.url !== '/graphql' && isOwnPage(request, origins)) return 'session';
  if (!isOpen) throw new Refusal(403, 'Only scripts of the city’s own pages may do this.');
  return 'anonymous';
}

/** Nothing here is a page, whatever its type is. */
const NO_PAGE = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};
const HEADERS: Readonly<Record<Way, Readonly<Record<string, string>>>> = {
  session: { 'Cache-Control': 'no-store' },
  anonymous: {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Age, Cap-As-Of',
    // A cache in between must not take an answer in another language, another schema, or without a session for this one.
    Vary: 'Accept, Accept-Language, Origin, Sec-Fetch-Dest, Sec-Fetch-Site, X-Requested-With',
  },
};

/**
 * Serves the platform's API on the page's own origin, where a browser needs no CORS and keeps the visitor's session.
 * README.md, “How a gateway must be built”, says why it does what it does. Put it before anything that reads bodies:
 * `app.use('/participation', participationGateway({ … }))`.
 *
 * @throws {TypeError} Where its options would not keep a session safe.
 */
export function participationGateway(options: GatewayOptions): RequestHandler {
  const {
    platform,
    origins,
    trustedProxies = [],
    files = false,
    timeout = 15_000,
    platformCookie = 'PHPSESSID',
  } = options;
  const { limits = new Limits() } = options;
  const session = new SessionCookie(checkAddresses(platform, origins), platformCookie);
  const addressOf = addressFinder(trustedProxies);
  const base = platform.replace(/\/+$/, '');

  async function exchange(request: Request, response: Response, gone: AbortSignal): Promise<void> {
    const [path = '', ...query] = request.url.split('?');
    const readBody = Object.hasOwn(BODIES, path) && (path !== '/api/files' || files) && BODIES[path];
    if (!readBody) throw new Refusal(404, 'Not handed through.');
    // The platform lets what stands in an address win over the body, which is what has been looked at.
    if (query.length > 0) throw new Refusal(400, 'All that is asked stands in the body: leave the query string out.');
    if (request.method !== 'POST') throw new Refusal(405, 'Everything here is asked by POST.', { Allow: 'POST' });
    checkClear(request);
    const way = wayOf(request, origins);
    response.set(HEADERS[way]);
    if (way === 'anonymous') checkAsked(request);

    const address = addressOf(request);
    const patience = path === '/api/files' ? UPLOAD_SLOWNESS * timeout : timeout;
    const signal = AbortSignal.any([gone, AbortSignal.timeout(patience)]);
    const body = await readBody({ request, way, limits, address, signal });
    const method = body ? 'POST' : 'GET';
    const cookie = session.toPlatform(request.headers.cookie);
    const answer = await ask(request, { url: base + path, method, way, address, body, cookie, signal });
    if (way === 'session') response.append('Set-Cookie', session.toVisitor(answer.headers['set-cookie']));
    if (path === '/logout') return endLogout(answer, response);
    response.writeHead(answer.statusCode ?? 502, headersOf(answer, way));
    // A broken connection on one side breaks the other: a visitor must not take half an answer for a whole one.
    await pipeline(answer, response);
  }

  return async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.set(NO_PAGE);
    try {
      await exchange(request, response, gone.signal);
    } catch (reason) {
      if (response.headersSent || response.destroyed) response.destroy();
      else if (reason instanceof Refusal) refuse(request, response, reason);
      else throw reason;
    }
  };
}

/** The platform sends whoever has signed out to a page, where a script does not want to go. */
function endLogout(answer: IncomingMessage, response: Response): void {
  answer.resume();
  const { statusCode = 502 } = answer;
  if (statusCode >= 400) throw new Refusal(502, 'The platform has not ended the session.');
  response.status(204).end();
}
