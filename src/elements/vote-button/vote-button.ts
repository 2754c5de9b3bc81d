import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { write } from '../../core/json.js';
import { nextTurn } from '../../domain/ballot.js';
import { ClockController } from '../../state/clock-controller.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import { viewerOf } from '../../state/viewer.js';
import { ballotOf, currentStepOf, draftOf, proposalOf, type VoteChange } from '../../state/ballot.js';
import { WipedController } from '../../state/wiped-controller.js';
import { fillStyles } from '../../ui/fill.styles.js';
import { hostStyles } from '../../ui/host.styles.js';
import { oneOf, pastedId } from '../base/attributes.js';
import { failureOf, say } from '../base/speech.js';
import { CapElement } from '../base/cap-element.js';
import { FarewellController } from '../base/farewell-controller.js';
import { writerOf } from '../base/writer.js';
import { messages } from './messages.js';
import { messageFor, type Writer } from './vote-button.message.js';
import type { Button, VotePress } from './vote-button.press.js';
import { styles } from './vote-button.styles.js';
import { renderFallback, renderReady, type Said } from './vote-button.template.js';
import { asHanded, choiceOf, voteButtonView, type VoteButtonView, type VoteMode } from './vote-button.view.js';

/**
 * Lets a visitor vote for a proposal or take the vote back: in his session, by the platform's hand-over page, or by a link.
 *
 * @tag cap-vote-button
 * @summary Vote for a proposal.
 * @status experimental
 * @since 0.1
 * @slot - Link to the proposal on the platform: shown until the button is, and whenever it cannot be.
 * @fires {CapLoadEvent} cap-load - The button is on screen for the first time.
 * @fires {CapErrorEvent} cap-error - A reading or an act failed.
 * @fires {CapVoteChangeEvent} cap-vote-change - The platform has recorded a vote or its removal.
 * @fires {CapLoginRequestEvent} cap-login-request - Cancelable. A visitor who is not signed in pressed the button.
 * @csspart button - The button, or the link in its place.
 * @csspart count - The number of votes.
 * @csspart threshold - How far the proposal is from the votes that it needs.
 * @csspart message - What happened, or why voting is not possible.
 * @csspart question - What the visitor is asked before anything is done, with the two answers.
 * @csspart account - Who is signed in, and how he leaves.
 * @csspart icon - The mark of a vote.
 * @cssproperty [--cap-vote-button-background=var(--cap-color-primary)] - Colour of the button.
 * @cssstate loading - No answer yet.
 * @cssstate ready - The button is shown.
 * @cssstate empty - There is no such proposal.
 * @cssstate error - The proposal could not be read, or the page names no platform.
 * @cssstate voted - The visitor's vote is recorded.
 * @cssstate pending - A vote is on its way.
 * @cssstate asking - The visitor is asked before anything is done.
 * @cssstate unknown - A vote was handed over, and nobody here knows what became of it.
 * @cssstate not-counted - The vote is recorded and does not count yet.
 * @cssstate blocked - Voting is not possible now.
 * @cssstate signed-out - The visitor has to sign in first.
 * @cssstate closed - The step is over.
 * @cssstate secret - The ballot is secret: there is no number.
 */
export class CapVoteButton extends CapElement {
  static override styles = [hostStyles, fillStyles, styles];
  static override properties = {
    proposalId: { attribute: 'proposal-id', converter: pastedId },
    stepId: { attribute: 'step-id', converter: pastedId },
    variant: { converter: oneOf('full', 'compact') },
    publicVote: { attribute: 'public-vote', type: Boolean },
    inList: { attribute: false },
  };

