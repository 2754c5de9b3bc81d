import { widgetsScript } from '../embed.js';
import { html, type Html } from '../html.js';

export interface PageParts {
  readonly title: string;
  readonly platform: string;
  readonly city: string;
  readonly main: Html;
}

/** A page of the tourist office. */
export function page({ title, platform, city, main }: PageParts): string {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/tourisme.css" />
        <link rel="alternate" type="application/rss+xml" title="Projets de la ville" href="/fichiers/projects.rss" />
        ${widgetsScript(platform)}
      </head>
      <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <header>
          <p><img src="/favicon.svg" alt="" width="36" height="36" /> Valmont Tourisme</p>
          <nav aria-label="Rubriques">
            <ul>
              <li><a href="/">Accueil</a></li>
              <li><a href="/projets">Projets</a></li>
              <li><a href="/agenda">Agenda</a></li>
              <li><a href="/donnees">Données</a></li>
            </ul>
          </nav>
        </header>
        <main id="contenu" tabindex="-1">${main}</main>
        <footer>
          <p>Office de tourisme de Valmont, partenaire de la <a href="${city}">ville de Valmont</a>.</p>
        </footer>
      </body>
    </html> `.text;
}
