import { projectCard, type Link } from '../embed.js';
import { html, type Html } from '../html.js';

/** The tourist office's home page. */
export function homePage(links: readonly Link[]): Html {
  return html`<h1>Bienvenue au bord de la Sereine</h1>
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
    </section>`;
}
