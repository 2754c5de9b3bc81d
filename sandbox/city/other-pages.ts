import { projectCard, widgetsScript, type Link } from '../embed.js';
import { html, title } from '../html.js';
import { barePage, page } from './layout.js';

/** The screen of a workshop or a town hall's lobby: one number, as large as it can be. */
export function boardPage(platform: string, { id, title: name, url }: Link): string {
  return barePage({
    title: 'Compteur en direct',
    description: 'Le nombre de votes au budget participatif, en direct.',
    script: widgetsScript(platform),
    body: html`<main class="board">
      <h1 class="unseen">Le vote en direct&nbsp;: ${title(name)}</h1>
      <cap-participation-counter project-id="${id}" metric="votes" display="board" refresh="10"
        ><a href="${url}">${title(name)}</a></cap-participation-counter
      >
    </main>`,
  });
}

/** As many cards as asked for, and nothing else that talks to the platform. */
export function manyPage(platform: string, links: readonly Link[]): string {
  return page({
    title: 'Tous les projets',
    description: 'Les projets de participation de la ville de Valmont.',
    script: widgetsScript(platform),
    main: html`<section class="width">
      <h1>Tous les projets</h1>
      <ul class="cards">
        ${links.map((link) => html`<li>${projectCard(link, 2)}</li>`)}
      </ul>
    </section>`,
  });
}

export function notFoundPage(): string {
  return page({
    title: 'Page introuvable',
    description: 'Cette page n’existe pas.',
    main: html`<section class="width prose">
      <h1>Page introuvable</h1>
      <p>Cette page n’existe pas, ou n’existe plus.</p>
      <p><a href="/">Revenir à l’accueil</a></p>
    </section>`,
  });
}
