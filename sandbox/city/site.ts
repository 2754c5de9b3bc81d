import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import express, { type Express } from 'express';

import { linkTo, linksTo, stepLinkTo } from '../embed.js';
import type { Api } from '../platform/api.js';
import type { Store } from '../platform/store.js';
import { budgetPage } from './budget-page.js';
import { homePage } from './home-page.js';
import { participationGateway } from './gateway/gateway.js';
import { Limits, type MostPerMinute } from './gateway/limits.js';
import { boardPage, manyPage, notFoundPage } from './other-pages.js';
import { proposalsOf, votePage } from './vote-page.js';

export interface CitySiteOptions {
  readonly platform: string;
  /** Of this site, by all its names. */
  readonly origins: readonly string[];
  /** How often one address may sign in and act by the gateway. */
  readonly limits?: MostPerMinute | undefined;
  readonly partner: string;
  readonly store: Store;
  readonly api: Api;
}

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The strictest policy that a city can have and still embed the widgets: styles are not allowed from anywhere.
 *
 * @param connect - Where the page's scripts may ask.
 */
function policyFor(platform: string, connect = platform): string {
  return [
    "default-src 'none'",
    `script-src ${platform} 'self'`,
    `connect-src ${connect}`,
    `img-src ${platform} 'self'`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/**
 * The policy has no `style-src`, so the site may neither link a stylesheet nor write a style element. A stylesheet that
 * a script constructs is exempt from it; as a classic script in the head it is adopted before the first paint.
 */
function styleScript(css: string): string {
  return `const sheet = new CSSStyleSheet();\nsheet.replaceSync(${JSON.stringify(css)});\ndocument.adoptedStyleSheets.push(sheet);\n`;
}

function countFrom(value: unknown): number {
  const count = Number(value);
  return Number.isInteger(count) && count > 0 ? count : 20;
}

/** The town's own website, which embeds the widgets as any city does. */
export function createCitySite({ platform, origins, limits: most, partner, store, api }: CitySiteOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  const limits = new Limits(most);
  store.onReset(() => limits.clear());
  app.use('/participation', participationGateway({ platform, origins, limits }));
  app.use((_request, response, next) => {
    response.set({ 'Content-Security-Policy': policyFor(platform), 'X-Content-Type-Options': 'nosniff' });
    next();
  });

  app.get('/', async (_request, response) => {
    const { budget, consultation, closed, future } = store.state().projects;
    const [main, ...others] = await linksTo(api, [budget, consultation, closed, future]);
    if (!main) throw new Error('The platform shows nobody the participatory budget.');
    response.send(homePage({ platform, partner, budget: main, others }));
  });
  app.get('/ecran', async (_request, response) => {
    response.send(boardPage(platform, await linkTo(api, store.state().projects.budget)));
  });
  app.get('/vote', async (_request, response) => {
    const { steps, proposals: named } = store.state();
    const proposals = await proposalsOf(api, named['simple'] ?? []);
    // The widgets ask the gateway, which is on the page's own origin.
    response.set('Content-Security-Policy', policyFor(platform, `${platform} 'self'`));
    response.send(votePage({ platform, partner, step: steps['simple'] ?? '', proposals }));
  });
  app.get('/budget', async (request, response) => {
    const { step: name, access, display } = request.query;
    const id = store.state().steps[typeof name === 'string' ? name : 'budget'];
    if (id === undefined) {
      response.status(404).send(notFoundPage());
      return;
    }
    response.set('Content-Security-Policy', policyFor(platform, `${platform} 'self'`));
    response.send(
      budgetPage({
        platform,
        partner,
        step: await stepLinkTo(api, id),
        session: access === 'session',
        display: display === 'bar' ? 'bar' : 'panel',
      }),
    );
  });
  app.get('/nombreux', async (request, response) => {
    const ids = store.state().projects.many.slice(0, countFrom(request.query['n']));
    response.send(manyPage(platform, await linksTo(api, ids)));
  });
  app.get('/site.js', (_request, response) => {
    const css = readFileSync(local('site.css'), 'utf8');
    response.set('Cache-Control', 'no-cache').type('text/javascript').send(styleScript(css));
  });
  app.use(express.static(local('public'), { index: false, redirect: false }));
  app.use((_request, response) => {
    response.status(404).send(notFoundPage());
  });
  return app;
}