  /** Global ID of the proposal. */
  proposalId = '';
  /** Global ID of the voting step; left out, the one in which the proposal can be voted for. */
  stepId = '';
  /** `compact` leaves out the number of votes. */
  variant: 'full' | 'compact' = 'full';
  /** Shows the visitor's name with the vote. Votes are anonymous unless this is set. */
  publicVote = false;
  /**
   * What stands around it says who is signed in, once for all buttons.
   *
   * @internal
   */
  inList = false;

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #viewer = new ResourceController(this, () => this.runtime && viewerOf(this.runtime, this.#locale.wanted));
  readonly #step = new ResourceController(this, () =>
    this.runtime && this.proposalId && !this.stepId
      ? currentStepOf(this.runtime, this.proposalId, this.#locale.wanted)
      : null,
  );
  readonly #ballot = new ResourceController(this, () => {
    const step = this.#votingStep;
    return this.runtime && this.proposalId && step ? ballotOf(this.runtime, step, this.#locale.wanted) : null;
  });
  readonly #proposal = new ResourceController(this, () => {
    const viewer = this.#viewer.state.data;
    const step = this.stepId || this.#step.state.data;
    return this.runtime && this.proposalId && step !== undefined && viewer
      ? proposalOf(this.runtime, this.proposalId, step ?? '', viewer.signedIn, this.#locale.wanted)
      : null;
  });
  readonly #draft = new ResourceController(this, () => {
    const step = this.#votingStep;
    return this.runtime && step && this.#mode === 'hand-over' ? draftOf(this.runtime, step) : null;
  });
  readonly #farewell = new FarewellController(
    this,
    () => this.runtime,
    (text, urgent) => say(this.announcer(), text, urgent),
  );
  #view: VoteButtonView = { kind: 'loading' };
  #subject = '';
  /** What a hand-over has recorded: a page without the session cannot read it. */
  #handed: VoteChange | null = null;
  #press: VotePress | undefined;
  #loading: Promise<void> | undefined;

  constructor() {
    super();
    new WipedController(
      this,
      () => this.runtime,
      () => {
        this.#view = { kind: 'loading' };
        this.#handed = null;
        this.#press?.reset();
      },
    );
  }

  override async reload(): Promise<void> {
    await Promise.all([this.#viewer, this.#step, this.#ballot, this.#proposal].map((one) => one.reload()));
    await this.updateComplete;
    // What could be chosen only now is being read.
    await Promise.all([this.#ballot, this.#proposal].filter(({ state }) => state.loading).map((one) => one.reload()));
  }

  get #votingStep(): string {
    return this.stepId || (this.#step.state.data ?? '');
  }

  get #mode(): VoteMode {
    const { access, handoff } = this.runtime?.settings ?? {};
    return access === 'session' ? 'session' : handoff ? 'hand-over' : 'link';
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    if (changed.has('proposalId') || changed.has('stepId')) this.#forget();
    const { now } = this.#clock;
    const view = voteButtonView(
      {
        mode: this.#mode,
        viewer: this.#viewer.state,
        step: this.stepId ? { data: this.stepId, loading: false } : this.#step.state,
        ballot: this.#ballot.state,
        proposal: asHanded(this.#proposal.state, this.#handed),
        draft: this.#draft.state.data ?? null,
        act: this.#press?.status ?? { at: 'rest' },
        askable: Boolean(this.runtime && this.proposalId),
      },
      now,
    );
    const shown: VoteButtonView = this.#locale.ready || view.kind !== 'ready' ? view : { kind: 'loading' };
    const subject = [this.proposalId, this.stepId, write(this.runtime?.settings)].join();
    // While somebody signs in or out, tries again or changes the language, what is shown stays, and his place in it.
    if (shown.kind !== 'loading' || subject !== this.#subject) this.#view = shown;
    this.#subject = subject;
    const ready = this.#view.kind === 'ready' ? this.#view : undefined;
    this.#clock.wakeAt(nextTurn(ready?.ballot, now));
    this.show(
      this.#view,
      ready?.voted && 'voted',
      isUnderWay(ready) && 'pending',
      ready?.question ? 'asking' : undefined,
      ready?.outcome === 'unknown' && 'unknown',
      ready?.waitsFor ? 'not-counted' : undefined,
      ready?.blocked ? 'blocked' : undefined,
      ready?.act === 'sign-in' && 'signed-out',
      ready?.blocked === 'step-closed' && 'closed',
      ready?.ballot?.secret ? 'secret' : undefined,
    );
    // Nothing may stand between a press and what it does: a window opens only in the click itself.
    if (ready && ready.act !== 'link' && ready.act !== 'choose') void this.#prepare();
    const focused = this.shadowRoot?.activeElement ?? null;
    super.update(changed);
    // What had the focus is gone, as the ways to sign in are afterwards: the visitor goes on from the button.
    if (focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('[part=button],a')?.focus();
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    return html`<div class="vote" lang=${this.#locale.wanted}>
      ${
        view.kind === 'ready'
          ? renderReady(view, this.#writer, this.#onClick, {
              said: this.#saidOf(view),
              compact: this.variant === 'compact',
              asksToSignIn: this.#press?.status.at === 'signing-in',
              question: this.#press?.renderQuestion(view) ?? nothing,
              farewell:
                this.inList || view.act === 'link' || view.act === 'choose'
                  ? nothing
                  : this.#farewell.render(view.account, Boolean(this.#handed)),
            })
          : renderFallback(view, this.#writer, this.#retry)
      }
    </div>`;
  }

  readonly #writer: Writer = writerOf(this.#locale, () => this.runtime?.settings.timeZone);

  readonly #onClick = (event: MouseEvent): void => {
    const view = this.#view;
    if (view.kind !== 'ready' || view.blocked || view.question) return;
    // Who clicks twice means once.
    if (view.act === 'choose') {
      if (event.detail < 2) this.#draft.state.data?.toggle(choiceOf(view.proposal));
    } else {
      const account = this.#viewer.state.data?.id ?? null;
      const press = (): void => this.#press?.press(!view.voted, account);
      // At once where that can be: browsers let no window open later.
      if (this.#press) press();
      else void this.#prepare().then(press);
    }
  };

  /** Loads what a press takes; where it cannot be had the next press tries again. */
  #prepare(): Promise<void> {
    return (this.#loading ??= import('./vote-button.press.js').then(
      ({ VotePress }) => {
        this.#press = new VotePress(this, () => this.#button);
        this.requestUpdate();
      },
      () => (this.#loading = undefined),
    ));
  }

  get #button(): Button {
    return {
      runtime: this.runtime,
      proposalId: this.proposalId,
      stepId: this.#votingStep,
      mode: this.#mode,
      publicVote: this.publicVote,
      lang: this.#locale.wanted,
      view: this.#view,
      viewer: this.#viewer.state.data,
      reading: this.#proposal.state.loading,
      announce: (text, urgent) => say(this.announcer(), text, urgent),
      handed: (change) => {
        this.#handed = change;
        this.requestUpdate();
      },
    };
  }

  #saidOf(view: Extract<VoteButtonView, { kind: 'ready' }>): Said | null {
    const said = messageFor(view, this.#writer);
    return this.#press?.said(view) ?? (said && { text: this.#locale.t(said.key, said.params), tone: said.tone ?? '' });
  }

  #forget(): void {
    this.#handed = null;
    this.#press?.reset();
  }

  readonly #retry = (): void => void this.tryAgain(() => failureOf(this.#view, this.#locale.t));
}

const isUnderWay = (view: Extract<VoteButtonView, { kind: 'ready' }> | undefined): boolean =>
  /^(saving|handing|unsure)$/.test(view?.blocked ?? '');
