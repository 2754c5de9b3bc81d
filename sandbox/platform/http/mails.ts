import { Router } from 'express';

import { html } from '../../html.js';
import type { Outbox } from './accounts/outbox.js';
import { pageTemplate } from './page-template.js';

function mailsPage(outbox: Outbox): string {
  const messages = outbox.list().map(
    ({ to, subject, link, code, sentAt }) =>
      html`<li>
        <p class="kind">À ${to}, le <time datetime="${sentAt}">${new Date(sentAt).toLocaleString('fr-FR')}</time></p>
        <h2>${subject}</h2>
        <p>
          ${link !== undefined && html`<a href="${link}">${link}</a>`}${code !== undefined && html`Code&nbsp;: <strong>${code}</strong>`}
        </p>
      </li>`,
  );
  return pageTemplate({
    title: 'Courriels de la plateforme d’essai',
    main: html`<article class="narrow">
      <h1>Courriels et SMS de la plateforme d’essai</h1>
      <p>Rien ne part d’ici vers de vraies personnes&nbsp;: chaque message envoyé s’affiche sur cette page.</p>
      ${
        messages.length > 0
          ? html`<ul class="mails">
              ${messages}
            </ul>`
          : html`<p>Aucun message pour le moment.</p>`
      }
    </article>`,
  });
}

/** What the platform has written to people, for those who try it out, and as JSON for tests. */
export function mailsRouter(outbox: Outbox): Router {
  const router = Router();
  router.get('/sandbox/mails', (_request, response) => {
    response.format({
      json: () => response.json(outbox.list()),
      html: () => response.send(mailsPage(outbox)),
    });
  });
  return router;
}
