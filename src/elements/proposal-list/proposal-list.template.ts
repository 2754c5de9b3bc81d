import { html, nothing, type TemplateResult } from 'lit';

import { errorMessage, isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Ballot } from '../../domain/ballot.js';
import {
  ORDERS,
  type Choice,
  type ListedProposal,
  type ProposalChoices,
  type ProposalFilters,
} from '../../domain/proposal.js';
import { heading } from '../../ui/heading.js';
import { image as picture } from '../../ui/image.js';
import { retryButton } from '../../ui/retry.js';
import type { Writer } from '../base/writer.js';
import type { ProposalListMessage } from './messages.js';
import type { ListView, ProposalListView } from './proposal-list.view.js';

type Part = TemplateResult | typeof nothing;

export interface Write extends Writer<ProposalListMessage> {
  /** A time of day. */
  readonly time: (instant: number) => string;
}

/** What a visitor can choose from. */
export interface FilterBar {
  readonly filters: ProposalFilters;
  /** Null where the platform cannot filter. */
  readonly choices: ProposalChoices | null;
  readonly ballot: Ballot | null;
  /** The filters are not those that the page has set. */
  readonly changed: boolean;
  readonly onSubmit: (event: SubmitEvent) => void;
  readonly onClear: () => void;
}

/** Applied by its button: nothing changes while somebody is still choosing. */
export function renderFilters(
  { filters, choices, ballot, changed, onSubmit, onClear }: FilterBar,
  { t }: Write,
): TemplateResult {
  const orders = ORDERS.filter(
    (order) =>
      order === filters.order ||
      (order === 'votes' ? ballot?.step.votable && !ballot.secret : order !== 'cost' || choices?.costable),
  );
  const select = (
    name: 'order' | 'category' | 'theme' | 'district',
    options: readonly (readonly [string, string])[],
  ): TemplateResult =>
    html`<label part="field"
      >${t(name)}<select part="input" class="surface" name=${name}>
        ${options.map(
          ([value, label]) => html`<option value=${value} ?selected=${value === filters[name]}>${label}</option>`,
        )}
      </select></label
    >`;
  const filter = (name: 'category' | 'theme' | 'district', known: readonly Choice[] = []): Part =>
    known.length
      ? select(name, [['', t(`all.${name}`)], ...known.map((choice) => [choice.id, choice.name] as const)])
      : nothing;
  return html`<form part="filters" @submit=${onSubmit}>
    <div class="fields" role="group" aria-label=${t('filters')}>
      ${select(
        'order',
        orders.map((order) => [order, t(`order.${order}`)]),
      )}
      ${
        choices
          ? html`<label part="field"
              >${t('term')}<input part="input" class="surface" type="search" name="term" value=${filters.term}
            /></label>`
          : nothing
      }
      ${filter('category', choices?.categories)} ${filter('theme', choices?.themes)}
      ${filter('district', choices?.districts)}
      <button part="button">${t('apply')}</button>
      ${changed ? html`<button part="button" type="button" @click=${onClear}>${t('clear')}</button>` : nothing}
    </div>
  </form>`;
}

/** A button that reads from the platform, and whether that goes on. */
export interface Retry {
  readonly loading: boolean;
  readonly onClick: () => void;
}

const renderRetry = ({ loading, onClick }: Retry, { t }: Write): TemplateResult =>
  html`<p>${retryButton(t(loading ? 'loading' : 'retry'), loading, onClick)}</p>`;

/** Why there is no list. */
export const renderFailure = ({ kind, code }: ProposalListView, retry: Retry, write: Write): Part =>
  code
    ? html`<p part="message">${write.t(errorMessage(code))}</p>
        ${kind === 'error' && isRetryable(code) ? renderRetry(retry, write) : nothing}`
    : nothing;

/** Whether anything is left out. */
const narrows = ({ category, district, theme, term }: ProposalFilters): boolean =>
  Boolean(category || district || theme || term);

/** How many proposals there are, in words. */
export function countOf({ list: { items, total }, pending }: ListView, filters: ProposalFilters, { t }: Write): string {
  const { length } = items;
  if (pending) return t('loading');
  if (!length) return t(narrows(filters) ? 'none' : 'none.yet');
  return total !== null && length < total
    ? t('count.some', { shown: length, count: total })
    : t('count', { count: length });
}

