import { html, nothing, type TemplateResult } from 'lit';

import { leftOf, rulesOf } from './budget-basket.message.js';
import type { Ready } from './budget-basket.view.js';
import { statusOf } from './choices.message.js';
import type { ChoicesWriter } from './choices.messages.js';
import type { Writer } from './messages.js';

/** What the visitor is about to send, to be read once more: nothing in it can be changed here. */
export function renderReview(
  view: Ready,
  write: ChoicesWriter,
  basics: Writer,
  host: string,
  onSend: () => void,
  onBack: () => void,
): TemplateResult {
  const { t, money } = write;
  const { ballot, verdict, items, sends } = view;
  const sent = items.filter(({ lost }) => !lost);
  const rows = sent.map(
    ({ title, cost, points }) =>
      html`<li part="choice">
        <span class="what">${title}</span>
        <span class="muted">${cost ? money(cost) : nothing} ${points ? t('points', { count: points }) : nothing}</span>
      </li>`,
  );
  return html`<div part="review">
    <p class="question" tabindex="-1">${t('review.title')}</p>
    <p>${rulesOf(view, basics).join(' ')}</p>
    ${
      !sent.length
        ? html`<p>${t('review.empty')}</p>`
        : ballot?.ranking === false
          ? html`<ul part="list" role="list">
              ${rows}
            </ul>`
          : html`<ol part="list" role="list" class="ranked">
              ${rows}
            </ol>`
    }
    ${
      ballot?.budget != null && verdict?.left != null
        ? html`<p>
            ${basics.t('money', { spent: money(verdict.spent), budget: money(ballot.budget) })}
            ${leftOf(verdict.left, basics)}
          </p>`
        : nothing
    }
    ${sends ? nothing : html`<p part="status" class="danger">${statusOf(view, write, basics)[0]}</p>`}
    ${sent.length ? html`<p>${t('review.replace')}</p>` : nothing}
    <p>${t('review.next', { host })}</p>
    <p class="row">
      <button
        part="button"
        class="main"
        type="button"
        aria-disabled=${sends ? nothing : 'true'}
        @click=${sends ? onSend : nothing}
      >
        ${t('send', { host })}
      </button>
      <button part="button" type="button" @click=${onBack}>${t('back')}</button>
    </p>
  </div>`;
}
