import { html, type Html } from '../../html.js';

interface PageParts {
  readonly title: Html | string;
  readonly main: Html;
  /** Who is signed in, or the way to sign in. Pages about a failure do without. */
  readonly account?: Html;
}

/** A page of the platform in its own look. */
export function pageTemplate({ title, main, account }: PageParts): string {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Participez Valmont</title>
        <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/platform.css" />
      </head>
      <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <header class="banner">
          <div class="width">
            <a class="brand" href="/"
              ><img src="/assets/favicon.svg" alt="" width="32" height="32" /> Participez Valmont</a
            >
            <nav aria-label="Navigation principale"><a href="/#projets">Les projets</a> ${account}</nav>
          </div>
        </header>
        <main class="width" id="contenu" tabindex="-1">${main}</main>
        <footer class="footer">
          <div class="width">
            <p>La plateforme de participation des habitantes et des habitants de Valmont.</p>
            <p>Valmont est une ville imaginaire&nbsp;: cette plateforme sert aux essais.</p>
          </div>
        </footer>
      </body>
    </html> `.text;
}

const ERRORS: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Demande incorrecte', 'La plateforme n’a pas compris cette demande.'],
  403: ['Demande refusée', 'Cette demande ne vient pas d’une page de la plateforme.'],
  404: ['Page introuvable', 'Cette page n’existe pas ou n’existe plus. L’adresse contient peut-être une erreur.'],
  413: ['Envoi trop volumineux', 'Le contenu envoyé dépasse la taille que la plateforme accepte.'],
  500: ['La plateforme rencontre un problème', 'Réessayez dans quelques instants.'],
};
const OTHER_ERROR = ['Demande refusée', 'La plateforme ne peut pas répondre à cette demande.'] as const;

export function errorPage(status: number): string {
  const [title, text] = ERRORS[status] ?? OTHER_ERROR;
  return pageTemplate({
    title,
    main: html`<p class="kind">Erreur ${status}</p>
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button" href="/">Revenir à l’accueil</a></p>`,
  });
}
