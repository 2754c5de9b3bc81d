import { projectCard, widgetsScript, type Link } from '../embed.js';
import { html } from '../html.js';

export interface PartnerHomeParts {
  readonly platform: string;
  readonly city: string;
  readonly links: readonly Link[];
}

/** The tourist office's home page. */
export function homePage({ platform, city, links }: PartnerHomeParts): string {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Valmont Tourisme</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/tourisme.css" />
        ${widgetsScript(platform)}
      </head>
      <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <header>
          <p><img src="/favicon.svg" alt="" width="36" height="36" /> Valmont Tourisme</p>
        </header>
        <main id="contenu" tabindex="-1">
          <h1>Bienvenue au bord de la Sereine</h1>
          <p>
            Un vieux pont, un marché le samedi, des sentiers qui partent de la place&nbsp;: Valmont se visite à pied, en
            prenant son temps. L’office de tourisme vous accueille tous les jours au 4, quai des Tanneurs.
          </p>
          <section aria-labelledby="projets">
            <h2 id="projets">La ville se transforme</h2>
            <p>Voici ce que Valmont prépare avec ses habitantes et ses habitants.</p>
            <ul class="cards">
              ${links.map((link) => html`<li>${projectCard(link)}</li>`)}
            </ul>
          </section>
        </main>
        <footer>
          <p>Office de tourisme de Valmont, partenaire de la <a href="${city}">ville de Valmont</a>.</p>
        </footer>
      </body>
    </html> `.text;
}
