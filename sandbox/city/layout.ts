import { html, type Html } from '../html.js';

interface HeadParts {
  readonly title: string;
  readonly description: string;
  /** The platform whose widgets the page embeds, if it does. */
  readonly script?: Html;
}

function head({ title, description, script }: HeadParts): Html {
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="description" content="${description}" />
    <title>${title} – Ville de Valmont</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <script src="/site.js"></script>
    ${script}
  </head>`;
}

/** A page that is nothing but its content. */
export function barePage(parts: HeadParts & { readonly body: Html }): string {
  return html`<!doctype html>
    <html lang="fr">
      ${head(parts)}
      <body>
        ${parts.body}
      </body>
    </html> `.text;
}

/** A page of the town's site, with its header and its footer. */
export function page(parts: HeadParts & { readonly main: Html; readonly partner?: string }): string {
  const body = html` <a class="skip" href="#contenu">Aller au contenu</a>
    <header class="banner">
      <div class="width">
        <a class="brand" href="/">
          <img src="/favicon.svg" alt="" width="44" height="44" />
          <span>Ville de <strong>Valmont</strong></span>
        </a>
        <nav aria-label="Navigation principale">
          <ul>
            <li><a href="/#budget">Budget participatif</a></li>
            <li><a href="/#concertations">Concertations</a></li>
            <li><a href="/ecran">Compteur en direct</a></li>
          </ul>
        </nav>
      </div>
    </header>
    <main id="contenu" tabindex="-1">${parts.main}</main>
    <footer class="footer">
      <div class="width">
        <address>
          <strong>Hôtel de ville de Valmont</strong><br />
          1, place du Vieux-Marché<br />
          Du lundi au vendredi, de 8&nbsp;h&nbsp;30 à 17&nbsp;h&nbsp;30
        </address>
        <p>
          ${parts.partner !== undefined && html`Site partenaire&nbsp;: <a href="${parts.partner}">Valmont Tourisme</a><br />`}
          Valmont est une ville imaginaire&nbsp;: ce site montre les composants de participation dans une vraie page.
        </p>
      </div>
    </footer>`;
  return barePage({ ...parts, body });
}
