import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import express, { type Express, type RequestHandler } from 'express';

import { linksTo } from '../embed.js';
import type { Html } from '../html.js';
import type { Api } from '../platform/api.js';
import type { Store } from '../platform/store.js';
import type { PartnerFiles } from './files.js';
import { homePage } from './home-page.js';
import { page } from './layout.js';
import { agendaPage, filesPage, projectsPage } from './list-pages.js';

export interface PartnerSiteOptions {
  readonly platform: string;
  readonly city: string;
  readonly store: Store;
  readonly api: Api;
  readonly files: PartnerFiles;
}

/** A strict policy of the usual kind: our own stylesheet, the platform's scripts, and nothing that a script makes of text. */
const policyFor = (platform: string): string =>
  [
    "default-src 'none'",
    `script-src ${platform}`,
    "style-src 'self'",
    `connect-src ${platform}`,
    `img-src ${platform} 'self'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** How the files are served whose endings express does not know. */
const TYPES: Readonly<Record<string, string>> = {
  ndjson: 'application/x-ndjson',
  jsonld: 'application/ld+json',
  rss: 'application/rss+xml',
  'feed.json': 'application/feed+json',
};

/** The files for whoever wants them. */
const serve = (folder: string): RequestHandler =>
  express.static(folder, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      const endings = basename(path).split('.').slice(1);
      const type = TYPES[endings.join('.')];
      if (type) response.setHeader('Content-Type', `${type}; charset=utf-8`);
      // Other sites may use what is under an open licence.
      response.setHeader('Access-Control-Allow-Origin', '*');
    },
  });

/** The tourist office's site. It embeds widgets, and shows beside them what it has in its own files. */
export function createPartnerSite({ platform, city, store, api, files }: PartnerSiteOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({ 'Content-Security-Policy': policyFor(platform), 'X-Content-Type-Options': 'nosniff' });
    next();
  });
  const show = (title: string, main: Html): string =>
    page({ title: `${title} – Valmont Tourisme`, platform, city, main });

  app.get('/', async (_request, response) => {
    const { budget, consultation } = store.state().projects;
    response.send(show('Bienvenue', homePage(await linksTo(api, [budget, consultation]))));
  });
  app.get('/projets', async (_request, response) => {
    await files.fill();
    response.send(show('Projets', projectsPage(files.read('projects'), platform)));
  });
  app.get('/agenda', async (_request, response) => {
    await files.fill();
    response.send(show('Agenda', agendaPage(files.read('events'), platform, store.now())));
  });
  app.get('/donnees', async (_request, response) => {
    await files.fill();
    response.send(show('Données', filesPage(files.list())));
  });
  app.post('/donnees', async (_request, response) => {
    await files.update();
    response.redirect(303, '/donnees');
  });
  let served: RequestHandler | undefined;
  app.use('/fichiers', async (request, response, next) => {
    await files.fill();
    served ??= serve(files.folder);
    served(request, response, next);
  });
  app.use(express.static(fileURLToPath(new URL('public', import.meta.url)), { index: false, redirect: false }));
  return app;
}
