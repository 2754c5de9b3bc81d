import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { write } from '../../core/json.js';
import { nextTurn } from '../../domain/ballot.js';
import { ActionController } from '../../state/action-controller.js';
import { termsOf } from '../../state/basket.js';
import { ClockController } from '../../state/clock-controller.js';
import { DraftController, keeperOf } from '../../state/draft.js';
import { LocaleController } from '../../state/locale-controller.js';
import { OfflineController } from '../../state/offline-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import { ResourcesController } from '../../state/resources-controller.js';
import type { Runtime } from '../../state/runtime.js';
import { viewerOf } from '../../state/viewer.js';
import { ballotOf, draftOf, proposalOf } from '../../state/ballot.js';
import { WipedController } from '../../state/wiped-controller.js';
import { heading } from '../../ui/heading.js';
import { fillStyles } from '../../ui/fill.styles.js';
import { hostStyles } from '../../ui/host.styles.js';
import { roomStyles } from '../../ui/room.styles.js';
import { headingLevel, oneOf, pastedId } from '../base/attributes.js';
import { failureOf, say } from '../base/speech.js';
import { CapElement } from '../base/cap-element.js';
import { FarewellController } from '../base/farewell-controller.js';
import { CapLoginRequestEvent } from '../base/voting-events.js';
import { writerOf } from '../base/writer.js';
import { emptyStatusOf } from './budget-basket.message.js';
import { styles } from './budget-basket.styles.js';
import { renderEntry, renderFallback, renderTerms, renderUse } from './budget-basket.template.js';
import { basketView, statesOf, type BasketMode, type BasketView, type Ready } from './budget-basket.view.js';
import type { Bar } from './bar.js';
import type { Basket, Choices } from './choices.js';
import { messages, type Writer } from './messages.js';
import type { Results } from './results.js';

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
 * @cssstate found - There are choices on this device that may be somebody else's.
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
  static override styles = [hostStyles, roomStyles, fillStyles, styles];
  static override properties = {
    stepId: { attribute: 'step-id', converter: pastedId },
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
  readonly #network = new OfflineController(this);
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
  readonly #farewell = new FarewellController(
    this,
    () => this.runtime,
    (text, urgent) => say(this.announcer(), text, urgent),
  );
  #view: BasketView = { kind: 'loading' };
  #subject = '';
  #unsure = false;
  #asksToSignIn = false;
  /** What has been loaded, or is being loaded, because it is needed. */
  #choices: Choices | undefined;
  #bar: Bar | undefined;
  #results: Results | undefined;
  readonly #wanted = new Set<'choices' | 'bar' | 'results'>();
  #failed = false;
  /** What was on screen before anything was chosen. */
  #before: Ready | undefined;

  constructor() {
    super();
    new WipedController(
      this,
      () => this.runtime,
      () => {
        this.#view = { kind: 'loading' };
        this.#forget();
      },
    );
  }

  override async reload(): Promise<void> {
    if (this.#failed) this.#wanted.clear();
    this.#failed = false;
    const read = [this.#viewer, this.#ballot, this.#terms, this.#proposals].map((one) => one.reload());
    await Promise.all([...read, this.#results?.reload()]);
  }

  #read<T>(of: (runtime: Runtime, stepId: string, lang: string) => T): T | null {
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
    const subject = [this.stepId, write(this.runtime?.settings)].join();
    if (subject !== this.#subject) this.#forget();
    const view = this.#current();
    // While somebody signs in or out or changes the language, what is shown stays, and his place in it.
    if (view.kind !== 'loading' || subject !== this.#subject) this.#view = view;
    this.#subject = subject;
    const ready = this.#ready;
    if (ready?.signedIn) this.#asksToSignIn = false;
    if (ready?.door === 'step-closed') this.#keeper.keeper?.expire();
    this.#clock.wakeAt(nextTurn(ready?.ballot, this.#clock.now));
    const focused = this.shadowRoot?.activeElement ?? null;
    this.show(this.#view, ...(ready ? statesOf(ready, this.#choices?.reviews(ready) ?? false) : []));
    super.update(changed);
    if (ready) this.#choices?.rendered(ready, this.#before, focused?.isConnected === false);
    if (!this.#choices) this.#before = ready;
  }

  #current(): BasketView {
    if (this.#failed) return { kind: 'error', code: 'network', retryable: true, retrying: this.#ballot.state.loading };
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
        offline: this.#network.offline,
        ruleless: this.#mode !== 'session' && this.runtime?.platform.hasRules === false,
        askable: Boolean(this.runtime && this.stepId),
      },
      this.#clock.now,
    );
    return view.kind === 'ready' && !this.#has(view) ? { kind: 'loading' } : view;
  }

  /** Whether all is there that a view needs; what is not is being loaded then. */
  #has(view: Ready): boolean {
    if (view.items.length || view.terms?.asked.length || view.draft?.away || view.draft?.found) this.#want('choices');
    if (this.display === 'bar') this.#want('bar');
    if (view.door === 'step-closed' && !view.ballot?.secret) this.#want('results');
    return (
      this.#locale.ready &&
      (!this.#wanted.has('choices') || this.#choices?.ready === true) &&
      (!this.#wanted.has('bar') || this.#bar !== undefined)
    );
  }

  #want(what: 'choices' | 'bar' | 'results'): void {
    if (this.#wanted.has(what)) return;
    this.#wanted.add(what);
    const loads = {
      choices: async () => {
        const { Choices } = await import('./choices.js');
        this.#choices = new Choices(this, () => this.#basket);
      },
      bar: async () => {
        const { Bar } = await import('./bar.js');
        this.#bar = new Bar(this);
      },
      results: async () => {
        const { Results } = await import('./results.js');
        this.#results = new Results(this, () => ({
          runtime: this.runtime,
          stepId: this.stepId,
          url: this.#ready?.ballot?.url ?? '',
          headingLevel: Math.min(6, this.headingLevel + 1),
        }));
      },
    };
    void loads[what]()
      // The element itself came: it is the network that is gone.
      .catch(() => (this.#failed = true))
      .then(() => this.requestUpdate());
  }

  get #basket(): Basket {
    return {
      runtime: this.runtime,
      stepId: this.stepId,
      lang: this.#locale.wanted,
      account: this.#viewer.state.data?.id ?? null,
      view: this.#ready,
      keeper: this.#keeper.keeper,
      write: this.#writer,
      save: this.#save,
      read: () => this.#ballot.reload(),
      doubt: (unsure) => {
        this.#unsure = unsure;
        this.requestUpdate();
      },
      announce: (text, urgent) => say(this.announcer(), text, urgent),
    };
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const lang = this.#locale.wanted;
    if (view.kind !== 'ready')
      return html`<div part="basket" class="panel surface" lang=${lang}>
        ${renderFallback(view, this.#writer, this.#draft.state.data?.chosen.length ?? 0, this.#retry)}
      </div>`;
    const panel = html`<div part="basket" class="panel surface" tabindex="-1" lang=${lang}>
      ${heading(this.headingLevel, this.#locale.t('title'))}
      ${
        this.#choices?.render(view) ??
        html`${renderTerms(view, this.#writer, null)}
          <p part="status">${emptyStatusOf(view, this.#writer)}</p>
          ${renderUse(view, this.#writer)}`
      }
      ${renderEntry(view, this.#writer, this.#asksToSignIn, this.#signIn)}
      ${view.door === 'step-closed' && !view.ballot?.secret ? (this.#results?.render() ?? nothing) : nothing}
      ${view.mode === 'link' ? nothing : this.#farewell.render(view.account, lingers(view))}
    </div>`;
    return this.display === 'bar' && this.#bar ? this.#bar.render(view, panel, this.#writer, lang) : panel;
  }

  readonly #signIn = (): void => {
    this.#asksToSignIn = this.dispatchEvent(new CapLoginRequestEvent({ reason: 'vote' }));
    this.requestUpdate();
  };

  #forget(): void {
    this.#before = undefined;
    this.#choices?.forget();
    this.#asksToSignIn = false;
    this.#save.clear();
  }

  readonly #retry = (): void => void this.tryAgain(() => failureOf(this.#view, this.#locale.t));
}

/** Choices are on this device, or their visitor has been on the platform. */
const lingers = ({ draft, items }: Ready): boolean => draft !== null && (items.length > 0 || draft.outcomes.length > 0);
