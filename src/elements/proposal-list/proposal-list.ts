import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { errorMessage, isRetryable } from '../../core/errors.js';
import { write } from '../../core/json.js';
import { tell } from '../../core/tell.js';
import { ORDERS, type ProposalFilters, type ProposalOrder } from '../../domain/proposal.js';
import { nextTurn } from '../../domain/ballot.js';
import { ClockController } from '../../state/clock-controller.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ListPages } from '../../state/list-pages.js';
import { FiltersController } from '../../state/proposal-list-filters.js';
import { choicesOf, proposalsOf, VotesController } from '../../state/proposal-list.js';
import { ResourceController } from '../../state/resource-controller.js';
import { viewerOf } from '../../state/viewer.js';
import { ballotOf } from '../../state/ballot.js';
import { hostStyles } from '../../ui/host.styles.js';
import { headingLevel, oneOf, pastedId, wholeNumber } from '../base/attributes.js';
import { say } from '../base/speech.js';
import { CapElement } from '../base/cap-element.js';
import { FarewellController } from '../base/farewell-controller.js';
import { CapErrorEvent } from '../base/events.js';
import { writerOf } from '../base/writer.js';
import { ofDocument } from '../../page/document.js';
import { messages } from './messages.js';
import { styles } from './proposal-list.styles.js';
import {
  countOf,
  renderCards,
  renderFailure,
  renderFilters,
  renderLoading,
  renderMore,
  renderRemarks,
  type Retry,
  type Write,
} from './proposal-list.template.js';
import { isList, proposalListView, type ProposalListView } from './proposal-list.view.js';
import { Shown } from './shown.js';

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
    stepId: { attribute: 'step-id', converter: pastedId },
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

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #filters = new FiltersController(this);
  // Asked at once: whether somebody is signed in is what the buttons want to know as well.
  readonly #viewer = new ResourceController(this, () => this.runtime && viewerOf(this.runtime, this.#locale.wanted));
  readonly #ballot = new ResourceController(this, () =>
    this.runtime && this.stepId ? ballotOf(this.runtime, this.stepId, this.#locale.wanted) : null,
  );
  readonly #choices = new ResourceController(this, () =>
    this.runtime && this.stepId ? choicesOf(this.runtime, this.stepId, this.#locale.wanted) : null,
  );
  readonly #pages = new ListPages(this, () => {
    const { runtime, stepId } = this;
    const { data, error } = this.#ballot.state;
    // The order by votes would tell what a secret ballot keeps: whether it is one is known first.
    return runtime && stepId && (this.#filters.current.order !== 'votes' || data !== undefined || error)
      ? proposalsOf(runtime, stepId, this.#asked, this.first, this.#locale.wanted)
      : null;
  });
  readonly #votes = new VotesController(this);
  readonly #farewell = new FarewellController(
    this,
    () => this.runtime,
    (text, urgent) => say(this.announcer(), text, urgent),
  );
  readonly #write: Write = {
    ...writerOf(this.#locale, () => this.runtime?.settings.timeZone),
    time: (at) => this.#locale.date(at, { timeStyle: 'short' }),
  };
  #view: ProposalListView = { kind: 'loading' };
  /** What the list is of: the step and who tells of it. */
  #subject = '';
  readonly #shown = new Shown();
  /** The filters that the bar shows. */
  #offered = '';

  override async reload(): Promise<void> {
    this.#shown.renew();
    await Promise.all([this.#viewer, this.#ballot, this.#choices, this.#pages].map((one) => one.reload()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown.forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated) this.#filters.yield(changed);
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    const { runtime, stepId } = this;
    const lang = this.#locale.wanted;
    const { now } = this.#clock;
    if (!stepId) tell('no-id', this.localName, 'step-id');
    const subject = [stepId, lang, write(runtime?.settings)].join();
    if (subject !== this.#subject) this.#shown.forget();
    this.#subject = subject;
    const page = this.#pages.state;
    if (page.data) this.#shown.take(page.data, write([this.#asked, this.first]));
    const sources = { page, ballot: this.#ballot.state, choices: this.#choices.state, list: this.#shown.list };
    const view = proposalListView(sources, Boolean(runtime && stepId), now);
    this.#view = this.#locale.ready ? view : { kind: 'loading' };
    const list = isList(this.#view) ? this.#view : undefined;
    if (list) this.#shown.draw();
    if (runtime) this.#votes.hold(runtime, stepId, lang, page.data?.items ?? []);
    this.#clock.wakeAt(nextTurn(list?.ballot, now));
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
    // Controls show what they were given last only until somebody has touched them.
    const offered = write(this.#asked);
    if (offered !== this.#offered) this.renderRoot.querySelector('form')?.reset();
    this.#offered = offered;
    if (focused?.isConnected) (focused as HTMLElement).focus({ preventScroll: true });
    if (isList(this.#view) && this.#shown.drawn < this.#view.list.items.length) setTimeout(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const retry = { loading: this.#pages.state.loading, onClick: this.#retry };
    return html`<div class="frame">
      <div class="proposals" lang=${this.#locale.wanted} dir="ltr">
        ${
          view.kind === 'loading'
            ? renderLoading(this.first)
            : this.#shown.list
              ? this.#renderList(view, retry)
              : html`<slot></slot>${renderFailure(view, retry, this.#write)}`
        }
      </div>
    </div>`;
  }

  /** Also where the list of other filters cannot be read: then these can be changed. */
  #renderList(view: ProposalListView, retry: Retry): TemplateResult {
    const filters = this.#asked;
    const choices = this.#choices.state.data ?? null;
    const list = isList(view) ? view : undefined;
    const bar = {
      filters,
      choices,
      ballot: list?.ballot ?? null,
      changed: this.#filters.changed,
      onSubmit: this.#onSubmit,
      onClear: this.#onClear,
    };
    const { loadingMore, moreError } = this.#pages;
    const { stepId, headingLevel } = this;
    return html`${renderFilters(bar, this.#write)}
    ${
      list
        ? html`${renderRemarks(list, filters, choices !== null, retry, this.#write)} ${this.#renderAccount()}
          ${renderCards(list, this.#shown.drawn, stepId, headingLevel, this.#write)}
          ${
            list.list.next
              ? renderMore({ loading: loadingMore, onClick: this.#more }, moreError?.code, this.#write)
              : nothing
          }`
        : renderFailure(view, retry, this.#write)
    }`;
  }

  /** Once for all its buttons. */
  #renderAccount(): unknown {
    const { signedIn, displayName = null } = this.#viewer.state.data ?? {};
    const acts = this.runtime?.settings.access === 'session';
    return acts ? this.#farewell.render(signedIn ? displayName : null) : nothing;
  }

  /** Nobody is told which proposals have most votes of a secret ballot, nor of one that may be. */
  get #asked(): ProposalFilters {
    const { current } = this.#filters;
    const { data } = this.#ballot.state;
    return current.order === 'votes' && (!data || data.secret) ? { ...current, order: 'random' } : current;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#filters.choose(new FormData(event.currentTarget as HTMLFormElement));
    void this.#apply();
  };

  readonly #onClear = (): void => {
    this.#offered = '';
    this.#filters.clear();
    void this.#apply();
  };

  /** Whoever has applied filters is told what that has brought. */
  async #apply(): Promise<void> {
    const announce = this.announcer();
    await this.updateComplete;
    await this.#pages.reload();
    await this.updateComplete;
    // By then other filters may be set, whose turn is yet to come.
    if (!(isList(this.#view) && this.#view.pending)) (await announce)?.(...this.#outcome());
  }

  #outcome(): readonly [string, boolean] {
    const { error } = this.#pages.state;
    if (error) return [this.#locale.t(errorMessage(error.code)), true];
    return [isList(this.#view) ? countOf(this.#view, this.#asked, this.#write) : '', false];
  }

  readonly #retry = (): void => void this.tryAgain(() => this.#outcome());

  readonly #more = (): void => void this.#showMore();

  async #showMore(): Promise<void> {
    const button = this.renderRoot.querySelector('.more button');
    const announce = this.announcer();
    const from = this.#shown.list?.items.length ?? 0;
    this.#shown.grows = true;
    await this.#pages.more();
    await this.updateComplete;
    this.#shown.grows = false;
    const { moreError } = this.#pages;
    if (moreError) {
      const { code } = moreError;
      this.dispatchEvent(new CapErrorEvent({ tag: this.localName, code, retryable: isRetryable(code) }));
      (await announce)?.(this.#locale.t(errorMessage(code)), true);
    }
    const { activeElement } = this.renderRoot as ShadowRoot;
    // Browsers leave the focus nowhere when its button goes, and some never give it to a button that is clicked.
    const waits = activeElement ? activeElement === button : ofDocument('activeElement') === ofDocument('body');
    if (waits) this.renderRoot.querySelectorAll('[part=list]>li')[from]?.querySelector('a')?.focus();
  }
}
