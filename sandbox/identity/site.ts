import { fileURLToPath } from 'node:url';

import express, { type ErrorRequestHandler, type Express } from 'express';

import { consentPage, errorPage, homePage, peoplePage } from './pages.js';
import { findPerson, listPeople } from './people.js';
import { createProvider, type IdentityClients } from './provider.js';

export interface IdentitySiteOptions {
  readonly issuer: string;
  readonly clients: IdentityClients;
  /** The addresses at which the platform is reached. */
  readonly platforms: readonly string[];
}

const PUBLIC = fileURLToPath(new URL('public', import.meta.url));
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const REFUSED = { error: 'access_denied', error_description: 'The person has cancelled.' };

/** A step that is over or unknown is the visitor's concern, anything else ours. */
const answerFailure: ErrorRequestHandler = (error: Error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const expired = error.name === 'SessionNotFound';
  if (!expired) console.error(error);
  response.status(expired ? 400 : 500).send(errorPage());
};

/** The service at which people sign in for the platform: an OpenID provider with pages of its own. */
export function createIdentitySite({ issuer, clients, platforms }: IdentitySiteOptions): Express {
  const provider = createProvider(issuer, clients, platforms);
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' });
    next();
  });
  app.use(express.static(PUBLIC, { index: false, redirect: false }));
  app.get('/', (_request, response) => {
    response.send(homePage());
  });

  app.use('/etape', express.urlencoded({ extended: false }), (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.get('/etape/:uid', async (request, response) => {
    const { uid, prompt, params, session } = await provider.interactionDetails(request, response);
    const name = clients.nameFor(params['client_id']);
    const person = findPerson(session?.accountId ?? '');
    if (prompt.name === 'consent' && person) response.send(consentPage(name, uid, person));
    else response.send(peoplePage(name, uid, listPeople()));
  });
  app.post('/etape/:uid/connexion', async (request, response) => {
    const { person } = (request.body ?? {}) as { person?: unknown };
    const chosen = typeof person === 'string' ? findPerson(person) : undefined;
    if (!chosen) return void response.status(400).send(errorPage());
    const result = { login: { accountId: chosen.id } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  app.post('/etape/:uid/accord', async (request, response) => {
    const { params, session, grantId } = await provider.interactionDetails(request, response);
    const grant =
      (grantId === undefined ? undefined : await provider.Grant.find(grantId)) ??
      new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  });
  app.post('/etape/:uid/refus', async (request, response) => {
    await provider.interactionFinished(request, response, REFUSED, { mergeWithLastSubmission: false });
  });

  app.use(provider.callback());
  app.use(answerFailure);
  return app;
}
