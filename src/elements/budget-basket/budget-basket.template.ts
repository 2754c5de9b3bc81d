import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import { errorMessage } from '../../core/errors.js';
import { icon } from '../../ui/icon.js';
import { retryButton } from '../../ui/retry.js';
import { askedOf, outcomeOf, refusalOf, rulesOf, statusOf, type Writer } from './budget-basket.message.js';
import type { BasketView, Item, Ready } from './budget-basket.view.js';

type Part = TemplateResult | typeof nothing;

/** What the controls do. */
export interface Acts {
  readonly remove: (proposalId: string) => void;
  readonly move: (proposalId: string, by: number) => void;
  readonly grab: (event: PointerEvent) => void;
  readonly review: () => void;
  readonly send: () => void;
  readonly confirm: () => void;
  readonly name: (shown: boolean) => void;
  readonly signIn: () => void;
  readonly retry: () => void;
}

/** How the panel is shown. */
export interface Setting {
  readonly lang: string;
  /** The visitor has asked how to sign in. */
  readonly asksToSignIn: boolean;
}

const UP = 'M12 19V5M6 11l6-6 6 6';
const DOWN = 'M12 5v14M6 13l6 6 6-6';
const GRIP = 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01';
/** More than these are counted in words alone. */
const MOST_PIPS = 10;
/** Projects that are named to make room: the first ones are the cheapest. */
const MOST_SUGGESTIONS = 3;

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
        ${Array.from({ length: 3 + rows }, () => html`<span class="skeleton"></span>`)}
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

/** All but the title. */
export function renderPanel(view: Ready, write: Writer, acts: Acts, setting: Setting): TemplateResult {
  const { t } = write;
  const [status, tone] = statusOf(view, write);
  const refused = refusalOf(view);
  const { ballot, items, door, stage, draft } = view;
  const endAt = stage === 'recorded' && items.length && !door && ballot?.step.endAt;
  return html`
    ${door === 'step-closed' ? nothing : renderTerms(view, write, setting.lang)}
    <p part="status" class=${tone}>${status}</p>
    ${endAt ? html`<p class="muted">${t('rule.end', { date: write.end(endAt) })}</p>` : nothing}
    ${refused ? html`<p part="message" class="danger">${t(refused)}</p>` : nothing}
    ${draft && !draft.onDevice && items.length ? html`<p class="warning">${t('unstored')}</p>` : nothing}
    ${door && draft && items.length && !draft.recorded ? html`<p class="warning">${t('expired')}</p>` : nothing}
    ${renderMoney(view, write)} ${renderVotes(view, write)} ${renderChoices(view, write, acts)}
    ${renderSuggestions(view, write, acts)} ${renderNames(view, write, acts)} ${renderActs(view, write, acts, setting)}
  `;
}

function renderTerms(view: Ready, write: Writer, lang: string): TemplateResult {
  const rules = rulesOf(view, write);
  const asked = view.door ? null : askedOf(view, write, lang);
  const { help = null, reason = null } = view.terms ?? {};
  return html`<div part="terms">
    ${rules.length ? html`<p>${rules.join(' ')}</p>` : nothing} ${asked ? html`<p>${asked}</p>` : nothing}
    ${[reason, help].map((text) => (text ? html`<p class="lines">${text}</p>` : nothing))}
  </div>`;
}

/** The money in words, and drawn: what is too much has a pattern of its own. */
function renderMoney({ ballot, verdict }: Ready, { t, money }: Writer): Part {
  if (!ballot || !verdict || ballot.budget === null || verdict.left === null) return nothing;
  const { budget } = ballot;
  const { spent, left } = verdict;
  const whole = Math.max(budget, spent);
  const within = (100 * Math.min(budget, spent)) / whole;
  return html`<div part="money">
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="4"></rect>
      <rect class="spent" width=${within} height="4"></rect>
      ${
        left < 0
          ? svg`<pattern id="over" width="2" height="4" patternUnits="userSpaceOnUse"><path d="M0 4L2 0"></path></pattern>
              <rect class="over" x=${within} width=${100 - within} height="4" fill="url(#over)"></rect>`
          : nothing
      }
    </svg>
    <p>
      ${t('money', { spent: money(spent), budget: money(budget) })}
      <b>${t(left < 0 ? 'money.over' : 'money.left', { left: money(Math.abs(left)) })}</b>
    </p>
  </div>`;
}

/** How many votes are used, in words and drawn. */
function renderVotes({ ballot, verdict }: Ready, { t }: Writer): Part {
  if (!ballot || !verdict) return nothing;
  const { votesUsed: used } = verdict;
  const { votesLimit: limit } = ballot;
  if (limit === null) return used ? html`<p part="votes">${t('votes.free', { count: used })}</p>` : nothing;
  return html`<p part="votes">
    ${
      limit <= MOST_PIPS
        ? html`<span class="pips" aria-hidden="true"
            >${Array.from({ length: limit }, (_, index) => html`<i class=${index < used ? 'used' : ''}></i>`)}</span
          >`
        : nothing
    }
    ${t('votes', { used, count: limit })}
  </p>`;
}

function renderChoices(view: Ready, write: Writer, acts: Acts): Part {
  const { items, ballot } = view;
  if (!items.length) return nothing;
  const rows = items.map(
    (item, index) =>
      html`<li part="choice" data-id=${item.proposalId}>${renderChoice(item, index, view, write, acts)}</li>`,
  );
  // Without the rules the order may be a ranking.
  return ballot?.ranking === false
    ? html`<ul part="list" role="list">
        ${rows}
      </ul>`
    : html`<ol part="list" role="list">
        ${rows}
      </ol>`;
}

