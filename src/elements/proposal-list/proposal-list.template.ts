import { html, nothing, type TemplateResult } from 'lit';

import type { Choice, ListedProposal, ProposalFilters, ProposalOrder } from '../../domain/proposal.js';
import { heading } from '../../ui/heading.js';
import type { Writer } from '../base/writer.js';
import type { ProposalListMessage } from './messages.js';
import type { ListView } from './proposal-list.view.js';

type Part = TemplateResult | typeof nothing;
type Write = Writer<ProposalListMessage>;

/** What a visitor can choose from. */
export interface FilterBar {
  readonly filters: ProposalFilters;
  readonly orders: readonly ProposalOrder[];
  /** Null where the platform cannot filter. */
  readonly choices: Readonly<Record<'category' | 'theme' | 'district', readonly Choice[]>> | null;
  /** The filters are not those that the page has set. */
  readonly changed: boolean;
  readonly onSubmit: (event: SubmitEvent) => void;
  readonly onClear: () => void;
}

/** Applied by its button: nothing changes while somebody is still choosing. */
export function renderFilters(
  { filters, orders, choices, changed, onSubmit, onClear }: FilterBar,
  { t }: Write,
): TemplateResult {
  const select = (
    name: 'order' | 'category' | 'theme' | 'district',
    options: readonly (readonly [string, string])[],
  ): TemplateResult =>
    html`<label part="field"
      >${t(name)}<select part="input" name=${name}>
        ${options.map(
          ([value, label]) => html`<option value=${value} .selected=${value === filters[name]}>${label}</option>`,
        )}
      </select></label
    >`;
  const filter = (name: 'category' | 'theme' | 'district'): Part => {
    const known = choices?.[name] ?? [];
    return known.length
      ? select(name, [['', t(`all.${name}`)], ...known.map((choice) => [choice.id, choice.name] as const)])
      : nothing;
  };
  return html`<form part="filters" @submit=${onSubmit}>
    <div class="fields" role="group" aria-label=${t('filters')}>
      ${select(
        'order',
        orders.map((order) => [order, t(`order.${order}`)]),
      )}
      ${
        choices
          ? html`<label part="field"
              >${t('term')}<input part="input" type="search" name="term" .value=${filters.term}
            /></label>`
          : nothing
      }
      ${filter('category')} ${filter('theme')} ${filter('district')}
      <button part="button">${t('apply')}</button>
      ${changed ? html`<button part="button" type="button" @click=${onClear}>${t('clear')}</button>` : nothing}
    </div>
  </form>`;
}

/** Said once for all cards. */
export function renderRules({ ballot, door }: ListView, { t, date, end }: Write): Part {
  if (!ballot) return nothing;
  const { secret } = ballot;
  const { startAt, endAt } = ballot.step;
  const said =
    door === 'step-future'
      ? startAt
        ? t('vote.future.from', { date: date(startAt) })
        : t('vote.future')
      : door === 'step-closed'
        ? endAt
          ? t('vote.closed.since', { date: end(endAt) })
          : t('vote.closed')
        : nothing;
  return html`${said === nothing ? nothing : html`<p part="rules">${said}</p>`}
  ${
    secret && door !== 'not-votable'
      ? html`<p part="rules">
          ${secret.publishedAt ? t('vote.secret.until', { date: date(secret.publishedAt) }) : t('vote.secret')}
        </p>`
      : nothing
  }`;
}

/** What every card depends on, beside its proposal. */
export interface CardSetting {
  readonly stepId: string;
  readonly headingLevel: number;
  /** Some proposals have a picture: those without keep its room. */
  readonly pictured: boolean;
  /** Null where nobody can vote in the step at all. */
  readonly variant: 'full' | 'compact' | null;
}

/** The first cards, and the room for the others. */
export const renderCards = (
  proposals: readonly ListedProposal[],
  drawn: number,
  setting: CardSetting,
  write: Write,
): TemplateResult[] => proposals.map((proposal, i) => (i < drawn ? renderCard(proposal, setting, write) : PLACE));

function renderCard(
  { id, url, title, image, status, category, theme, district, excerpt, cost, author }: ListedProposal,
  { stepId, headingLevel, pictured, variant }: CardSetting,
  { t, money }: Write,
): TemplateResult {
  const detail = (text: string | null): Part => (text ? html`<li part="detail">${text}</li>` : nothing);
  return html`<li part="card">
    ${
      pictured
        ? html`<div part="cover">
            ${
              image
                ? html`<img src=${image} alt="" loading="lazy" referrerpolicy="strict-origin" @error=${dropImage} />`
                : nothing
            }
          </div>`
        : nothing
    }
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
          ? html`<cap-vote-button proposal-id=${id} step-id=${stepId} variant=${variant}></cap-vote-button>`
          : nothing
      }
    </div>
  </li>`;
}

/** Without the picture its room shows the same as where there is none. */
const dropImage = ({ target }: Event): void => (target as Element).remove();

/** The room that a card will take. */
const PLACE = html`<li part="card">
  <div part="cover"></div>
  <div class="body"></div>
</li>`;

export const renderSkeletons = (count: number): TemplateResult =>
  html`<ul part="list" role="list" aria-hidden="true">
    ${Array<TemplateResult>(count).fill(PLACE)}
  </ul>`;
