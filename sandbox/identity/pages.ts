import { html, markup, type Html } from '../html.js';
import type { Person } from './people.js';

function pageTemplate(name: string, title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – ${name}</title>
        <link rel="icon" href="/identite.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/identite.css" />
      </head>
      <body>
        <header><img src="/identite.svg" alt="" width="40" height="40" /> <strong>${name}</strong></header>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
        <footer>
          <p>Service d’identité d’essai&nbsp;: ces personnes sont imaginaires et se connectent sans mot de passe.</p>
        </footer>
      </body>
    </html> `.text;
}

const NAME = 'Service d’identité de Valmont';

export function peoplePage(name: string, uid: string, people: readonly Person[]): string {
  const choices = people.map(
    ({ id, firstName, lastName, note }) =>
      html`<li>
        <button name="person" value="${id}">
          <span class="initials" aria-hidden="true">${firstName.charAt(0)}${lastName.charAt(0)}</span>
          <span><strong>${firstName} ${lastName}</strong> <small>${note}</small></span>
        </button>
      </li>`,
  );
  return pageTemplate(
    name,
    'Qui êtes-vous ?',
    html`<p>Pour continuer vers <strong>Participez Valmont</strong>, choisissez une identité.</p>
      <form method="post" action="/etape/${uid}/connexion">
        <ul class="people">
          ${choices}
        </ul>
      </form>
      ${cancelForm(uid)}`,
  );
}

export function consentPage(name: string, uid: string, { firstName, lastName, email, birthDate }: Person): string {
  const birthday = new Date(birthDate).toLocaleDateString('fr-FR', { dateStyle: 'long', timeZone: 'UTC' });
  return pageTemplate(
    name,
    'Transmettre vos informations',
    html`<p><strong>Participez Valmont</strong> recevra&nbsp;:</p>
      <dl>
        <dt>Nom</dt>
        <dd>${firstName} ${lastName}</dd>
        <dt>Date de naissance</dt>
        <dd>${birthday}</dd>
        <dt>Adresse électronique</dt>
        <dd>${email}</dd>
      </dl>
      <form method="post" action="/etape/${uid}/accord"><button class="main">Continuer</button></form>
      ${cancelForm(uid)}`,
  );
}

function cancelForm(uid: string): Html {
  return html`<form method="post" action="/etape/${uid}/refus"><button class="quiet">Annuler</button></form>`;
}

/** The form is the provider's own, with the secret that protects it. */
export function signOutPage(form: string): string {
  return pageTemplate(
    NAME,
    'Se déconnecter ?',
    html`<p>Vous quitterez aussi le service d’identité sur cet appareil.</p>
      ${markup(form)}
      <p><button class="main" form="op.logoutForm" name="logout" value="yes">Oui, me déconnecter</button></p>
      <p><button class="quiet" form="op.logoutForm">Non, rester connecté</button></p>`,
  );
}

export function signedOutPage(): string {
  return pageTemplate(NAME, 'Vous êtes déconnecté', html`<p>Vous pouvez fermer cette page.</p>`);
}

export function homePage(): string {
  return pageTemplate(
    NAME,
    'Une identité pour les services de la ville',
    html`<p>
        Les sites de la ville envoient leurs visiteurs ici pour se connecter. Commencez sur la plateforme, par exemple
        en votant pour un projet.
      </p>
      <p><a href="/session/end">Se déconnecter de ce service</a></p>`,
  );
}

export function errorPage(): string {
  return pageTemplate(
    NAME,
    'Cette connexion ne peut pas continuer',
    html`<p>Elle a expiré, ou elle a déjà servi. Retournez sur le site où vous vouliez aller et recommencez.</p>`,
  );
}
