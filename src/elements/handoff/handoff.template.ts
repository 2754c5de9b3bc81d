import { html, nothing, type TemplateResult } from 'lit';

import { errorMessage, type ErrorCode } from '../../core/errors.js';
import { heading } from '../../ui/heading.js';
import { retryButton } from '../../ui/retry.js';
import { notMe, sentence, tick } from './handoff.confirm.js';
import type { Page } from './handoff.page.js';
import type { HandoffView, Item, Ready } from './handoff.view.js';
import type { HandoffMessage } from './messages.js';

/** What to say of an interruption; of a session that may not have ended where that was all there was to do. */
export const interruption = (code: ErrorCode, signedIn: boolean, leaving: boolean): HandoffMessage =>
  leaving ? 'left.not' : !signedIn ? 'expired' : code === 'offline' ? 'interrupted.offline' : 'interrupted';

export const handoffTemplate = (view: HandoffView, page: Page): TemplateResult =>
  html`<div part="handoff" class="surface" lang=${page.lang} tabindex="-1">${contentOf(view, page)}</div>`;

function contentOf(view: HandoffView, page: Page): TemplateResult {
  const { t, platform } = page;
  switch (view.kind) {
    case 'loading':
      return html`<slot><p>${t('loading')}</p></slot>`;
    case 'empty':
      return html`${title(page, 'title.empty')}
        <p>${t('empty')}</p>
        <p><a href="${platform}/">${t('home')}</a></p>`;
    case 'error':
      if (view.refusal) {
        const { refusal } = view;
        const host = 'host' in refusal ? refusal.host : '';
        return html`${title(page, 'title.empty')}
          <p part="message" class="danger">${t(`refusal.${refusal.kind}`, { host })}</p>
          <p><a href="${platform}/">${t('home')}</a></p>`;
      }
      return html`${title(page, 'title.empty')}
        <p part="message" class="danger">${t(errorMessage(view.code))}</p>
        ${
          view.retryable
            ? html`<div class="acts">
                ${retryButton(t(view.retrying ? 'loading' : 'retry'), view.retrying, page.onRetry)}
              </div>`
            : nothing
        }`;
    case 'ready':
      return requestOf(view, page);
  }
}

const title = ({ t, level }: Page, key: HandoffMessage): TemplateResult =>
  level === 1 ? html`<h1 part="title">${t(key)}</h1>` : heading(level, t(key));

function requestOf(view: Ready, page: Page): TemplateResult {
  const { t } = page;
  const { request, proof, ballot, stage, progress } = view;
  const { host } = new URL(request.origin);
  const message = messageOf(view);
  const pressing = stage === 'confirm' || stage === 'sending';
  const busy = stage === 'sending' || page.busy;
  return html`
    ${title(page, stage === 'claimed' ? 'title.empty' : `title.${request.action}`)}
    ${proof === 'waiting' ? nothing : html`<p part="from">${t(`from.${proof}`, { host })}</p>`}
    ${stage === 'claimed' ? html`<p>${t('claimed', { host })}</p>` : nothing}
    ${message ? html`<p part="message" class=${message.good ? '' : 'danger'}>${t(message.key)}</p>` : nothing}
    ${ballot && stage !== 'claimed' ? html`<p>${t('ballot', { step: ballot.step.title })}</p>` : nothing}
    ${listOf(view, false, page)} ${listOf(view, true, page)}
    ${
      pressing && view.items.some(({ todo, wish }) => wish && todo)
        ? html`<p part="note">${t('anonymous')}</p>`
        : nothing
    }
    ${pressing ? tick(view, page) : nothing} ${stage === 'sign-in' ? prompt(page) : nothing}
    <div class=${pressing ? 'foot' : ''}>
      ${pressing ? sentence(view, page) : nothing}
      <div class="acts">${actsOf(view, page)}</div>
    </div>
    ${stage === 'done' && page.back.needed ? html`<p part="note">${t('return.needed', { host })}</p>` : nothing}
    ${pressing && view.account && request.action !== 'leave' ? notMe(page, busy) : nothing}
    ${stage === 'done' && view.account && !progress.left ? doneHere(page) : nothing}
  `;
}

/** Libraries, town halls and booths share browsers. */
const doneHere = ({ t, busy, onDoneHere }: Page): TemplateResult =>
  html`<p>
    <button part="button" type="button" aria-disabled=${busy || nothing} @click=${busy ? nothing : onDoneHere}>
      ${t('done-here')}
    </button>
  </p>`;

