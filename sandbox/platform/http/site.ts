import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';

import type { Api } from '../api.js';
import type { Store } from '../store.js';
import { accountPagesRouter } from './accounts/account-pages.js';
import { Captcha } from './accounts/captcha.js';
import { loginApiRouter } from './accounts/login-api.js';
import { LoginCheck } from './accounts/login.js';
import { loginPageRouter } from './accounts/login-page.js';
import { Outbox } from './accounts/outbox.js';
import { Sessions } from './accounts/sessions.js';
import { prepareAccountTables } from './accounts/tables.js';
import { controlsRouter } from './controls.js';
import { FaultQueue } from './faults.js';
import { graphqlRouter } from './graphql.js';
import { handoffRouter } from './handoff.js';
import { platformHeaders } from './headers.js';
import { mailsRouter } from './mails.js';
import { mediaRouter } from './media.js';
import { pagesRouter } from './pages.js';
import { errorPage } from './page-template.js';
import { votingRouter } from './proposal-voting.js';
import { RequestLog } from './request-log.js';
import { requirementsRouter } from './requirements-page.js';
import { ssoRouter, type IdentityProvider } from './sso/routes.js';
import { widgetsRouter } from './widgets.js';

export interface PlatformSiteOptions {
  readonly store: Store;
  readonly api: Api;
  /** Origins that the CORS answers name with credentials. */
  readonly allowOrigins: readonly string[];
  /** Absolute path of the folder of built widgets. */
  readonly bundle: string;
  /** Who signs people in, beside the platform's own passwords. */
  readonly identity: IdentityProvider;
  /** Origins whose visitors the hand-over page serves. */
  readonly handoffAllow: readonly string[];
}

/** What the platform's web server refuses, and so the largest body that is read. */
const BODY_LIMIT = '25mb';

/** Refusals of the web server itself (a body too large, a path that cannot be decoded) and failures, as pages. */
const answerFailure: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.destroyed) return; // Nobody is there any more, as when the sandbox stops in the middle of an answer.
  if (response.headersSent) return next(error);
  // Express hands over whatever was thrown; an address that cannot be decoded is thrown by the language itself.
  const { status } = error instanceof URIError ? { status: 400 } : (error as { status?: unknown });
  const known = typeof status === 'number' && status >= 400 && status < 500;
  if (!known) console.error(error);
  response.status(known ? status : 500).send(errorPage(known ? status : 500));
};

/** The platform as browsers meet it: everything between a socket and its data. */
export function createPlatformSite(options: PlatformSiteOptions): Express {
  const { store, api, allowOrigins, bundle, identity, handoffAllow } = options;
  const app = express();
  // The platform sends neither; entity tags are set where the real one has them.
  app.disable('x-powered-by').disable('etag');
  app.enable('strict routing').enable('case sensitive routing');
  // The city's gateway runs on this machine, and names the visitors for whom it asks.
  app.set('trust proxy', 'loopback');

  const faults = new FaultQueue();
  const log = new RequestLog();
  store.onReset(() => faults.clear());
  prepareAccountTables(store);
  const sessions = new Sessions(store);
  const outbox = new Outbox(store);
  const captcha = new Captcha(() => store.now());
  const login = new LoginCheck(store, captcha, outbox);

  app.use(platformHeaders(new Set(allowOrigins)));
  app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  app.use(mailsRouter(outbox));
  app.use('/sandbox', controlsRouter({ store, faults, log }));
  app.use(log.record, faults.apply);
  app.use(graphqlRouter({ store, api, sessions }));
  app.use(handoffRouter(bundle, handoffAllow));
  app.use('/widgets/v1', compression(), widgetsRouter(bundle));
  app.use('/media', mediaRouter());
  app.use(loginApiRouter({ sessions, login }));
  app.use(loginPageRouter({ store, sessions, login, captcha }));
  app.use(accountPagesRouter({ store, sessions, outbox }));
  app.use(ssoRouter({ store, sessions, identity }));
  app.use(votingRouter({ store, api, sessions }));
  app.use(requirementsRouter({ store, sessions, outbox }));
  app.use(pagesRouter({ store, api, sessions }));
  app.use(answerFailure);
  return app;
}
