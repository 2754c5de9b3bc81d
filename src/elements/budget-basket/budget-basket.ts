import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { ApiError, errorMessage } from '../../core/errors.js';
import type { Params } from '../../i18n/messages.js';
import { ActionController } from '../../state/action-controller.js';
import { termsOf } from '../../state/basket.js';
import { ClockController } from '../../state/clock-controller.js';
import { DraftController, keeperOf } from '../../state/draft.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import { ResourcesController } from '../../state/resources-controller.js';
import { ballotOf, draftOf, proposalOf, viewerOf, vote } from '../../state/voting.js';
import { heading } from '../../ui/heading.js';
import { hostStyles } from '../../ui/host.styles.js';
import { headingLevel, oneOf } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { CapLoginRequestEvent, CapVoteChangeEvent } from '../base/voting-events.js';
import { writerOf } from '../base/writer.js';
import { CapBasketChangeEvent } from './budget-basket.events.js';
import { refusalOf, statusOf, summaryOf, type Writer } from './budget-basket.message.js';
import { styles } from './budget-basket.styles.js';
import { renderFallback, renderPanel, type Acts } from './budget-basket.template.js';
import { basketView, type BasketMode, type BasketView, type Item, type Ready } from './budget-basket.view.js';
import { messages, type BasketMessage } from './messages.js';

/** What a choice is moved by. */
const MOVES: readonly string[] = ['[part=up]', '[part=down]'];

/**
 * The visitor's ballot in a step: what is chosen, what it costs, what is left, and how it gets to the platform. In a session
 * each choice is recorded at once; beside a hand-over page the choices are kept on this device until they are sent together.
 *
 * @tag cap-budget-basket
 * @summary The ballot of a vote.
 * @status experimental
 * @since 0.2
 * @slot - Link to the step on the platform: shown until the basket is, and whenever it cannot be.
 * @fires {CapLoadEvent} cap-load - The basket is on screen for the first time.
 * @fires {CapErrorEvent} cap-error - A reading or an act failed.
 * @fires {CapBasketChangeEvent} cap-basket-change - The choices have changed.
 * @fires {CapVoteChangeEvent} cap-vote-change - The platform has recorded a vote or its removal.
 * @fires {CapLoginRequestEvent} cap-login-request - Cancelable. A visitor who is not signed in asks how to sign in.
 * @csspart basket - The whole basket.
 * @csspart title - Its title.
 * @csspart terms - The rules of the vote, and what it asks of whoever votes.
 * @csspart status - Where the ballot stands.
 * @csspart message - What went wrong.
 * @csspart money - The money that is spent, and left.
 * @csspart votes - The votes that are used.
 * @csspart list - The choices.
 * @csspart choice - One choice.
 * @csspart rank - Its place.
 * @csspart link - Its title.
 * @csspart cost - What it costs.
 * @csspart points - What it earns the proposal.
 * @csspart outcome - What has become of it.
 * @csspart up - Moves it up.
 * @csspart down - Moves it down.
 * @csspart remove - Takes it out.
 * @csspart suggestions - What to take out of a ballot that is too dear.
 * @csspart names - Whether the visitor's name is shown.
 * @csspart review - What is about to be sent.
 * @csspart button - What else can be pressed.
 * @csspart bar - The summary at the bottom of the window.
 * @csspart icon - A drawing on a button.
 * @cssproperty [--cap-budget-basket-background=var(--cap-color-primary)] - Colour of the main button and of what is spent.
 * @cssstate loading - No answer yet.
 * @cssstate ready - The basket is shown.
 * @cssstate empty - There is no such step.
 * @cssstate error - The step could not be read, or the page names no platform.
 * @cssstate none - Nothing is chosen.
 * @cssstate draft - There are choices that the platform does not know of.
 * @cssstate recorded - The choices are recorded.
 * @cssstate away - The choices were handed over, and nobody here knows what became of them.
 * @cssstate review - The choices are shown for the last time before they are sent.
 * @cssstate pending - An act is on its way.
 * @cssstate incomplete - Below the minimum: nothing counts.
 * @cssstate valid - The choices are as the rules want them.
 * @cssstate full - All votes are used.
 * @cssstate over - More is chosen than the rules allow.
 * @cssstate lost - Something chosen can no longer be voted for.
 * @cssstate offline - There is no network.
 * @cssstate signed-out - The visitor has to sign in first.
 * @cssstate future - The step is to come.
 * @cssstate closed - The step is over.
 * @cssstate secret - The ballot is secret.
 * @cssstate ruleless - The platform does not tell this page its rules.
 */