function renderChoice(item: Item, index: number, view: Ready, write: Writer, acts: Acts): TemplateResult {
  const { t, money } = write;
  const { proposalId, title, url, cost, points, excess, lost, was } = item;
  const { ballot, open, items, pending } = view;
  const ordered = ballot?.ranking !== false;
  const outcome = outcomeOf(item, view);
  const control = (name: 'up' | 'down' | 'remove', act: () => void, content: unknown, idle = false): TemplateResult =>
    html`<button
      part=${name}
      type="button"
      aria-label=${t(`${name}.for`, { title })}
      aria-disabled=${pending || idle ? 'true' : nothing}
      @click=${pending || idle ? nothing : act}
    >
      ${content}
    </button>`;
  return html`
    ${
      ordered && open && items.length > 1
        ? html`<span class="grip" aria-hidden="true" @pointerdown=${acts.grab}>${icon(GRIP)}</span>`
        : nothing
    }
    ${ordered ? html`<b part="rank">${index + 1}.</b>` : nothing}
    <div class="what">
      <a part="link" href=${url}>${title}</a>
      <p class="muted">
        ${cost || ballot?.budget != null ? html`<span part="cost">${money(cost)}</span>` : nothing}
        ${points ? html`<span part="points">${t('points', { count: points })}</span>` : nothing}
      </p>
      ${was === null ? nothing : html`<p class="warning">${t('cost.was', { money: money(was) })}</p>`}
      ${excess ? html`<p class="danger">${t('excess', { money: money(excess) })}</p>` : nothing}
      ${lost && view.draft ? html`<p class="danger">${t(`lost.${lost}`)}</p>` : nothing}
      ${outcome ? html`<p part="outcome" class=${outcome.tone}>${t(outcome.key)}</p>` : nothing}
    </div>
    ${
      open
        ? html`<div class="controls">
            ${
              ordered && items.length > 1
                ? html`${control('up', () => acts.move(proposalId, -1), html`${icon(UP)}${t('up')}`, !index)}
                  ${control('down', () => acts.move(proposalId, 1), html`${icon(DOWN)}${t('down')}`, index === items.length - 1)}`
                : nothing
            }
            ${control('remove', () => acts.remove(proposalId), t('remove'))}
          </div>`
        : nothing
    }
  `;
}

/** What would make a ballot that is too dear fit. */
function renderSuggestions({ verdict, open, pending }: Ready, { t, money }: Writer, { remove }: Acts): Part {
  if (!verdict?.suggestions.length || !open) return nothing;
  const { suggestions, left } = verdict;
  const alone = (suggestions[0]?.cost ?? 0) >= -(left ?? 0);
  return html`<div part="suggestions">
    <p>${t(alone ? 'suggest.one' : 'suggest.all')}</p>
    <ul role="list">
      ${suggestions.slice(0, alone ? MOST_SUGGESTIONS : undefined).map(
        ({ proposalId, title, cost }) =>
          html`<li>
            <button
              part="button"
              type="button"
              aria-disabled=${pending || nothing}
              @click=${pending ? nothing : () => remove(proposalId)}
            >
              ${t('remove.for', { title })} (${money(cost)})
            </button>
          </li>`,
      )}
    </ul>
  </div>`;
}

/** Whether the visitor's name is shown with the votes: the platform has one answer for all of them. */
function renderNames({ mode, items, open, pending }: Ready, { t }: Writer, { name }: Acts): Part {
  if (mode !== 'session' || !open || !items.length) return nothing;
  const shown = items.some(({ vote }) => vote?.anonymous === false);
  return html`<label part="names">
    <input
      type="checkbox"
      .checked=${live(shown)}
      aria-disabled=${pending || nothing}
      @click=${(event: Event) => {
        // What is shown is what the platform has recorded.
        event.preventDefault();
        if (!pending) name(!shown);
      }}
    />
    ${t('names')}
  </label>`;
}

function renderActs(view: Ready, { t }: Writer, acts: Acts, { asksToSignIn }: Setting): Part {
  const { mode, signedIn, ballot, draft, sends, door, pending, offline } = view;
  if (door) return nothing;
  if (mode === 'link') {
    const url = ballot?.url;
    if (!url) return nothing;
    const { host } = new URL(url);
    return html`<p>${t('link.why')}</p>
      <p><a part="button" class="main" href=${url}>${t('link', { host })}</a></p>`;
  }
  if (mode === 'session')
    return signedIn
      ? nothing
      : html`<p>${t('sign-in.why')}</p>
          ${
            asksToSignIn
              ? html`<cap-login-prompt reason=${t('sign-in.why')} .destination=${ballot?.url}></cap-login-prompt>`
              : html`<p>
                  <button part="button" class="main" type="button" @click=${acts.signIn}>${t('sign-in')}</button>
                </p>`
          }`;
  if (!draft || draft.recorded || pending) return nothing;
  const button = (content: string, act: () => void, able: boolean, main = true): TemplateResult =>
    html`<button
      part="button"
      class=${main ? 'main' : ''}
      type="button"
      aria-disabled=${able ? nothing : 'true'}
      @click=${able ? act : nothing}
    >
      ${content}
    </button>`;
  if (draft.away)
    return html`<p class="row">
      ${button(t('away.yes'), acts.confirm, true)} ${button(t('away.no'), acts.send, !offline, false)}
    </p>`;
  if (!view.items.length && !sends) return nothing;
  return html`<p class="row">
    ${
      draft.outcomes.length
        ? button(t('again'), acts.send, sends !== null)
        : button(t('review'), acts.review, sends !== null)
    }
  </p>`;
}
