import { fileURLToPath } from 'node:url';

import express, { Router } from 'express';

import { html, markup, title, type Html } from '../../html.js';
import type { Api } from '../api.js';
import type { Page, Store } from '../store.js';
import type { Sessions } from './accounts/sessions.js';
import { accountLinks, visitorOf } from './accounts/visitor.js';
import { errorPage, pageTemplate } from './page-template.js';
import { votingSection } from './proposal-voting.js';

const ASSETS = fileURLToPath(new URL('public', import.meta.url));

/** What the kinds of pages are called above their titles. */
const KINDS: Readonly<Record<string, string>> = {
  project: 'Projet',
  step: 'Étape',
  proposal: 'Proposition',
  consultation: 'Consultation',
  opinion: 'Contribution',
  version: 'Amendement',
  event: 'Événement',
  theme: 'Thème',
  user: 'Profil',
};

function objectPage(page: Page, account: Html, voting: Html | false): string {
  const { parent, children = [] } = page;
  const main = html` ${parent && html`<nav aria-label="Fil d’Ariane"><a href="${parent.url}">${title(parent.title)}</a></nav>`}
    <article>
      <p class="kind">${KINDS[page.kind]}</p>
      <h1>${title(page.title)}</h1>
      ${
        page.facts.length > 0 &&
        html`<dl class="facts">
          ${page.facts.map(
            ([label, value]) =>
              html`<div>
                <dt>${label}</dt>
                <dd>${title(value)}</dd>
              </div>`,
          )}
        </dl>`
      }
      ${page.html !== undefined && html`<div class="text">${markup(page.html)}</div>`}
    </article>
    ${voting} ${children.length > 0 && linkList(children)}`;
  return pageTemplate({ title: title(page.title), main, account });
}

function linkList(links: readonly { readonly title: string; readonly url: string }[]): Html {
  return html`<section aria-labelledby="suite">
    <h2 id="suite">À consulter ensuite</h2>
    <ul class="links">
      ${links.map((link) => html`<li><a href="${link.url}">${title(link.title)}</a></li>`)}
    </ul>
  </section>`;
}

interface ListedProject {
  readonly title: string;
  readonly url: string;
  readonly cover: { readonly url: string } | null;
  readonly type: { readonly title: string } | null;
}

const HOME_QUERY = '{ projects(first: 24) { edges { node { title url cover { url } type { title } } } } }';

async function listProjects(api: Api): Promise<ListedProject[]> {
  const { body } = await api.execute({ endpoint: 'preview', query: HOME_QUERY });
  // Our own query against our own schema: the shape is known.
  const { data } = body as { data?: { projects: { edges: { node: ListedProject }[] } } };
  return data?.projects.edges.map(({ node }) => node) ?? [];
}

function homePage(projects: readonly ListedProject[], account: Html): string {
  const cards = projects.map(
    (project) =>
      html`<li class="card">
        ${project.cover && html`<img src="${project.cover.url}" alt="" width="640" height="360" loading="lazy" />`}
        <div>
          <p class="kind">${project.type && title(project.type.title)}</p>
          <h3><a href="${project.url}">${title(project.title)}</a></h3>
        </div>
      </li>`,
  );
  return pageTemplate({
    title: 'Accueil',
    account,
    main: html`<div class="hero">
        <h1>À Valmont, la ville se décide ensemble</h1>
        <p>Proposez des idées, donnez votre avis, votez&nbsp;: chaque projet de la ville a sa page ici.</p>
      </div>
      <section aria-labelledby="projets">
        <h2 id="projets">Les projets</h2>
        <ul class="cards">
          ${cards}
        </ul>
      </section>`,
  });
}

interface Services {
  readonly store: Store;
  readonly api: Api;
  readonly sessions: Sessions;
}

/** The platform's pages: its home, and one for each object, at the address that the API gives for it. */
export function pagesRouter({ store, api, sessions }: Services): Router {
  const router = Router();
  router.use('/assets', express.static(ASSETS, { index: false, redirect: false, maxAge: '1h' }));
  // What a page says depends on who looks at it, so none is kept.
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-cache, private');
    next();
  });
  router.get('/', async (request, response) => {
    const account = accountLinks(visitorOf(request, response, sessions), '/');
    response.send(homePage(await listProjects(api), account));
  });
  router.use(async (request, response) => {
    const page = request.method === 'GET' || request.method === 'HEAD' ? store.findPage(request.path) : undefined;
    if (!page) return void response.status(404).send(errorPage(404));
    const visitor = visitorOf(request, response, sessions);
    const voting = page.kind === 'proposal' && (await votingSection(page, request.url, visitor, api));
    response.send(objectPage(page, accountLinks(visitor, request.path), voting));
  });
  return router;
}
