import { html, nothing, type TemplateResult } from 'lit';

import { maskedEmail } from '../../domain/masked-email.js';
import type { Page } from './handoff.page.js';
import type { Account, Ready } from './handoff.view.js';

/** What a press is about to do, in numbers and in whose name: seen together with the button before that takes presses. */
export function sentence(view: Ready, page: Page): TemplateResult {
  const { account, request } = view;
  return html`<p part="sentence" id="sentence">
    ${sums(view, page)} ${account ? asWhom(account, page) : request.action === 'leave' ? page.t('as.nobody') : nothing}
  </p>`;
}

function sums({ request, items, ballot }: Ready, { t }: Page): unknown {
  const host = new URL(request.origin).host;
  if (request.action === 'login' || request.action === 'leave') return t(`sum.${request.action}`, { host });
  const [cast, withdrawn] = [true, false].map((wish) => items.filter((item) => item.todo && item.wish === wish).length);
  const orders = request.action === 'ballot' && ballot?.ranking && request.proposalIds.length > 1;
  return [
    cast ? `${t('sum.cast', { count: cast })} ` : nothing,
    withdrawn ? `${t('sum.withdraw', { count: withdrawn })} ` : nothing,
    orders ? `${t('sum.order')} ` : nothing,
    cast || withdrawn || orders ? nothing : t('list.nothing'),
  ];
}

function asWhom({ name, email }: Account, { t }: Page): string {
  return email ? t('as.email', { name, email: maskedEmail(email) }) : t('as', { name });
}

/** The way out for whoever finds somebody else's name there. */
export const notMe = ({ t, onNotMe }: Page, busy: boolean): TemplateResult =>
  html`<p>
    <button part="not-me" type="button" aria-disabled=${busy || nothing} @click=${busy ? nothing : onNotMe}>
      ${t('not-me')}
    </button>
  </p>`;

/** Asks whether votes are to be taken back for a link that nobody vouches for. */
export function tick({ ticked, items }: Ready, { t, onTick }: Page): TemplateResult | typeof nothing {
  if (ticked === null) return nothing;
  const count = items.filter(({ wish, met, obstacle }) => !wish && !met && !obstacle).length;
  return html`<p>
    <label><input part="tick" type="checkbox" .checked=${ticked} @change=${onTick} /> ${t('tick', { count })}</label>
  </p>`;
}
