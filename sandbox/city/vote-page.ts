import { html, title, type Html } from '../html.js';
import type { Api } from '../platform/api.js';
import { page } from './layout.js';

/** What a webmaster needs to know of a proposal to put it into a page. */
interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly summary: string | null;
}

export interface VoteParts {
  readonly platform: string;
  readonly partner: string;
  readonly step: string;
  readonly proposals: readonly Proposal[];
}

const QUERY = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Proposal { title url summary } } }';

/** The proposals with these ids, in their order. */
export async function proposalsOf(api: Api, ids: readonly string[]): Promise<Proposal[]> {
  const { body } = await api.execute({ endpoint: 'preview', query: QUERY, variables: { ids } });
  // Our own query against our own schema: the shape is known.
  const { data } = body as { data?: { nodes: (Proposal | null)[] } };
  return data?.nodes.filter((node) => node !== null) ?? [];
}

/** The script tag of a page that has the platform's session through the town's gateway. */
const sessionScript = (platform: string): Html =>
  html`<script
    type="module"
    src="${platform}/widgets/v1/cap-widgets.js"
    data-platform="${platform}"
    data-api="/participation"
    data-access="session"
  ></script>`;

function ballotPaper({ id, title: name, url, summary }: Proposal, step: string): Html {
  return html`<li class="note">
    <h2>${title(name)}</h2>
    ${summary !== null && html`<p>${summary}</p>`}
    <cap-vote-button proposal-id="${id}" step-id="${step}"
      ><a href="${url}">Voter pour ce projet sur la plateforme</a></cap-vote-button
    >
  </li>`;
}

/** Voting on the town's own site: the gateway makes the platform's session the page's own. */
export function votePage({ platform, partner, step, proposals }: VoteParts): string {
  const main = html`<section class="width" aria-labelledby="titre-vote">
    <div class="prose">
      <h1 id="titre-vote">Votez pour vos projets</h1>
      <p class="lead">Soutenez autant de projets que vous le souhaitez. Vous pouvez changer d’avis jusqu’à la fin.</p>
      <p class="live">
        En ce moment&nbsp;:
        <cap-participation-counter step-id="${step}" metric="votes">les votes</cap-participation-counter>
      </p>
    </div>
    <cap-login-prompt class="note"></cap-login-prompt>
    <ul class="cards ballot">
      ${proposals.map((proposal) => ballotPaper(proposal, step))}
    </ul>
  </section>`;
  return page({
    title: 'Votez pour vos projets',
    description: 'Votez pour les projets que vous souhaitez voir naître à Valmont.',
    script: sessionScript(platform),
    partner,
    main,
  });
}
