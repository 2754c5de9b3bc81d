import { Router, type Request, type Response } from 'express';

import type { Store } from '../../store.js';
import { originOf, ownPath } from '../accounts/address.js';
import type { Sessions } from '../accounts/sessions.js';
import { errorPage } from '../page-template.js';
import { OpenIdClient, type ClientRegistration, type SignInRequest } from './openid-client.js';
import { userFor } from './people.js';
import { signInServices, type ServiceKey } from './services.js';

/** The service that knows the people, and the names under which it knows the platform. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clients: Readonly<Record<ServiceKey, ClientRegistration>>;
}

interface Services {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly identity: IdentityProvider;
}

interface RequestRow {
  readonly nonce: string;
  readonly verifier: string;
  readonly redirect_uri: string;
  readonly destination: string;
}

/** A sign-in that takes longer has to be started again. */
const LIFETIME = 30 * 60_000;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Signing in by way of another service. The visitor comes back to a page of the platform, wherever the start was. */
export function ssoRouter({ store, sessions, identity }: Services): Router {
  const { sql } = store;
  const router = Router({ caseSensitive: true, strict: true });
  const clients = {
    franceconnect: new OpenIdClient(identity.issuer, identity.clients.franceconnect),
    openid: new OpenIdClient(identity.issuer, identity.clients.openid),
  };

  const serviceOf = (key: string | undefined): ServiceKey | undefined =>
    signInServices(store).find((service) => service.key === key)?.key;

  /** Without a destination the page that led here is meant, if it is the platform's own. */
  const destinationOf = (request: Request): string =>
    ownPath(request.query['_destination'] ?? request.get('Referer'), request, store.baseUrl);

  const remember = (session: string, service: ServiceKey, wanted: SignInRequest, destination: string): void => {
    sql.run('DELETE FROM sso_request WHERE created_at < ?', store.now() - LIFETIME);
    sql.run(
      'INSERT INTO sso_request VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      wanted.state,
      session,
      service,
      wanted.nonce,
      wanted.verifier,
      wanted.redirectUri,
      destination,
      store.now(),
    );
  };

  /** Takes the request that this visitor started: each answer of the service is good once, and in one browser. */
  const recall = (session: string | undefined, service: ServiceKey, state: string): RequestRow | undefined => {
    const row = sql.get<RequestRow>(
      'SELECT * FROM sso_request WHERE state = ? AND session_id = ? AND service = ? AND created_at >= ?',
      state,
      session ?? '',
      service,
      store.now() - LIFETIME,
    );
    if (row) sql.run('DELETE FROM sso_request WHERE state = ?', state);
    return row;
  };

  const fail = (response: Response, destination: string): void => {
    response.redirect(303, `/login?probleme=sso&_destination=${encodeURIComponent(destination)}`);
  };

  router.get(/^\/login\/(openid|franceconnect)$/, async (request, response) => {
    const service = serviceOf(request.params[0]);
    if (!service) return void response.status(404).send(errorPage(404));
    const destination = destinationOf(request);
    const wanted = clients[service].newRequest(`${originOf(request)}/login/check-${service}`);
    const address = await clients[service].addressFor(wanted);
    remember(sessions.keep(request, response), service, wanted, destination);
    response.redirect(address);
  });

  router.get(/^\/login\/check-(openid|franceconnect)$/, async (request, response) => {
    const service = serviceOf(request.params[0]);
    if (!service) return void response.status(404).send(errorPage(404));
    const { state, code, iss } = request.query;
    const started = recall(sessions.idOf(request), service, textOf(state));
    // Refused by the visitor, forged, replayed or too old: nobody is signed in.
    if (!started || typeof code !== 'string' || (iss !== undefined && iss !== identity.issuer)) {
      return fail(response, started?.destination ?? '/');
    }
    const { nonce, verifier, redirect_uri: redirectUri, destination } = started;
    try {
      const profile = await clients[service].profileFor(code, { state: textOf(state), nonce, verifier, redirectUri });
      sessions.signIn(request, response, userFor(store, service, profile));
    } catch (error) {
      console.error(error);
      return fail(response, destination);
    }
    response.redirect(303, destination);
  });
  return router;
}
