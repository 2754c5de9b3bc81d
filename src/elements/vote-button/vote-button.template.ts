import { html, nothing, type TemplateResult } from 'lit';

import { errorMessage } from '../../core/errors.js';
import { icon } from '../../ui/icon.js';
import { retryButton } from '../../ui/retry.js';
import { framed } from '../../state/frame.js';
import type { Writer } from './vote-button.message.js';
import type { VoteButtonView } from './vote-button.view.js';

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;
type Part = TemplateResult | typeof nothing;

const CHECK = 'M5 12.5l4.5 4.5L19 7';

/** The page's own content, with why there is no button. */
export function renderFallback(
  view: Exclude<VoteButtonView, Ready>,
  { t }: Writer,
  onRetry: () => void,
): TemplateResult {
  if (view.kind === 'loading')
    return html`<div class="row">
      <slot><span class="skeleton"></span></slot>
    </div>`;
  return html`
    <slot></slot>
    ${view.code ? html`<p part="message">${t(errorMessage(view.code))}</p>` : nothing}
    ${
      view.kind === 'error' && view.retryable
        ? html`<div class="retry">${retryButton(t(view.retrying ? 'loading' : 'retry'), view.retrying, onRetry)}</div>`
        : nothing
    }
  `;
}

/** One template for every state with a button, so that a change of state does not take the focus away. */
function renderControl(
  { act, ballot, proposal: { title, url }, voted, blocked, question }: Ready,
  { t }: Writer,
  onClick: (event: MouseEvent) => void,
): TemplateResult {
  if (act === 'link') {
    const { host } = new URL(url);
    const wording = blocked ? 'see' : 'link';
    // In another page's frame the platform's page would not show itself.
    const away = framed();
    return html`<a
      part="button"
      href=${url}
      target=${away ? '_blank' : nothing}
      rel=${away ? 'noopener' : nothing}
      aria-label=${t(`${wording}.for`, { host, title }) + (away ? ` ${t('new-window')}` : '')}
      >${t(wording, { host })}${away ? ` ${t('new-window')}` : nothing}</a
    >`;
  }
  const wording = act === 'choose' ? act : (ballot?.wording ?? 'vote');
  return html`<button
    part="button"
    type="button"
    aria-label=${t(`${wording}.for`, { title })}
    aria-pressed=${voted}
    aria-disabled=${blocked || question ? 'true' : nothing}
    aria-describedby="message"
    @click=${onClick}
  >
    ${voted ? icon(CHECK) : nothing}${t(wording)}
  </button>`;
}

/** The number of votes; nothing where nobody may know it. */
function renderCount({ ballot, proposal: { count } }: Ready, { t, date }: Writer): Part {
  if (ballot?.secret) {
    const { publishedAt } = ballot.secret;
    return html`<span part="count"
      >${publishedAt === null ? t('secret') : t('secret.until', { date: date(publishedAt) })}</span
    >`;
  }
  // Without the rules nobody knows whether the ballot is secret: no number then.
  if (!count || !ballot) return nothing;
  const all = t('count', { count: count.online + (count.paper ?? 0) });
  return count.paper
    ? html`<details part="count">
        <summary>${all}</summary>
        ${t('split', { online: count.online, paper: count.paper })}
      </details>`
    : html`<span part="count">${all}</span>`;
}

/** How far the proposal is from the votes that it needs, in words and drawn. */
function renderThreshold({ ballot, proposal: { count } }: Ready, { t }: Writer): Part {
  const threshold = ballot?.threshold;
  if (!threshold || !count || ballot.secret) return nothing;
  const votes = count.online + (count.paper ?? 0);
  return html`<p part="threshold">
    <meter min="0" max=${threshold} .value=${votes} aria-hidden="true"></meter>
    ${votes < threshold ? t('threshold', { count: votes, threshold }) : t('threshold.reached', { threshold })}
  </p>`;
}

/** A sentence under the button. */
export interface Said {
  readonly text: string;
  readonly tone: string;
}

/** What stands around the control, and is not of the view's making. */
export interface Setting {
  readonly said: Said | null;
  /** Leaves out the numbers. */
  readonly compact: boolean;
  /** The visitor has pressed the button without a session. */
  readonly asksToSignIn: boolean;
  /** What is asked before anything is done. */
  readonly question: unknown;
  /** Who is signed in, and how he leaves. */
  readonly farewell: unknown;
}

/** The button, or the link in its place, and all that there is to say about it. */
export function renderReady(
  view: Ready,
  write: Writer,
  onClick: (event: MouseEvent) => void,
  { said, compact, asksToSignIn, question, farewell }: Setting,
): TemplateResult {
  const { t } = write;
  const { act, waitsFor, proposal } = view;
  const finish = waitsFor === 'requirements' && proposal.own?.finishUrl;
  return html`
    <div class="row">${renderControl(view, write, onClick)} ${compact ? nothing : renderCount(view, write)}</div>
    ${compact ? nothing : renderThreshold(view, write)}
    ${said ? html`<p part="message" id="message" class=${said.tone}>${said.text}</p>` : nothing}
    ${finish ? html`<p><a href=${finish}>${t('finish')}</a></p>` : nothing} ${question}
    ${
      asksToSignIn && act === 'sign-in'
        ? html`<cap-login-prompt message=${t('sign-in')} .destination=${proposal.url}></cap-login-prompt>`
        : nothing
    }
    ${farewell}
  `;
}
