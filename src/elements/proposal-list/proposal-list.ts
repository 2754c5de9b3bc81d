import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { errorMessage, isRetryable } from '../../core/errors.js';
import { tell } from '../../core/tell.js';
import type { PageOf } from '../../domain/page-of.js';
import {
  FILTERS,
  ORDERS,
  type ListedProposal,
  type ProposalFilters,
  type ProposalOrder,
} from '../../domain/proposal.js';
import { ClockController } from '../../state/clock-controller.js';
import { LocaleController } from '../../state/locale-controller.js';
import { Pages } from '../../state/pages.js';
import { AddressController } from '../../state/proposal-list-address.js';
import { choicesOf, proposalsOf, VotesController } from '../../state/proposal-list.js';
import { ResourceController } from '../../state/resource-controller.js';
import { ballotOf, viewerOf } from '../../state/voting.js';
import { hostStyles } from '../../ui/host.styles.js';
import { retryButton } from '../../ui/retry.js';
import { headingLevel, oneOf, wholeNumber } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { writerOf } from '../base/writer.js';
import { messages } from './messages.js';
import { styles } from './proposal-list.styles.js';
import { renderCards, renderFilters, renderRules, renderSkeletons } from './proposal-list.template.js';
import { isList, keep, proposalListView, type ListView, type ProposalListView } from './proposal-list.view.js';

/** Cards that are drawn at once: each has a vote button, and a browser must be able to do other things in between. */
const BATCH = 6;

/**
 * Shows the proposals of a step as cards to sort, filter and search, each with its vote button.
 *
 * @tag cap-proposal-list
 * @summary The proposals of a step, with their vote buttons.
 * @status experimental
 * @since 0.2
 * @slot - Link to the step on the platform: shown until the list is, and whenever it cannot be.
 * @fires {CapLoadEvent} cap-load - The list is on screen for the first time.
 * @fires {CapErrorEvent} cap-error - The list could not be read, or not again.
 * @csspart filters - The bar with which visitors sort, filter and search.
 * @csspart field - A field of that bar with its label.
 * @csspart input - The control of a field.
 * @csspart count - How many proposals there are.
 * @csspart rules - Why nobody can vote now, or that the ballot is secret.
 * @csspart list - The list of cards.
 * @csspart card - One card.
 * @csspart cover - The picture of a proposal, or the room for it.
 * @csspart status - What has become of a proposal.
 * @csspart title - The heading of a card.
 * @csspart link - The link to a proposal.
 * @csspart excerpt - What a proposal is about.
 * @csspart details - List of what else there is to say: category, theme, district, cost, author.
 * @csspart detail - One of these.
 * @csspart message - Why the list shows nothing, or old proposals.
 * @csspart button - Applies or clears the filters, shows more, or tries again.
 * @cssproperty [--cap-proposal-list-gap=var(--cap-space)] - Space between and in the cards.
 * @cssproperty [--cap-proposal-list-column=18em] - Least width of a column.
 * @cssproperty [--cap-proposal-list-ratio=16 / 9] - Width and height of the pictures.
 * @cssproperty [--cap-proposal-list-radius=var(--cap-radius)] - Corners of the cards.
 * @cssstate loading - No answer yet.
 * @cssstate ready - Proposals are shown.
 * @cssstate empty - No proposal fits, or there is no such step.
 * @cssstate error - The list could not be read, or the page names no platform.
 * @cssstate pending - Other filters are set, and what fits them is being read.
 * @cssstate stale - The latest reading failed: what is shown is older.
 * @cssstate future - The vote is still to come.
 * @cssstate closed - The vote is over.
 * @cssstate secret - The ballot is secret.
 */
export class CapProposalList extends CapElement {
  static override styles = [hostStyles, styles];
  static override properties = {
    stepId: { attribute: 'step-id' },
    order: { converter: oneOf(...ORDERS) },
    category: {},
    district: {},
    theme: {},
    term: {},
    first: { converter: wholeNumber(24, 1, 100) },
    layout: { converter: oneOf('grid', 'list'), reflect: true, useDefault: true },
    syncUrl: { type: Boolean, attribute: 'sync-url' },
    headingLevel: { attribute: 'heading-level', converter: headingLevel },
  };

