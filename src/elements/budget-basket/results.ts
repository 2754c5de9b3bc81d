import { adoptStyles, html, nothing, type LitElement, type TemplateResult } from 'lit';

import { errorMessage, isRetryable } from '../../core/errors.js';
import type { DistrictResult, Outcome, RankedResult } from '../../domain/results.js';
import { results as french } from '../../i18n/locales/fr/results.js';
import type { Catalog } from '../../i18n/messages.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import { resultsOf } from '../../state/results.js';
import type { Runtime } from '../../state/runtime.js';
import { heading } from '../../ui/heading.js';
import { retryButton } from '../../ui/retry.js';
import { writerOf, type Writer } from '../base/writer.js';
import { styles } from './results.styles.js';

type Key = keyof typeof french;
type Part = TemplateResult | typeof nothing;

const messages: Catalog<Key> = {
  fr: french,
  others: { en: async () => (await import('../../i18n/locales/en/results.js')).results },
};

/** Rows that are shown before somebody asks for all. */
const FIRST = 24;

/** Where the results are shown. */
export interface ResultsPlace {
  readonly runtime: Runtime | undefined;
  readonly stepId: string;
  /** The step on the platform. */
  readonly url: string;
  readonly headingLevel: number;
}

/** The results of a step that is over, in an element that loads this once they are to be shown. */
export class Results {
  readonly #host: LitElement;
  readonly #place: () => ResultsPlace;
  readonly #locale: LocaleController<Key>;
  readonly #write: Writer<Key>;
  readonly #results: ResourceController<Outcome | null>;
  #all = false;