/** All that is said once for all cards. */
export function renderRemarks(
  view: ListView,
  filters: ProposalFilters,
  filtered: boolean,
  retry: Retry,
  write: Write,
): TemplateResult {
  const { ballot, door, staleSince } = view;
  const { t, date, end, time } = write;
  const { startAt = null, endAt = null, told } = ballot?.step ?? {};
  const secret = door === 'not-votable' ? null : ballot?.secret;
  const remark = (part: 'note' | 'rules' | 'message', text: string | false | null | undefined): Part =>
    text ? html`<p part=${part}>${text}</p>` : nothing;
  const dated = (key: ProposalListMessage, detailed: ProposalListMessage, on: string | 0 | null): string =>
    on ? t(detailed, { date: on }) : t(key);
  return html`
    <p part="count">${countOf(view, filters, write)}</p>
    ${remark('note', filters.order === 'random' && t('random.note'))}
    ${remark('message', !filtered && narrows(filters) && t('unfiltered'))}
    ${remark('rules', door === 'step-future' && dated('vote.future', 'vote.future.from', startAt && date(startAt)))}
    ${remark('rules', door === 'step-closed' && dated('vote.closed', 'vote.closed.since', told ? null : endAt && end(endAt)))}
    ${remark(
      'rules',
      secret && dated('vote.secret', 'vote.secret.until', secret.publishedAt && date(secret.publishedAt)),
    )}
    ${
      staleSince === null
        ? nothing
        : html`${remark('message', t('stale', { time: time(staleSince) }))} ${renderRetry(retry, write)}`
    }
  `;
}

/** What every card depends on, beside its proposal. */
interface CardSetting {
  readonly stepId: string;
  readonly headingLevel: number;
  /** Some proposals have a picture: those without keep its room. */
  readonly pictured: boolean;
  /** Null where nobody can vote in the step at all. */
  readonly variant: 'full' | 'compact' | null;
}

/** The first cards, and the room for the others. */
export function renderCards(
  { list: { items }, ballot, door, pending }: ListView,
  drawn: number,
  stepId: string,
  headingLevel: number,
  write: Write,
): TemplateResult {
  const pictured = items.some(({ image }) => image);
  // What is said once above the cards need not be said by each button.
  const variant = door === 'not-votable' ? null : ballot?.secret ? 'compact' : 'full';
  const setting = { stepId, headingLevel, pictured, variant } as const;
  return html`<ul part="list" role="list" class=${door ?? ''} aria-busy=${pending}>
    ${items.map((proposal, i) => (i < drawn ? renderCard(proposal, setting, write) : PLACE))}
  </ul>`;
}

function renderCard(
  { id, url, title, image, status, category, theme, district, excerpt, cost, author }: ListedProposal,
  { stepId, headingLevel, pictured, variant }: CardSetting,
  { t, money }: Write,
): TemplateResult {
  const detail = (text: string | null): Part => (text ? html`<li part="detail">${text}</li>` : nothing);
  return html`<li part="card" class="surface">
    ${pictured ? html`<div part="cover">${image ? picture(image) : nothing}</div>` : nothing}
    <div class="body">
      ${status ? html`<p><span part="status" class=${status.tone}>${status.name}</span></p>` : nothing}
      ${heading(headingLevel, html`<a part="link" href=${url}>${title}</a>`)}
      ${excerpt ? html`<p part="excerpt">${excerpt}</p>` : nothing}
      <ul part="details" role="list">
        ${detail(category)}${detail(theme)}${detail(district)}
        ${detail(cost === null ? null : t('cost', { cost: money(cost) }))}
        ${detail(author && t('author', { name: author }))}
      </ul>
      ${
        variant
          ? html`<cap-vote-button
              proposal-id=${id}
              step-id=${stepId}
              variant=${variant}
              .inList=${true}
            ></cap-vote-button>`
          : nothing
      }
    </div>
  </li>`;
}

/** The room that a card will take. */
const PLACE = html`<li part="card" class="surface">
  <div part="cover"></div>
  <div class="body"></div>
</li>`;

/** The room of the whole list, under the page's own link. */
export const renderLoading = (count: number): TemplateResult =>
  html`<div class="bar"><slot></slot></div>
    <ul part="list" role="list" aria-hidden="true">
      ${Array<TemplateResult>(count).fill(PLACE)}
    </ul>`;

/** Adds to the list, also once that has failed. */
export const renderMore = ({ loading, onClick }: Retry, failed: ErrorCode | undefined, { t }: Write): TemplateResult =>
  html`<div class="more">
    ${failed ? html`<p part="message">${t(errorMessage(failed))}</p>` : nothing}
    ${retryButton(t(loading ? 'loading' : failed ? 'retry' : 'more'), loading, onClick)}
  </div>`;
