import express, { type ErrorRequestHandler, type Express } from 'express';

import type { Api } from '../api.js';
import type { Store } from '../store.js';
import { controlsRouter } from './controls.js';
import { FaultQueue } from './faults.js';
import { graphqlRouter } from './graphql.js';
import { platformHeaders } from './headers.js';
import { mediaRouter } from './media.js';
import { pagesRouter } from './pages.js';
import { errorPage } from './page-template.js';
import { RequestLog } from './request-log.js';
import { widgetsRouter } from './widgets.js';

export interface PlatformSiteOptions {
  readonly store: Store;
  readonly api: Api;
  /** Origins that the CORS answers name with credentials. */
  readonly allowOrigins: readonly string[];
  /** Absolute path of the folder of built widgets. */
  readonly bundle: string;
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
export function createPlatformSite({ store, api, allowOrigins, bundle }: PlatformSiteOptions): Express {
  const app = express();
  // The platform sends neither; entity tags are set where the real one has them.
  app.disable('x-powered-by').disable('etag');
  app.enable('strict routing').enable('case sensitive routing');

  const faults = new FaultQueue();
  const log = new RequestLog();
  store.onReset(() => faults.clear());

  app.use(platformHeaders(new Set(allowOrigins)));
  app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  app.use('/sandbox', controlsRouter({ store, faults, log }));
  app.use(log.record, faults.apply);
  app.use(graphqlRouter({ store, api }));
  app.use('/widgets/v1', widgetsRouter(bundle));
  app.use('/media', mediaRouter());
  app.use(pagesRouter({ store, api }));
  app.use(answerFailure);
  return app;
}
