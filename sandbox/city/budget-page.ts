import { html, title, type Html } from '../html.js';
import { page } from './layout.js';

export interface BudgetParts {
  readonly platform: string;
  readonly partner: string;
  readonly step: { readonly id: string; readonly title: string; readonly url: string };
  /** The page has the platform's session, by the town's gateway. */
  readonly session: boolean;
  readonly display: 'panel' | 'bar';
}

/** How the page asks the platform: by the town's gateway in the visitor's session, or as a page of any other site. */
const script = (platform: string, session: boolean): Html =>
  session
    ? html`<script
        type="module"
        src="${platform}/widgets/v1/cap-widgets.js"
        data-platform="${platform}"
        data-api="/participation"
        data-access="session"
      ></script>`
    : html`<script
        type="module"
        src="${platform}/widgets/v1/cap-widgets.js"
        data-platform="${platform}"
        data-handoff="/widgets/handoff"
      ></script>`;

/** A whole participatory budget: the proposals of a step, and the ballot for them. */
export function budgetPage({ platform, partner, step, session, display }: BudgetParts): string {
  const link = html`<a href="${step.url}">Voter sur la plateforme</a>`;
  // A bar sticks to the bottom of the window while what it comes after is read.
  const basket = html`<cap-budget-basket step-id="${step.id}" display="${display}" heading-level="2"
    >${link}</cap-budget-basket
  >`;
  return page({
    title: 'Votre bulletin',
    description: 'Choisissez les projets que vous souhaitez voir naître à Valmont.',
    script: script(platform, session),
    partner,
    main: html`<section class="width" aria-labelledby="titre-budget">
      <h1 id="titre-budget">${title(step.title)}</h1>
      ${session && html`<cap-login-prompt class="note"></cap-login-prompt>`} ${display === 'panel' && basket}
      <cap-proposal-list step-id="${step.id}" heading-level="2">${link}</cap-proposal-list>
      ${display === 'bar' && basket}
    </section>`,
  });
}