export class CapBudgetBasket extends CapElement {
  static override styles = [hostStyles, styles];
  static override properties = {
    stepId: { attribute: 'step-id' },
    display: { converter: oneOf('panel', 'bar'), reflect: true, useDefault: true },
    headingLevel: { attribute: 'heading-level', converter: headingLevel },
  };

  /** Global ID of the voting step. */
  stepId = '';
  /** In its place on the page, or as a summary at the bottom of the window that opens. */
  display: 'panel' | 'bar' = 'panel';
  /** Level of the title, 2 to 6. */
  headingLevel = 3;

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #save = new ActionController(this);
  readonly #viewer = new ResourceController(this, () => this.runtime && viewerOf(this.runtime, this.#locale.wanted));
  readonly #ballot = new ResourceController(this, () => this.#read(ballotOf));
  readonly #terms = new ResourceController(this, () => this.#read(termsOf));
  readonly #keeper = new DraftController(this, () =>
    this.runtime && this.stepId && this.#mode === 'hand-over' ? keeperOf(this.runtime, this.stepId) : null,
  );
  readonly #draft = new ResourceController(this, () =>
    this.runtime && this.#keeper.keeper ? draftOf(this.runtime, this.stepId) : null,
  );
  readonly #proposals = new ResourcesController(this, () => {
    const { chosen = [], recorded = false } = this.#draft.state.data ?? {};
    return new Map(
      recorded
        ? []
        : chosen.flatMap(({ proposalId: id }) => {
            const found = this.#read((runtime, step, lang) => proposalOf(runtime, id, step, false, lang));
            return found ? [[id, found]] : [];
          }),
    );
  });
  readonly #writer: Writer = writerOf(this.#locale, () => this.runtime?.settings.timeZone);
  #view: BasketView = { kind: 'loading' };
  #subject = '';
  #unsure = false;
  #asksToSignIn = false;
  #opened = false;
  #reviewing = false;
  #review: typeof import('./review.js').renderReview | undefined;
  #handOver: typeof import('../../state/handoff.js').handOver | undefined;
  #results: import('./results.js').Results | 'asked' | undefined;
  #stopBar: (() => void) | undefined;
  /** Where the focus goes once what has it is gone: to the button of that kind for a choice, or to the first that there is. */
  #focus: { readonly id?: string | undefined; readonly on: readonly string[] } | undefined;
  /** What the visitor has just done, to be said along with what it led to. */
  #note = '';
  /** What was on screen, and has been said. */
  #told: { readonly items: readonly Item[]; readonly status: string; readonly refused: string } | undefined;

  override async reload(): Promise<void> {
    const results = this.#results;
    await Promise.all([
      ...[this.#viewer, this.#ballot, this.#terms, this.#proposals].map((one) => one.reload()),
      results instanceof Object && results.reload(),
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of ['online', 'offline']) addEventListener(type, this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of ['online', 'offline']) removeEventListener(type, this.#look);
    this.#stopBar?.();
    this.#stopBar = undefined;
  }

  readonly #look = (): void => this.requestUpdate();

  #read<T>(of: (runtime: NonNullable<CapBudgetBasket['runtime']>, stepId: string, lang: string) => T): T | null {
    return this.runtime && this.stepId ? of(this.runtime, this.stepId, this.#locale.wanted) : null;
  }

  get #mode(): BasketMode {
    const { access, handoff } = this.runtime?.settings ?? {};
    return access === 'session' ? 'session' : handoff ? 'hand-over' : 'link';
  }

  get #ready(): Ready | undefined {
    return this.#view.kind === 'ready' ? this.#view : undefined;
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    const { now } = this.#clock;
    const subject = [this.stepId, JSON.stringify(this.runtime?.settings)].join();
    if (subject !== this.#subject) this.#forget();
    const view = basketView(
      {
        mode: this.#mode,
        viewer: this.#viewer.state,
        ballot: this.#ballot.state,
        terms: this.#terms.state,
        proposals: this.#proposals.states,
        draft: this.#draft.state.data ?? null,
        handed: this.#keeper.keeper?.handed ?? false,
        save: this.#save,
        unsure: this.#unsure,
        offline: !navigator.onLine,
        ruleless: this.#mode !== 'session' && this.runtime?.platform.hasRules === false,
        askable: Boolean(this.runtime && this.stepId),
      },
      now,
    );
    const shown: BasketView = this.#locale.ready || view.kind !== 'ready' ? view : { kind: 'loading' };
    // While somebody signs in or out or changes the language, what is shown stays, and his place in it.
    if (shown.kind !== 'loading' || subject !== this.#subject) this.#view = shown;
    this.#subject = subject;
    const ready = this.#ready;
    this.#prepare(ready);
    this.#showStates(ready);
    const { startAt = null, endAt = null } = ready?.ballot?.step ?? {};
    const dates = [startAt, endAt, ready?.ballot?.secret?.publishedAt ?? null];
    this.#clock.wakeAt(dates.find((date) => date !== null && date > now) ?? null);
    const focused = this.shadowRoot?.activeElement ?? null;
    super.update(changed);
    if (this.#focus || focused?.isConnected === false) this.#placeFocus();
  }

  #showStates(ready: Ready | undefined): void {
    const { verdict, items, draft, stage, door, ballot } = ready ?? {};
    const state = verdict?.state;
    this.show(
      this.#view,
      ...(ready
        ? [
            !items?.length && 'none',
            draft && items?.length && !draft.recorded && 'draft',
            stage === 'recorded' && items?.length && 'recorded',
            draft?.away && 'away',
            this.#reviewing && 'review',
            ready.pending && 'pending',
            state === 'incomplete' && state,
            verdict?.valid && 'valid',
            state === 'full' && state,
            state?.startsWith('over') && 'over',
            ready.sentence?.key === 'lost' && 'lost',
            ready.offline && 'offline',
            ready.mode === 'session' && !ready.signedIn && 'signed-out',
            door === 'step-future' && 'future',
            door === 'step-closed' && 'closed',
            ballot?.secret && 'secret',
            !ballot && 'ruleless',
          ].map((name) => name || undefined)
        : []),
    );
  }

  /** Fetches what the next act or the present state needs: a window opens only in the click itself. */
  #prepare(ready: Ready | undefined): void {
    if (!ready) return;
    const { door, draft, ballot } = ready;
    if (door === 'step-closed') {
      this.#keeper.keeper?.expire();
      if (!ballot?.secret && !this.#results) {
        this.#results = 'asked';
        void import('./results.js').then(({ Results }) => {
          this.#results = new Results(this, () => ({
            runtime: this.runtime,
            stepId: this.stepId,
            url: this.#ready?.ballot?.url ?? '',
            headingLevel: this.headingLevel + 1,
          }));
          this.requestUpdate();
        });
      }
    } else if (draft && !this.#handOver)
      void import('../../state/handoff.js').then(({ handOver }) => (this.#handOver = handOver));
    if (!ready.draft || ready.pending || draft?.away || draft?.recorded) this.#reviewing = false;
    if (ready.signedIn) this.#asksToSignIn = false;
    if (this.display === 'bar' && !this.#stopBar) {
      this.#stopBar = (): void => undefined;
      void import('./bar.js').then(({ keepClear }) => {
        if (this.isConnected) this.#stopBar = keepClear(this);
      });
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#ready) this.#tell(this.#ready);
  }

  /** Tells the page and the visitor what has changed since the last time; at the first time nothing has. */
  #tell(view: Ready): void {
    const { items, verdict, sends, pending, stage, draft } = view;
    const { t } = this.#locale;
    const before = this.#told;
    const [status] = statusOf(view, this.#writer);
    const refusal = refusalOf(view);
    const refused = refusal ? t(refusal) : '';
    const quiet = pending && stage !== 'unsure';
    // What an act comes to is said at its end, even if it has failed before in the same way.
    this.#told = quiet && before ? { ...before, items, refused: '' } : { items, status, refused };
    if (!before) return;
    const ids = (list: readonly Item[]): string => list.map(({ proposalId }) => proposalId).join();
    const change = ids(items) === ids(before.items) ? '' : draft ? this.#difference(before.items, items) : '';
    const words = [
      this.#note || change,
      !quiet && status !== before.status && status,
      !quiet && refused !== before.refused && refused,
    ].filter(Boolean);
    this.#note = '';
    const urgent = Boolean(!quiet && refused && refused !== before.refused);
    if (words.length) void this.announcer().then((announce) => announce?.(words.join(' '), urgent));
    if (ids(items) !== ids(before.items))
      this.dispatchEvent(
        new CapBasketChangeEvent({
          stepId: this.stepId,
          proposalIds: items.map(({ proposalId }) => proposalId),
          spent: verdict?.spent ?? 0,
          left: verdict?.left ?? null,
          votesUsed: items.length,
          votesLeft: verdict?.votesLeft ?? null,
          valid: verdict?.valid ?? sends !== null,
        }),
      );
  }

  /** One choice that has come or gone, wherever on the page that was done. */
  #difference(before: readonly Item[], after: readonly Item[]): string {
    const without = (list: readonly Item[], others: readonly Item[]): readonly Item[] =>
      list.filter((item) => !others.some(({ proposalId }) => proposalId === item.proposalId));
    const [added, ...more] = without(after, before);
    const [removed, ...less] = without(before, after);
    if (more.length || less.length) return '';
    if (added) return this.#locale.t('added', { title: added.title });
    return removed ? this.#locale.t('removed', { title: removed.title }) : '';
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const lang = this.#locale.wanted;
    if (view.kind !== 'ready')
      return html`<div part="basket" class="panel" lang=${lang}>
        ${renderFallback(view, this.#writer, this.#draft.state.data?.chosen.length ?? 0, this.#retry)}
      </div>`;
    const results = view.door === 'step-closed' && this.#results instanceof Object ? this.#results.render() : nothing;
    const panel = html`<div part="basket" class="panel" id="panel" tabindex="-1" lang=${lang}>
      ${heading(this.headingLevel, this.#locale.t('title'))}
      ${
        this.#reviewing && this.#review
          ? this.#review(view, this.#writer, this.#host, this.#acts.send, this.#back)
          : renderPanel(view, this.#writer, this.#acts, { lang, asksToSignIn: this.#asksToSignIn })
      }
      ${results}
    </div>`;
    return this.display === 'bar' ? this.#renderBar(view, panel) : panel;
  }

  #renderBar(view: Ready, panel: TemplateResult): TemplateResult {
    return html`<div class="bar" @keydown=${this.#onKey}>
      ${this.#opened ? panel : nothing}
      <div part="bar" lang=${this.#locale.wanted}>
        <p>${summaryOf(view, this.#writer)}</p>
        <button
          part="button"
          class="main"
          type="button"
          aria-expanded=${this.#opened}
          @click=${() => this.#open(!this.#opened)}
        >
          ${this.#locale.t('open')}
        </button>
      </div>
    </div>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#opened) this.#open(false);
  };

  #open(opened: boolean): void {
    this.#opened = opened;
    if (!opened) this.#focus = { on: ['[part=bar] button'] };
    this.requestUpdate();
  }

  /** Where choices are sent to. */
  get #host(): string {
    const { platform = '', handoff = '' } = this.runtime?.settings ?? {};
    return new URL(handoff, `${platform}/`).host;
  }

  readonly #acts: Acts = {
    remove: (id) => this.#remove(id),
    move: (id, by) => this.#move(id, by),
    grab: (event) => this.#grab(event),
    review: () => void this.#openReview(),
    send: () => this.#send(),
    confirm: () => {
      this.#note = this.#locale.t('away.cleared');
      this.#keeper.keeper?.clear();
    },
    name: (shown) => this.#arrange({ anonymous: !shown }, () => this.#locale.t(shown ? 'names.shown' : 'names.hidden')),
    signIn: () => {
      this.#asksToSignIn = this.dispatchEvent(new CapLoginRequestEvent({ reason: 'vote' }));
      this.requestUpdate();
    },
    retry: () => this.#retry(),
  };

  #remove(id: string): void {
    const { runtime, stepId } = this;
    const { items = [], draft } = this.#ready ?? {};
    const index = items.findIndex(({ proposalId }) => proposalId === id);
    const item = items[index];
    if (!runtime || !item) return;
    // The visitor goes on from the choice that takes the place of this one.
    const focus = { id: (items[index + 1] ?? items[index - 1])?.proposalId, on: ['[part=remove]'] };
    if (draft) {
      this.#focus = focus;
      draft.toggle(item);
    } else
      this.#carryOut(async () => {
        const wish = { proposalId: id, stepId, voted: false, anonymously: true };
        const change = await vote(runtime, wish, this.#locale.wanted, this.#doubt);
        this.#focus = focus;
        this.dispatchEvent(new CapVoteChangeEvent(change));
        return this.#locale.t('removed', { title: item.title });
      });
  }

  #move(id: string, by: number): void {
    const index = this.#ready?.items.findIndex(({ proposalId }) => proposalId === id) ?? -1;
    if (index >= 0) this.#place(id, index + by, by < 0 ? MOVES : [...MOVES].reverse());
  }

  #place(id: string, position: number, on: readonly string[]): void {
    const { items = [], draft } = this.#ready ?? {};
    const others = items.filter(({ proposalId }) => proposalId !== id).map(({ proposalId }) => proposalId);
    const { title = '' } = items.find(({ proposalId }) => proposalId === id) ?? {};
    const params: Params = { title, position: position + 1, count: items.length };
    this.#focus = { id, on };
    if (draft) {
      this.#note = this.#locale.t('moved', params);
      draft.move(id, position);
    } else
      this.#arrange({ order: [...others.slice(0, position), id, ...others.slice(position)] }, () => {
        this.#focus = { id, on };
        return this.#locale.t('moved', params);
      });
  }

  #grab(event: PointerEvent): void {
    const item = (event.target as Element).closest('li');
    const id = item?.dataset['id'];
    if (!item || !id || this.#save.pending) return;
    event.preventDefault();
    void import('./drag.js').then(({ drag }) => drag(event, item, (position) => this.#place(id, position, MOVES)));
  }

  #arrange(wish: { readonly order?: readonly string[]; readonly anonymous?: boolean }, note: () => string): void {
    const { runtime, stepId } = this;
    if (!runtime) return;
    this.#carryOut(async () => {
      const { arrange } = await import('../../state/arrange.js');
      await arrange(runtime, { stepId, ...wish }, this.#locale.wanted);
      return note();
    });
  }

  #carryOut(act: () => Promise<string>): void {
    this.#unsure = false;
    void this.#save.run(async () => {
      this.#note = await act();
    });
  }

  readonly #doubt = (): void => {
    this.#unsure = true;
    this.requestUpdate();
  };

  async #openReview(): Promise<void> {
    this.#review ??= (await import('./review.js')).renderReview;
    this.#reviewing = true;
    this.#focus = { on: ['.question'] };
    this.requestUpdate();
  }

  readonly #back = (): void => {
    this.#reviewing = false;
    this.#focus = { on: ['[part=button]'] };
    this.requestUpdate();
  };

  #send(): void {
    const { runtime, stepId } = this;
    const { keeper } = this.#keeper;
    const { items = [], sends } = this.#ready ?? {};
    if (!runtime || !keeper) return;
    // One that was on its way before may be sent again whatever has become of it.
    const proposalIds = sends ?? items.flatMap(({ proposalId, lost }) => (lost ? [] : [proposalId]));
    this.#reviewing = false;
    this.#unsure = false;
    void this.#save.run(async () => {
      const page = new AbortController();
      addEventListener('pagehide', () => page.abort(), { signal: page.signal });
      keeper.leave();
      const handOver = this.#handOver ?? (await import('../../state/handoff.js')).handOver;
      const wish = { action: 'ballot', stepId, proposalIds } as const;
      const cancelled = { status: 'cancelled', signedIn: false, votes: [] } as const;
      let failure: ApiError | undefined;
      const result = await handOver(runtime, wish).catch((reason: unknown) => {
        if (!(reason instanceof ApiError)) throw reason;
        failure = reason;
        return cancelled;
      });
      // A page that was left, and has come back as it was, knows nothing of what happened meanwhile.
      if (page.signal.aborted && result.status === 'cancelled') return;
      page.abort();
      keeper.settle(result, proposalIds);
      for (const { proposalId, voted, count, accounted, code } of result.votes)
        if (!code) this.dispatchEvent(new CapVoteChangeEvent({ proposalId, stepId, voted, count, accounted }));
      if (result.status === 'cancelled') throw failure ?? new ApiError('cancelled', 'the hand-over page');
    });
  }

  #placeFocus(): void {
    const { id, on } = this.#focus ?? { on: [] };
    // Nothing can be pressed while an act is on its way: the place is kept until it ends.
    if (!this.#save.pending) this.#focus = undefined;
    const row = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-id]')].find((one) => one.dataset['id'] === id);
    const root: ParentNode = id === undefined ? this.renderRoot : (row ?? this.renderRoot);
    const found = on
      .map((selector) => root.querySelector<HTMLElement>(selector))
      .find((one) => one && one.ariaDisabled !== 'true');
    (found ?? this.renderRoot.querySelector<HTMLElement>('[tabindex]'))?.focus();
  }

  #forget(): void {
    this.#told = undefined;
    this.#reviewing = this.#asksToSignIn = false;
    this.#save.clear();
  }

  readonly #retry = (): void =>
    void this.tryAgain(() => {
      const { kind, code } = this.#view;
      return kind === 'error' && code
        ? [this.#locale.t(errorMessage(code) satisfies BasketMessage), true]
        : ['', false];
    });
}