function messageOf({
  stage,
  progress,
  request,
  unsure,
  other,
  code,
}: Ready): { key: HandoffMessage; good: boolean } | null {
  switch (stage) {
    case 'sign-in':
      if (code === 'unauthorized' || progress.votes.length) return { key: 'expired', good: false };
      return { key: request.action === 'login' ? 'sign-in.login' : 'sign-in', good: true };
    case 'done':
      if (progress.left) return { key: 'left', good: true };
      if (code) return { key: 'left.not', good: false };
      if (request.action === 'login') return { key: 'done.login', good: true };
      if (progress.status === 'cancelled') return { key: 'done.nothing', good: true };
      if (progress.status === 'done') return { key: 'done', good: true };
      return { key: progress.votes.some((vote) => !vote.code) ? 'done.failed' : 'done.nothing', good: false };
    case 'confirm':
      if (other) return { key: 'other', good: false };
      return code ? { key: interruption(code, true, request.action === 'leave'), good: false } : null;
    case 'sending':
      return unsure ? { key: 'unsure', good: false } : null;
    case 'blocked':
    case 'claimed':
      return null;
  }
}

/** The proposals that are voted for, or those whose votes are taken back. */
function listOf({ items, request, stage, ticked }: Ready, wish: boolean, page: Page): TemplateResult | typeof nothing {
  const { t } = page;
  const own = items.filter((item) => item.wish === wish);
  if (!own.length) return nothing;
  const rows = own.map((item) => html`<li>${rowOf(item, page)}</li>`);
  const announces = (stage === 'confirm' || stage === 'sign-in') && own.some(({ met, outcome }) => !met && !outcome);
  return html`
    ${
      announces
        ? html`<p>
            ${t(wish ? 'list.vote' : ticked === false ? 'list.kept' : 'list.withdraw', { count: own.length })}
          </p>`
        : nothing
    }
    ${
      request.action === 'ballot' && wish
        ? html`<ol part="list">
            ${rows}
          </ol>`
        : html`<ul part="list">
            ${rows}
          </ul>`
    }
  `;
}

function rowOf(item: Item, page: Page): TemplateResult {
  const { t } = page;
  const said = outcomeOf(item);
  const finish = item.proposal?.own?.waitsFor === 'requirements' && item.outcome && item.proposal.own.finishUrl;
  return html`<span part="proposal">${item.proposal?.title ?? t('missing')}</span>
    ${said ? html`<span part="outcome" class=${said.good ? 'good' : 'bad'}>${t(said.key)}</span>` : nothing}
    ${finish ? html`<a href=${finish}>${t('finish')}</a>` : nothing}`;
}

const REFUSED: ReadonlySet<string> = new Set([
  'vote-limit-reached',
  'not-enough-budget',
  'step-closed',
  'not-votable',
  'not-found',
  'phone-already-used',
] satisfies ErrorCode[]);
type Refused = Extract<HandoffMessage, `refused.${string}`>;

function outcomeOf({ outcome, obstacle, met, wish, proposal }: Item): { key: HandoffMessage; good: boolean } | null {
  if (outcome?.code)
    return { key: REFUSED.has(outcome.code) ? (`refused.${outcome.code}` as Refused) : 'refused.other', good: false };
  if (obstacle) return { key: `blocked.${obstacle}`, good: false };
  if (!outcome && !met) return null;
  if (!wish) return { key: 'outcome.withdrawn', good: true };
  const own = proposal?.own;
  if (own?.waitsFor) return { key: `outcome.${own.waitsFor}`, good: false };
  return own?.accounted === false ? { key: 'outcome.minimum', good: false } : { key: 'outcome.recorded', good: true };
}

/** The ways in, of the platform itself; where they cannot be loaded, its page for it. */
function prompt({ t, platform, destination }: Page): TemplateResult {
  return html`<cap-login-prompt .destination=${destination}>
    <a href="${platform}/login?_destination=${encodeURIComponent(destination)}">${t('sign-in.link')}</a>
  </cap-login-prompt>`;
}

// One template for confirming and sending, so that the focus stays where it is.
function actsOf({ stage, request, items, progress, able, code }: Ready, page: Page): TemplateResult {
  const { t } = page;
  const { host } = new URL(request.origin);
  if (stage === 'done')
    return html`<a part="button" class="main" href=${page.back.url} @click=${page.onReturn}
      >${t('return', { host })}</a
    >`;
  const sending = stage === 'sending';
  if (stage === 'claimed')
    return html`<button part="button" class="main" type="button" @click=${page.onOpen}>${t('confirm.claimed')}</button>
      ${cancelButton('cancel', page)}`;
  const goesOn = request.action !== 'leave' && (code || progress.votes.length || items.every(({ met }) => met));
  return html`
    ${
      stage === 'confirm' || sending
        ? html`<button
            part="button"
            class="main"
            type="button"
            aria-describedby="sentence"
            aria-disabled=${sending || !able || !page.armed ? 'true' : nothing}
            @click=${page.onConfirm}
          >
            ${t(sending ? 'sending' : goesOn ? 'continue' : request.action === 'login' ? 'continue' : `confirm.${request.action}`)}
          </button>`
        : nothing
    }
    ${sending ? nothing : cancelButton(stage === 'blocked' ? 'return' : 'cancel', page, host)}
  `;
}

const cancelButton = (key: 'cancel' | 'return', { t, onCancel }: Page, host = ''): TemplateResult =>
  html`<button part="button" type="button" @click=${onCancel}>${t(key, { host })}</button>`;
