import { fileURLToPath } from 'node:url';

import express, { type Express } from 'express';

import { linksTo } from '../embed.js';
import type { Api } from '../platform/api.js';
import type { Store } from '../platform/store.js';
import { homePage } from './home-page.js';

export interface PartnerSiteOptions {
  readonly platform: string;
  readonly city: string;
  readonly store: Store;
  readonly api: Api;
}

/** The tourist office's site: an everyday one, without a content policy and with a linked stylesheet. */
export function createPartnerSite({ platform, city, store, api }: PartnerSiteOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/', async (_request, response) => {
    const { budget, consultation } = store.state().projects;
    response.send(homePage({ platform, city, links: await linksTo(api, [budget, consultation]) }));
  });
  app.use(express.static(fileURLToPath(new URL('public', import.meta.url)), { index: false, redirect: false }));
  return app;
}