  /** Global ID of the step. */
  stepId = '';
  /** Order until the visitor chooses another one. By votes needs a ballot that is not secret, else it is random. */
  order: ProposalOrder = 'random';
  /** ID of the category to show until the visitor chooses another one. Empty: all. */
  category = '';
  /** ID of the district, likewise. */
  district = '';
  /** ID of the theme, likewise. */
  theme = '';
  /** Words to find, likewise. */
  term = '';
  /** Proposals to show at first, and to add each time: 1 to 100. */
  first = 24;
  /** Cards side by side, or one under the other. */
  layout: 'grid' | 'list' = 'grid';
  /** Keeps what the visitor has chosen in the address of the page. */
  syncUrl = false;
  /** Level of the titles, 2 to 6. */
  headingLevel = 3;

  /** What the visitor has chosen instead of what the page has set. */
  #own: ReadonlyMap<string, string> = new Map();
  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #address = new AddressController(
    this,
    () => this.syncUrl,
    (values) => {
      this.#own = values;
      this.requestUpdate();
    },
  );
  readonly #viewer = new ResourceController(this, () => this.runtime && viewerOf(this.runtime, this.#locale.wanted));
  readonly #ballot = new ResourceController(this, () =>
    this.runtime && this.stepId ? ballotOf(this.runtime, this.stepId, this.#locale.wanted) : null,
  );
  readonly #choices = new ResourceController(this, () =>
    this.runtime && this.stepId ? choicesOf(this.runtime, this.stepId, this.#locale.wanted) : null,
  );
  readonly #pages = new Pages(this, () => {
    const { runtime, stepId } = this;
    const { data, error } = this.#ballot.state;
    // The order by votes would tell what a secret ballot keeps: whether it is one is known first.
    return runtime && stepId && (this.#filters.order !== 'votes' || data !== undefined || error)
      ? proposalsOf(runtime, stepId, this.#asked, this.first, this.#locale.wanted)
      : null;
  });
  readonly #votes = new VotesController(this);
  readonly #write = writerOf(this.#locale, () => this.runtime?.settings.timeZone);
  #view: ProposalListView = { kind: 'loading' };
  /** What the list is of: the step and who tells of it. */
  #subject = '';
  /** What is on screen, or about to be. */
  #list: PageOf<ListedProposal> | undefined;
  /** As it was read, and with which filters. */
  #read: PageOf<ListedProposal> | undefined;
  #filteredBy = '';
  /** The next reading may bring other proposals, and another order. */
  #renews = true;
  #grows = false;
  /** How many cards are drawn by now. */
  #drawn = 0;

  override async reload(): Promise<void> {
    this.#renews = true;
    await Promise.all([this.#viewer, this.#ballot, this.#choices, this.#pages].map((one) => one.reload()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  // What the page sets holds from then on, whatever the visitor has chosen before.
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated)
      this.#own = new Map([...this.#own].filter(([name]) => !changed.has(name as keyof ProposalFilters)));
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    const { runtime, stepId } = this;
    const lang = this.#locale.wanted;
    const { now } = this.#clock;
    if (!stepId) tell('no-id', this.localName, 'step-id');
    const subject = [stepId, lang, JSON.stringify(runtime?.settings)].join();
    if (subject !== this.#subject) this.#forget();
    this.#subject = subject;
    const page = this.#pages.state;
    this.#keep(page.data);
    const sources = { page, ballot: this.#ballot.state, choices: this.#choices.state, list: this.#list };
    const view = proposalListView(sources, Boolean(runtime && stepId), now);
    this.#view = this.#locale.ready ? view : { kind: 'loading' };
    const list = isList(this.#view) ? this.#view : undefined;
    if (list) this.#drawn = Math.min(list.list.items.length, this.#drawn + BATCH);
    if (runtime) this.#votes.hold(runtime, stepId, lang, page.data?.items ?? []);
    const { startAt = null, endAt = null } = list?.ballot?.step ?? {};
    this.#clock.wakeAt([startAt, endAt].find((date) => date !== null && date > now) ?? null);
    this.show(
      this.#view,
      list?.pending && 'pending',
      list?.code && 'stale',
      list?.door?.replace('step-', ''),
      list?.ballot?.secret ? 'secret' : undefined,
    );
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    // Whoever is somewhere in the list stays there, whatever becomes of it.
    let focused = this.shadowRoot?.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    super.updated(changed);
    if (focused?.isConnected) (focused as HTMLElement).focus({ preventScroll: true });
    if (isList(this.#view) && this.#drawn < this.#view.list.items.length) setTimeout(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    return html`<div class="proposals" lang=${this.#locale.wanted} dir="ltr">
      ${view.kind === 'loading' || !this.#list ? this.#renderFallback(view) : this.#renderList(view)}
    </div>`;
  }

  #renderFallback(view: ProposalListView): TemplateResult {
    if (view.kind === 'loading')
      return html`<div class="bar"><slot></slot></div>
        ${renderSkeletons(this.first)}`;
    return html`<slot></slot>${this.#renderFailure(view)}`;
  }

  /** Also where it is the list of other filters that cannot be read: then these can be changed. */
  #renderFailure({ kind, code }: ProposalListView): TemplateResult {
    const { t } = this.#locale;
    const { loading } = this.#pages.state;
    return html`
      ${code ? html`<p part="message">${t(errorMessage(code))}</p>` : nothing}
      ${kind === 'error' && code && isRetryable(code) ? this.#renderRetry(loading) : nothing}
    `;
  }

  #renderRetry(loading: boolean): TemplateResult {
    return html`<p>${retryButton(this.#locale.t(loading ? 'loading' : 'retry'), loading, this.#retry)}</p>`;
  }

  #renderList(view: ProposalListView): TemplateResult {
    const asked = this.#asked;
    const choices = this.#choices.state.data ?? null;
    const { ballot } = isList(view) ? view : { ballot: null };
    const bar = {
      filters: asked,
      orders: ORDERS.filter(
        (order) =>
          order === asked.order ||
          (order === 'votes' ? ballot?.step.votable && !ballot.secret : order !== 'cost' || choices?.costable),
      ),
      choices: choices && { category: choices.categories, theme: choices.themes, district: choices.districts },
      changed: this.#own.size > 0,
      onSubmit: this.#onSubmit,
      onClear: this.#onClear,
    };
    return html`${renderFilters(bar, this.#write)}
    ${isList(view) ? this.#renderProposals(view, asked, choices !== null) : this.#renderFailure(view)}`;
  }

  #renderProposals(view: ListView, asked: ProposalFilters, filtered: boolean): TemplateResult {
    const { t } = this.#locale;
    const { items } = view.list;
    const { ballot, door, staleSince } = view;
    const setting = {
      stepId: this.stepId,
      headingLevel: this.headingLevel,
      pictured: items.some(({ image }) => image),
      variant: door === 'not-votable' ? null : ballot?.secret ? ('compact' as const) : ('full' as const),
    };
    return html`
      <p part="count">${this.#countOf(view)}</p>
      ${asked.order === 'random' ? html`<p part="note">${t('random.note')}</p>` : nothing}
      ${filtered || !narrows(asked) ? nothing : html`<p part="message">${t('unfiltered')}</p>`}
      ${renderRules(view, this.#write)}
      ${
        staleSince === null
          ? nothing
          : html`<p part="message">${t('stale', { time: this.#locale.date(staleSince, { timeStyle: 'short' }) })}</p>
              ${this.#renderRetry(this.#pages.state.loading)}`
      }
      <ul part="list" role="list" class=${door ?? ''} aria-busy=${view.pending}>
        ${renderCards(items, this.#drawn, setting, this.#write)}
      </ul>
      ${view.list.next ? this.#renderMore() : nothing}
    `;
  }

  #renderMore(): TemplateResult {
    const { loadingMore, moreError } = this.#pages;
    const { t } = this.#locale;
    const label = loadingMore ? 'loading' : moreError ? 'retry' : 'more';
    return html`<div class="more">
      ${moreError ? html`<p part="message">${t(errorMessage(moreError.code))}</p>` : nothing}
      ${retryButton(t(label), loadingMore, () => void this.#more())}
    </div>`;
  }

  #countOf({ list: { items, total }, pending }: ListView): string {
    const { t } = this.#locale;
    if (pending) return t('loading');
    const { length } = items;
    if (!length) return t(narrows(this.#asked) ? 'none' : 'none.yet');
    return total !== null && length < total
      ? t('count.some', { shown: length, count: total })
      : t('count', { count: length });
  }

  /** What the visitor has chosen, else what the page has set. */
  get #filters(): ProposalFilters {
    const of = (name: keyof ProposalFilters): string => this.#own.get(name) ?? this[name];
    return {
      order: ORDERS.find((order) => order === of('order')) ?? this.order,
      category: of('category'),
      district: of('district'),
      theme: of('theme'),
      term: of('term'),
    };
  }

  /** Nobody is told which proposals have most votes of a secret ballot, nor of one that may be. */
  get #asked(): ProposalFilters {
    const filters = this.#filters;
    const { data } = this.#ballot.state;
    return filters.order === 'votes' && (!data || data.secret) ? { ...filters, order: 'random' } : filters;
  }

  #forget(): void {
    this.#list = this.#read = undefined;
    this.#filteredBy = '';
    this.#renews = true;
  }

  /** Takes over what was read. */
  #keep(read: PageOf<ListedProposal> | undefined): void {
    if (!read || read === this.#read) return;
    const filteredBy = JSON.stringify([this.#asked, this.first]);
    const isOther = filteredBy !== this.#filteredBy;
    this.#list = keep(this.#list, read, { renews: this.#renews || isOther, grows: this.#grows });
    // Other cards begin with none at all: what is left of former ones would be taken for theirs.
    if (isOther) this.#drawn = -BATCH;
    this.#read = read;
    this.#filteredBy = filteredBy;
    this.#renews = false;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    // What is not in the form stays as it is.
    const chosen = FILTERS.map(
      (name) => [name, (form.get(name) as string | null)?.trim() ?? this.#own.get(name) ?? this[name]] as const,
    );
    this.#own = new Map(chosen.filter(([name, value]) => value !== this[name]));
    void this.#apply();
  };

  readonly #onClear = (): void => {
    this.renderRoot.querySelector('form')?.reset();
    this.#own = new Map();
    void this.#apply();
  };

  async #apply(): Promise<void> {
    const announce = this.announcer();
    this.#address.write(this.#own);
    this.requestUpdate();
    await this.updateComplete;
    await this.#pages.reload();
    await this.updateComplete;
    const view = this.#view;
    if (isList(view) && !view.pending) (await announce)?.(this.#countOf(view));
    else if (view.code) (await announce)?.(this.#locale.t(errorMessage(view.code)), true);
  }

  async #more(): Promise<void> {
    const button = this.renderRoot.querySelector('.more button');
    const announce = this.announcer();
    const from = this.#list?.items.length ?? 0;
    this.#grows = true;
    await this.#pages.more();
    await this.updateComplete;
    this.#grows = false;
    const { moreError } = this.#pages;
    if (moreError) (await announce)?.(this.#locale.t(errorMessage(moreError.code)), true);
    const { activeElement } = this.renderRoot as ShadowRoot;
    // Browsers leave the focus nowhere when its button goes, and some never give it to a button that is clicked.
    const waits = activeElement ? activeElement === button : document.activeElement === document.body;
    if (waits) this.renderRoot.querySelectorAll('[part=list]>li')[from]?.querySelector('a')?.focus();
  }

  readonly #retry = (): void =>
    void this.tryAgain(() => {
      const { error } = this.#pages.state;
      if (error) return [this.#locale.t(errorMessage(error.code)), true];
      return [isList(this.#view) ? this.#countOf(this.#view) : '', false];
    });
}

/** Whether anything is left out. */
const narrows = ({ category, district, theme, term }: ProposalFilters): boolean =>
  Boolean(category || district || theme || term);
