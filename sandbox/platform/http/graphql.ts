import { Router, type Request, type Response } from 'express';

import type { Api } from '../api.js';
import type { Endpoint } from '../endpoint.js';
import type { Store } from '../store.js';
import type { Sessions } from './accounts/sessions.js';
import { readGraphQLRequest } from './graphql-request.js';
import { localeOf } from './locale.js';
import { errorPage } from './page-template.js';
import { viewerOf } from './viewer.js';

/** The preview schema is chosen by this exact header and by nothing that merely contains it. */
const PREVIEW = 'application/vnd.cap-collectif.preview+json';

/** A shared cache may keep every answer for a minute, and is not told that `Accept` and cookies change it. */
const CACHING = {
  'Cache-Control': 'public, s-maxage=60',
  Vary: 'Accept-Encoding, Accept-Language, Origin, Access-Control-Request-*',
};

interface Services {
  readonly store: Store;
  readonly api: Api;
  readonly sessions: Sessions;
}

function sendJson(response: Response, status: number, body: unknown): void {
  // The platform names no charset.
  response.status(status).setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function sendText(response: Response, status: number, text: string): void {
  response.status(status).type('text/html').send(text);
}

function refuseRequest(response: Response, endpoint: Endpoint): void {
  if (endpoint === 'internal') response.status(400).send(errorPage(400));
  else sendText(response, 400, 'Wrong public query');
}

async function answer(
  request: Request,
  response: Response,
  endpoint: Endpoint,
  { store, api, sessions }: Services,
): Promise<void> {
  response.set(CACHING);
  if (request.method === 'OPTIONS') return sendJson(response, 200, []);
  if (request.method !== 'POST') return sendJson(response, 405, '');

  const viewer = viewerOf(request, response, store, sessions);
  const input = await readGraphQLRequest(request);
  if (!input) return refuseRequest(response, endpoint);
  const locale = localeOf(request, store);
  const { status, body } = await api.execute({
    endpoint,
    ...input,
    ...(viewer.kind === 'user' ? { userId: viewer.userId } : {}),
    // Behind a gateway it is the visitor's address that counts, which the gateway tells.
    ip: request.get('X-Forwarded-For') ?? request.ip,
    ...(locale === undefined ? {} : { locale }),
  });
  sendJson(response, status, body);
}

/** The platform's GraphQL endpoints: the public one with its preview, and the one of its own front end. */
export function graphqlRouter(services: Services): Router {
  const { store, sessions } = services;
  const router = Router({ caseSensitive: true, strict: true });

  router.all('/graphql', async (request, response) => {
    if (viewerOf(request, response, store, sessions).kind === 'refused')
      return sendText(response, 401, 'Invalid API Key');
    if (!store.flag('public_api')) return void response.status(404).send(errorPage(404));
    await answer(request, response, request.get('Accept') === PREVIEW ? 'preview' : 'public', services);
  });
  router.all('/graphql/public', (request, response) => answer(request, response, 'public', services));
  router.all('/graphql/internal', (request, response) => answer(request, response, 'internal', services));
  router.all('/graphql/dev', (_request, response) => {
    response.status(400).send(errorPage(400));
  });
  return router;
}