  constructor(host: LitElement, place: () => ResultsPlace) {
    this.#host = host;
    this.#place = place;
    this.#locale = new LocaleController(host, messages, () => place().runtime?.settings.lang);
    this.#write = writerOf(this.#locale, () => place().runtime?.settings.timeZone);
    this.#results = new ResourceController(host, () => {
      const { runtime, stepId } = place();
      return runtime && stepId ? resultsOf(runtime, stepId, this.#locale.wanted) : null;
    });
    const root = host.renderRoot as ShadowRoot;
    // Beside those of the element, and of whatever else it has loaded.
    adoptStyles(root, [...root.adoptedStyleSheets, styles]);
  }

  reload(): Promise<void> {
    return this.#results.reload();
  }

  render(): TemplateResult {
    const { t } = this.#locale;
    const { data, error, loading } = this.#results.state;
    const { headingLevel, url } = this.#place();
    const { host } = new URL(url);
    return html`<div part="results" class="results" aria-busy=${loading}>
      ${heading(headingLevel, t('title'))}
      ${
        data
          ? this.#renderOutcome(data)
          : data === null
            ? html`<p>${t('unavailable')} <a href=${url}>${t('see', { host })}</a></p>`
            : error
              ? html`<p part="message">${t(errorMessage(error.code))}</p>
                  ${isRetryable(error.code) ? html`<p>${retryButton(t(loading ? 'loading' : 'retry'), loading, this.#retry)}</p>` : nothing}
                  <p><a href=${url}>${t('see', { host })}</a></p>`
              : html`<p class="waiting">${t('loading')} <span class="skeleton"></span></p>`
      }
    </div>`;
  }

  #renderOutcome(outcome: Outcome): TemplateResult {
    const { t, money } = this.#write;
    const { results, budget, funding, spent, districts } = outcome;
    if (!results.length) return html`<p>${t('none')}</p>`;
    const funded = results.filter((result) => result.funded).length;
    const said =
      funding === 'computed'
        ? 'funding.computed.budget'
        : budget === null
          ? 'funding.decided'
          : 'funding.decided.budget';
    const params = { count: funded, spent: money(spent), budget: money(budget ?? 0) };
    return html`
      ${funding === 'none' ? nothing : html`<p part="funding">${t(said, params)}</p>`} ${this.#renderTable(outcome)}
      ${districts.length ? this.#renderDistricts(districts, funding) : nothing}
    `;
  }

  #renderTable({ results, funding }: Outcome): TemplateResult {
    const { t } = this.#write;
    const shown = this.#all ? results : results.slice(0, FIRST);
    const rest = results.length - shown.length;
    const some = (has: (result: RankedResult) => boolean): boolean => results.some(has);
    const most = Math.max(1, ...results.map(({ votes, points }) => points ?? votes));
    const columns = {
      district: some(({ district }) => district !== null),
      cost: some(({ cost }) => cost !== null),
      paper: some(({ paper }) => paper > 0),
      points: some(({ points }) => points !== null),
      decision: funding !== 'none',
    };
    return html`
      ${scrollable(
        t('caption'),
        html`<table part="table">
          <caption>
            ${t('caption')}
          </caption>
          <thead>
            <tr>
              ${head(t('rank'), 'number')} ${head(t('project'))} ${columns.district ? head(t('district')) : nothing}
              ${columns.cost ? head(t('cost'), 'number') : nothing}
              ${columns.paper ? html`${head(t('online'), 'number')} ${head(t('paper'), 'number')}` : nothing}
              ${head(t('votes'), 'number')} ${columns.points ? head(t('points'), 'number') : nothing}
              <td class="drawing"></td>
              ${columns.decision ? head(t('decision')) : nothing}
            </tr>
          </thead>
          <tbody>
            ${shown.map((result) => this.#renderRow(result, columns, most, funding))}
          </tbody>
        </table>`,
      )}
      ${
        rest
          ? html`<p>
              <button part="button" type="button" @click=${this.#showAll}>${t('all', { count: rest })}</button>
            </p>`
          : nothing
      }
    `;
  }

  #renderRow(
    result: RankedResult,
    columns: Readonly<Record<'district' | 'cost' | 'paper' | 'points' | 'decision', boolean>>,
    most: number,
    funding: Outcome['funding'],
  ): TemplateResult {
    const { t, money } = this.#write;
    const { rank, title, url, district, cost, online, paper, votes, points, funded, status } = result;
    const number = (value: number): Part => this.#number(value);
    // Points cannot be told apart by where they come from.
    const length = (value: number): number => Math.round((1000 * value) / most) / 10;
    const split = points === null ? length(online) : length(points);
    return html`<tr class=${funded ? 'funded' : ''}>
      <td class="number">${this.#locale.number(rank)}</td>
      <th scope="row"><a href=${url}>${title}</a></th>
      ${columns.district ? html`<td>${district ?? t('no-district')}</td>` : nothing}
      ${columns.cost ? html`<td class="number">${cost === null ? t('unknown') : money(cost)}</td>` : nothing}
      ${columns.paper ? html`${number(online)} ${number(paper)}` : nothing} ${number(votes)}
      ${points === null ? nothing : number(points)}
      <td class="drawing" aria-hidden="true">
        <svg part="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
          <rect width=${split} height="10"></rect>
          <rect class="paper" x=${split} width=${points === null ? length(paper) : 0} height="10"></rect>
        </svg>
      </td>
      ${
        columns.decision
          ? html`<td>
              ${
                status
                  ? status.name
                  : funded
                    ? t(funding === 'computed' ? 'funded.computed' : 'funded')
                    : html`<span aria-hidden="true">${t('not-funded')}</span
                        ><span class="hidden">${t('not-funded.label')}</span>`
              }
            </td>`
          : nothing
      }
    </tr>`;
  }

  #renderDistricts(districts: readonly DistrictResult[], funding: Outcome['funding']): TemplateResult {
    const { t, money } = this.#write;
    const pays = funding !== 'none';
    return scrollable(
      t('caption.districts'),
      html`<table part="table">
        <caption>
          ${t('caption.districts')}
        </caption>
        <thead>
          <tr>
            ${head(t('district'))} ${head(t('proposals'), 'number')} ${head(t('votes'), 'number')}
            ${pays ? html`${head(t('funded.count'), 'number')} ${head(t('funded.money'), 'number')}` : nothing}
          </tr>
        </thead>
        <tbody>
          ${districts.map(
            ({ name, proposals, votes, funded, spent }) =>
              html`<tr>
                <th scope="row">${name ?? t('no-district')}</th>
                ${this.#number(proposals)} ${this.#number(votes)}
                ${
                  pays
                    ? html`${this.#number(funded)}
                        <td class="number">${money(spent)}</td>`
                    : nothing
                }
              </tr>`,
          )}
        </tbody>
      </table>`,
    );
  }

  #number(value: number): TemplateResult {
    return html`<td class="number" translate="no">${this.#locale.number(value)}</td>`;
  }

  readonly #retry = (): void => void this.reload();

  readonly #showAll = async (): Promise<void> => {
    this.#all = true;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    // The button is gone: whoever pressed it goes on from the first new row.
    this.#host.renderRoot.querySelectorAll<HTMLElement>('.results tbody th a')[FIRST]?.focus();
  };
}

const head = (label: string, kind = ''): TemplateResult => html`<th scope="col" class=${kind}>${label}</th>`;

/** A table may be wider than the page: it is scrolled by itself, by keyboard too. */
const scrollable = (label: string, table: TemplateResult): TemplateResult =>
  html`<div class="scrolls" role="group" aria-label=${label} tabindex="0">${table}</div>`;
