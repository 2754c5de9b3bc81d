import { html, nothing, svg, type TemplateResult } from 'lit';

import { errorMessage } from '../../core/errors.js';
import { retryButton } from '../../ui/retry.js';
import { leftOf, moneyLeft, rulesOf, usedOf, votesOf } from './budget-basket.message.js';
import type { BasketView, Ready } from './budget-basket.view.js';
import type { Writer } from './messages.js';

export type Part = TemplateResult | typeof nothing;

/** More than these are counted in words alone. */
const MOST_PIPS = 10;

/** The page's own content, with why there is no basket. */
export function renderFallback(
  view: Exclude<BasketView, Ready>,
  { t }: Writer,
  rows: number,
  onRetry: () => void,
): TemplateResult {
  if (view.kind === 'loading')
    return html`<slot></slot>
      <div class="waiting" aria-hidden="true">
        ${[...Array<unknown>(3 + rows)].map(() => html`<span class="skeleton"></span>`)}
      </div>`;
  return html`
    <slot></slot>
    ${view.code ? html`<p part="message">${t(errorMessage(view.code))}</p>` : nothing}
    ${
      view.kind === 'error' && view.retryable
        ? html`<p>${retryButton(t(view.retrying ? 'loading' : 'retry'), view.retrying, onRetry)}</p>`
        : nothing
    }
  `;
}

/**
 * How the vote works, and who can vote.
 *
 * @param asked - What is asked of whoever votes, in a sentence.
 */
export function renderTerms(view: Ready, write: Writer, asked: string | null): Part {
  if (view.door === 'step-closed') return nothing;
  const rules = rulesOf(view, write);
  const { help = null, reason = null } = view.terms ?? {};
  const who = asked ?? (view.terms && view.door !== 'not-votable' ? write.t('asked.nothing') : null);
  return html`<div part="terms">
    ${rules.length ? html`<p>${rules.join(' ')}</p>` : nothing} ${who ? html`<p>${who}</p>` : nothing}
    ${[reason, help].map((text) => (text ? html`<p class="lines">${text}</p>` : nothing))}
  </div>`;
}

/** The money and the votes in words, and drawn: what is too much has a pattern of its own. */
export function renderUse(view: Ready, write: Writer): TemplateResult {
  const { ballot, verdict } = view;
  const { budget = null, votesLimit = null } = ballot ?? {};
  const used = usedOf(view);
  const left = moneyLeft(view);
  return html`
    ${budget === null || !verdict || left === null ? nothing : renderMoney(budget, verdict.spent, left, write)}
    ${
      ballot && (votesLimit !== null || used)
        ? html`<p part="votes">
            ${
              votesLimit !== null && votesLimit <= MOST_PIPS
                ? html`<span class="pips" aria-hidden="true"
                    >${[...Array<unknown>(votesLimit)].map((_, index) => html`<i class=${index < used ? 'used' : ''}></i>`)}</span
                  >`
                : nothing
            }
            ${votesOf(view, write)}
          </p>`
        : nothing
    }
  `;
}

function renderMoney(budget: number, spent: number, left: number, write: Writer): TemplateResult {
  const { t, money } = write;
  const share = (100 * Math.min(budget, spent)) / Math.max(budget, spent);
  return html`<div part="money">
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="spent" width=${share} height="4"></rect>
      ${
        left < 0
          ? svg`<pattern id="over" width="2" height="4" patternUnits="userSpaceOnUse"><path d="M0 4L2 0"></path></pattern>
              <rect x=${share} width=${100 - share} height="4" fill="url(#over)"></rect>`
          : nothing
      }
    </svg>
    <p>${t('money', { spent: money(spent), budget: money(budget) })} <b>${leftOf(left, write)}</b></p>
  </div>`;
}

/** What somebody can do who cannot choose here, or not yet. */
export function renderEntry(
  { mode, signedIn, ballot, door }: Ready,
  { t }: Writer,
  asksToSignIn: boolean,
  onSignIn: () => void,
): Part {
  if (door || !ballot) return nothing;
  if (mode === 'link') {
    const { host } = new URL(ballot.url);
    return html`<p>${t('link.why')}</p>
      <p><a part="button" class="main" href=${ballot.url}>${t('link', { host })}</a></p>`;
  }
  if (mode !== 'session' || signedIn) return nothing;
  return html`<p>${t('sign-in.why')}</p>
    ${
      asksToSignIn
        ? html`<cap-login-prompt message=${t('sign-in.why')} .destination=${ballot.url}></cap-login-prompt>`
        : html`<p><button part="button" class="main" type="button" @click=${onSignIn}>${t('sign-in')}</button></p>`
    }`;
}
