import { html, nothing, type TemplateResult } from 'lit';

import { errorMessage, type ErrorCode } from '../../core/errors.js';
import type { Params } from '../../i18n/messages.js';
import { heading } from '../../ui/heading.js';
import { retryButton } from '../../ui/retry.js';
import type { HandoffView, Item, Ready } from './handoff.view.js';
import type { HandoffMessage } from './messages.js';

export interface Page {
  readonly t: (key: HandoffMessage, params?: Params) => string;
  readonly lang: string;
  readonly level: number;
  readonly platform: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly onReturn: (event: Event) => void;
  readonly onRetry: () => void;
}

/** What to say of an interruption. */
export const interruption = (code: ErrorCode, signedIn: boolean): HandoffMessage =>
  !signedIn ? 'expired' : code === 'offline' ? 'interrupted.offline' : 'interrupted';

export const handoffTemplate = (view: HandoffView, page: Page): TemplateResult =>
  html`<div part="handoff" lang=${page.lang} tabindex="-1">${contentOf(view, page)}</div>`;

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
  const { request, ballot, stage, account } = view;
  const message = messageOf(view);
  return html`
    ${title(page, `title.${request.action}`)}
    <p part="from">${t('from', { host: new URL(request.origin).host })}</p>
    ${message ? html`<p part="message" class=${message.good ? '' : 'danger'}>${t(message.key)}</p>` : nothing}
    ${ballot ? html`<p>${t('ballot', { step: ballot.step.title })}</p>` : nothing} ${listOf(view, false, page)}
    ${listOf(view, true, page)} ${stage === 'confirm' || stage === 'sending' ? notes(account, view, page) : nothing}
    ${stage === 'sign-in' ? prompt(page) : nothing}
    <div class="acts">${actsOf(view, page)}</div>
  `;
}

function notes(account: string | null, { items }: Ready, { t }: Page): TemplateResult {
  return html`<div part="note">
    ${account ? html`<p>${t('account', { name: account })}</p>` : nothing}
    ${items.some(({ wish, met }) => wish && !met) ? html`<p>${t('anonymous')}</p>` : nothing}
  </div>`;
}

function messageOf({
  stage,
  progress,
  request,
  items,
  unsure,
  code,
}: Ready): { key: HandoffMessage; good: boolean } | null {
  switch (stage) {
    case 'sign-in':
      if (code === 'unauthorized' || progress.votes.length) return { key: 'expired', good: false };
      return { key: request.action === 'login' ? 'sign-in.login' : 'sign-in', good: true };
    case 'done':
      if (request.action === 'login') return { key: 'done.login', good: true };
      if (progress.status === 'done') return { key: 'done', good: true };
      return { key: progress.votes.some((vote) => !vote.code) ? 'done.failed' : 'done.nothing', good: false };
    case 'confirm':
      if (code) return { key: interruption(code, true), good: false };
      return items.every(({ met }) => met) ? { key: 'list.nothing', good: true } : null;
    case 'sending':
      return unsure ? { key: 'unsure', good: false } : null;
    case 'blocked':
      return null;
  }
}

/** The proposals that are voted for, or those whose votes are taken back. */
function listOf({ items, request, stage }: Ready, wish: boolean, page: Page): TemplateResult | typeof nothing {
  const { t } = page;
  const own = items.filter((item) => item.wish === wish);
  if (!own.length) return nothing;
  const rows = own.map((item) => html`<li>${rowOf(item, page)}</li>`);
  const announces = (stage === 'confirm' || stage === 'sign-in') && own.some(({ met, outcome }) => !met && !outcome);
  return html`
    ${announces ? html`<p>${t(wish ? 'list.vote' : 'list.withdraw', { count: own.length })}</p>` : nothing}
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
function prompt({ t, platform }: Page): TemplateResult {
  const back = encodeURIComponent(location.pathname + location.search + location.hash);
  return html`<cap-login-prompt .destination=${location.href}>
    <a href="${platform}/login?_destination=${back}">${t('sign-in.link')}</a>
  </cap-login-prompt>`;
}

// One template for confirming and sending, so that the focus stays where it is.
function actsOf({ stage, request, items, progress, armed, code }: Ready, page: Page): TemplateResult {
  const { t } = page;
  const { host } = new URL(request.origin);
  if (stage === 'done')
    return html`<a part="button" class="main" href=${request.returnUrl} @click=${page.onReturn}
      >${t('return', { host })}</a
    >`;
  const sending = stage === 'sending';
  const goesOn = code || progress.votes.length || items.every(({ met }) => met) || request.action === 'login';
  return html`
    ${
      stage === 'confirm' || sending
        ? html`<button
            part="button"
            class="main"
            type="button"
            aria-disabled=${sending || !armed ? 'true' : nothing}
            @click=${page.onConfirm}
          >
            ${t(sending ? 'sending' : goesOn ? 'continue' : `confirm.${request.action}`)}
          </button>`
        : nothing
    }
    ${
      sending
        ? nothing
        : html`<button part="button" type="button" @click=${page.onCancel}>
            ${stage === 'blocked' ? t('return', { host }) : t('cancel')}
          </button>`
    }
  `;
}
