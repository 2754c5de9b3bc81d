import { Router } from 'express';

import { html, type Html } from '../../../html.js';
import { hashPassword } from '../../passwords.js';
import type { Store } from '../../store.js';
import { pageTemplate } from '../page-template.js';
import { confirmEmail } from './email.js';
import { readForm } from './forms.js';
import type { Outbox } from './outbox.js';
import type { Sessions } from './sessions.js';

interface Services {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly outbox: Outbox;
}

const SHORTEST_PASSWORD = 8;
const EXPIRED = html`<p>Ce lien n’est plus valable&nbsp;: il a expiré, ou il a déjà servi.</p>`;

function simplePage(title: string, content: Html): string {
  return pageTemplate({
    title,
    main: html`<article class="narrow">
      <h1>${title}</h1>
      ${content}
    </article>`,
  });
}

function passwordForm(problem?: string): string {
  return simplePage(
    'Nouveau mot de passe',
    html`${problem && html`<p class="notice" role="alert">${problem}</p>`}
      <form method="post">
        <p>
          <label for="password">Nouveau mot de passe, d’au moins ${SHORTEST_PASSWORD} caractères</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="new-password"
            minlength="${SHORTEST_PASSWORD}"
            required
          />
        </p>
        <p><button class="button">Enregistrer</button></p>
      </form>`,
  );
}

/** Where the links in the platform's e-mails lead, and the way to ask for one. */
export function accountPagesRouter({ store, sessions, outbox }: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });

  router.get('/resetting/request', (_request, response) => {
    const form = html`<p>
        Indiquez l’adresse électronique de votre compte&nbsp;: nous vous écrirons comment en changer.
      </p>
      <form method="post" action="/resetting/request">
        <p>
          <label for="email">Adresse électronique</label>
          <input id="email" name="email" type="email" autocomplete="username" required />
        </p>
        <p><button class="button">Recevoir le courriel</button></p>
      </form>`;
    response.send(simplePage('Mot de passe oublié', form));
  });

  router.post('/resetting/request', (request, response) => {
    const email = readForm(request).get('email') ?? '';
    const user = store.sql.get<{ id: string; email: string }>(
      'SELECT id, email FROM user WHERE email = ? AND enabled = 1',
      email,
    );
    if (user) outbox.send('password-reset', user.id, user.email);
    // The same words for everybody: they must not tell who has an account.
    const sent = html`<p>
      Si un compte existe à cette adresse, un courriel vient de partir. Suivez son lien dans l’heure.
      <a href="/sandbox/mails">Lire les courriels de la plateforme d’essai</a>
    </p>`;
    response.send(simplePage('Courriel envoyé', sent));
  });

  router.get('/resetting/reset/:secret', (request, response) => {
    const known = outbox.holderOf('password-reset', request.params.secret) !== undefined;
    response.status(known ? 200 : 404).send(known ? passwordForm() : simplePage('Lien expiré', EXPIRED));
  });

  router.post('/resetting/reset/:secret', (request, response) => {
    const userId = outbox.holderOf('password-reset', request.params.secret);
    if (userId === undefined) return void response.status(404).send(simplePage('Lien expiré', EXPIRED));
    const password = readForm(request).get('password') ?? '';
    if (password.length < SHORTEST_PASSWORD) {
      return void response.status(422).send(passwordForm('Ce mot de passe est trop court.'));
    }
    store.sql.run('UPDATE user SET password_hash = ? WHERE id = ?', hashPassword(password), userId);
    // Whoever knew the old password is out.
    store.sql.run('DELETE FROM session WHERE user_id = ?', userId);
    store.sql.run('DELETE FROM remembered_browser WHERE user_id = ?', userId);
    outbox.use('password-reset', userId);
    response.redirect(303, '/login');
  });

  router.get('/account/email_confirmation/:secret', (request, response) => {
    const userId = outbox.holderOf('email-confirmation', request.params.secret);
    if (userId === undefined) return void response.status(404).send(simplePage('Lien expiré', EXPIRED));
    confirmEmail(store, userId);
    outbox.use('email-confirmation', userId);
    sessions.signIn(request, response, userId);
    const done = html`<p>Merci&nbsp;: votre adresse électronique est confirmée, et vos contributions comptent.</p>
      <p><a class="button" href="/">Voir les projets</a></p>`;
    response.send(simplePage('Adresse confirmée', done));
  });
  return router;
}
