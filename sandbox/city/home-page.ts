import { projectCard, widgetsScript, type Link } from '../embed.js';
import { html, type Html } from '../html.js';
import { page } from './layout.js';

export interface HomeParts {
  readonly platform: string;
  readonly partner: string;
  readonly budget: Link;
  readonly others: readonly Link[];
}

function tile(budget: Link, metric: string, fallback: string): Html {
  return html`<li>
    <cap-participation-counter project-id="${budget.id}" metric="${metric}" display="tile" refresh="10"
      ><a href="${budget.url}">${fallback}</a></cap-participation-counter
    >
  </li>`;
}

const STEPS: readonly (readonly [title: string, text: string])[] = [
  [
    'Parcourez les projets',
    'Vingt-quatre idées d’habitantes et d’habitants ont été étudiées et chiffrées par les services.',
  ],
  [
    'Composez votre choix',
    'Retenez les projets que vous préférez, dans la limite des 300\u00a0000\u00a0€ de l’enveloppe.',
  ],
  ['Votez', 'En ligne ou sur papier, à partir de 11\u00a0ans, que l’on habite, travaille ou étudie à Valmont.'],
];

/** The news page of the town about its participatory budget. */
export function homePage({ platform, partner, budget, others }: HomeParts): string {
  const main = html` <div class="hero">
      <img src="/valmont.svg" alt="" width="1600" height="420" />
      <div class="width">
        <p class="kicker">Actualité · Vie citoyenne</p>
        <h1>300&nbsp;000&nbsp;€ pour vos idées&nbsp;: le vote est ouvert</h1>
        <p class="lead">
          Une guinguette au bord de l’eau, des frigos partagés, des boîtes à livres… À vous de choisir ce qui changera
          le quotidien à Valmont.
        </p>
      </div>
    </div>
    <section class="width split" id="budget" aria-labelledby="titre-budget">
      <div class="prose">
        <h2 id="titre-budget">Votre budget participatif</h2>
        <p>
          Depuis cinq ans, la ville confie une part de son budget d’investissement aux personnes qui y vivent. Cette
          année, l’enveloppe atteint 300&nbsp;000&nbsp;€. Chaque projet lauréat sera réalisé dans les deux ans.
        </p>
        <p class="live">
          En ce moment&nbsp;:
          <cap-participation-counter project-id="${budget.id}" metric="votes"
            ><a href="${budget.url}">voir les votes</a></cap-participation-counter
          >
        </p>
        <h3>Comment participer&nbsp;?</h3>
        <ol class="steps">
          ${STEPS.map(([title, text]) => html`<li><strong>${title}.</strong> ${text}</li>`)}
        </ol>
        <p class="note">
          <strong>Voter sur papier</strong><br />
          Des urnes vous attendent à l’hôtel de ville, à la médiathèque Louise-Michel et à la maison de quartier des
          Tanneurs.
        </p>
      </div>
      <div class="card">${projectCard(budget)}</div>
    </section>
    <section class="band" aria-labelledby="titre-chiffres">
      <div class="width">
        <h2 id="titre-chiffres">La participation en direct</h2>
        <ul class="figures">
          ${tile(budget, 'votes', 'Les votes')} ${tile(budget, 'contributors', 'Les participantes et participants')}
          ${tile(budget, 'contributions', 'Les contributions')}
        </ul>
      </div>
    </section>
    <section class="width" id="concertations" aria-labelledby="titre-concertations">
      <h2 id="titre-concertations">Les autres concertations</h2>
      <ul class="cards">
        ${others.map((link) => html`<li>${projectCard(link)}</li>`)}
      </ul>
    </section>`;
  return page({
    title: 'Budget participatif\u00a0: le vote est ouvert',
    description:
      'Choisissez les projets que la ville de Valmont réalisera avec 300\u00a0000\u00a0€ de budget participatif.',
    script: widgetsScript(platform),
    partner,
    main,
  });
}
