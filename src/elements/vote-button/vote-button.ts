import { html, type PropertyValues, type TemplateResult } from 'lit';

import { ApiError } from '../../core/errors.js';
import { nextTurn } from '../../domain/vote.js';
import { ActionController } from '../../state/action-controller.js';
import { ClockController } from '../../state/clock-controller.js';
import { alone, hasIntent, keepIntent, takeIntent } from '../../state/intent.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import {
  ballotOf,
  currentStepOf,
  draftOf,
  prepareToVote,
  proposalOf,
  refresh,
  viewerOf,
  vote,
  type VoteChange,
} from '../../state/voting.js';
import { hostStyles } from '../../ui/host.styles.js';
import { oneOf } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { CapLoginRequestEvent, CapVoteChangeEvent } from '../base/voting-events.js';
import { writerOf } from '../base/writer.js';
import { messages } from './messages.js';
import { messageFor, type Writer } from './vote-button.message.js';
import { styles } from './vote-button.styles.js';
import { renderFallback, renderReady } from './vote-button.template.js';
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
 * @csspart icon - The mark of a vote.
 * @cssproperty [--cap-vote-button-background=var(--cap-color-primary)] - Colour of the button.
 * @cssstate loading - No answer yet.
 * @cssstate ready - The button is shown.
 * @cssstate empty - There is no such proposal.
 * @cssstate error - The proposal could not be read, or the page names no platform.
 * @cssstate voted - The visitor's vote is recorded.
 * @cssstate pending - A vote is on its way.
 * @cssstate not-counted - The vote is recorded and does not count yet.
 * @cssstate blocked - Voting is not possible now.
 * @cssstate signed-out - The visitor has to sign in first.
 * @cssstate closed - The step is over.
 * @cssstate secret - The ballot is secret: there is no number.
 */
export class CapVoteButton extends CapElement {
  static override styles = [hostStyles, styles];
  static override properties = {
    proposalId: { attribute: 'proposal-id' },
    stepId: { attribute: 'step-id' },
    variant: { converter: oneOf('full', 'compact') },
    publicVote: { attribute: 'public-vote', type: Boolean },
  };

  /** Global ID of the proposal. */
  proposalId = '';
  /** Global ID of the voting step; left out, the one in which the proposal can be voted for. */
  stepId = '';
  /** `compact` leaves out the number of votes. */
  variant: 'full' | 'compact' = 'full';
  /** Shows the visitor's name with the vote. Votes are anonymous unless this is set. */
  publicVote = false;

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #save = new ActionController(this);
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
  #view: VoteButtonView = { kind: 'loading' };
  #subject = '';
  /** A kept wish is looked for, but not before a session that has refused it is known to have ended. */
  #intent: 'look' | 'wait' | 'none' = 'look';
  #unsure = false;
  #asksToSignIn = false;
  #outcome: 'recorded' | 'withdrawn' | null = null;
  /** What a hand-over has recorded: a page without the session cannot read it. */
  #handed: VoteChange | null = null;
  #handOver: typeof import('../../state/handoff.js').handOver | undefined;

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
        save: this.#save,
        unsure: this.#unsure,
        askable: Boolean(this.runtime && this.proposalId),
      },
      now,
    );
    const shown: VoteButtonView = this.#locale.ready || view.kind !== 'ready' ? view : { kind: 'loading' };
    const subject = [this.proposalId, this.stepId, JSON.stringify(this.runtime?.settings)].join();
    // While somebody signs in or out, tries again or changes the language, what is shown stays, and his place in it.
    if (shown.kind !== 'loading' || subject !== this.#subject) this.#view = shown;
    this.#subject = subject;
    const ready = this.#view.kind === 'ready' ? this.#view : undefined;
    this.#clock.wakeAt(nextTurn(ready?.ballot, now));
    this.show(
      this.#view,
      ready?.voted && 'voted',
      this.#save.pending && 'pending',
      ready?.waitsFor ? 'not-counted' : undefined,
      ready?.blocked ? 'blocked' : undefined,
      ready?.act === 'sign-in' && 'signed-out',
      ready?.blocked === 'step-closed' && 'closed',
      ready?.ballot?.secret ? 'secret' : undefined,
    );
    // Before the click: a window opens only in the click itself.
    if (this.#mode === 'hand-over' && !this.#handOver)
      void import('../../state/handoff.js').then(({ handOver, returned }) => {
        this.#handOver = handOver;
        // Takes what a hand-over has left in the address out of it.
        if (this.runtime) returned(this.runtime, () => undefined)();
      });
    // Nor may a vote wait for code that cannot be had when the network is gone.
    if (ready?.act === 'vote' || ready?.act === 'withdraw') void prepareToVote().catch(() => undefined);
    const focused = this.shadowRoot?.activeElement ?? null;
    super.update(changed);
    // What had the focus is gone, as the ways to sign in are afterwards: the visitor goes on from the button.
    if (focused?.isConnected === false) this.renderRoot.querySelector<HTMLElement>('[part=button],a')?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#actAfterSignIn();
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    return html`<div class="vote" lang=${this.#locale.wanted}>
      ${
        view.kind === 'ready'
          ? renderReady(view, this.#writer, this.#onClick, {
              said: messageFor(view, this.#outcome, this.#writer),
              compact: this.variant === 'compact',
              asksToSignIn: this.#asksToSignIn,
            })
          : renderFallback(view, this.#writer, this.#retry)
      }
    </div>`;
  }

  readonly #writer: Writer = writerOf(this.#locale, () => this.runtime?.settings.timeZone);

  readonly #onClick = (event: MouseEvent): void => {
    const view = this.#view;
    if (view.kind !== 'ready' || view.blocked) return;
    this.#outcome = null;
    const { proposal, act } = view;
    // Who clicks twice means once.
    if (act === 'choose') {
      if (event.detail < 2) this.#draft.state.data?.toggle(choiceOf(proposal));
    } else if (act === 'sign-in') this.#askToSignIn(true);
    else if (act === 'hand-over') void this.#carryOut(() => this.#send(!view.voted));
    else void this.#carryOut(() => this.#cast(act === 'vote'));
  };

  #askToSignIn(voted: boolean): void {
    const { runtime } = this;
    if (!runtime || !this.dispatchEvent(new CapLoginRequestEvent({ reason: 'vote' }))) return;
    // Signing in may lead away from the page.
    keepIntent(runtime, this.proposalId, this.#votingStep, voted);
    this.#intent = 'wait';
    this.#asksToSignIn = true;
    this.requestUpdate();
  }

  /** What the visitor pressed for, before signing in or before this page was loaded, is done as soon as the session allows, once. */
  #actAfterSignIn(): void {
    const { runtime, proposalId } = this;
    const view = this.#view;
    if (view.kind === 'ready' && view.act === 'sign-in' && this.#intent === 'wait') this.#intent = 'look';
    const able = view.kind === 'ready' && (view.act === 'vote' || view.act === 'withdraw') && !this.#save.pending;
    if (!able || this.#proposal.state.loading || !runtime || this.#intent !== 'look') return;
    this.#intent = 'none';
    this.#asksToSignIn = false;
    if (hasIntent())
      void alone(async () => {
        if (proposalId !== this.proposalId) return;
        const voted = takeIntent(runtime, proposalId, this.#votingStep);
        const now = this.#view; // Another tab may have had its turn before.
        if (voted !== null && now.kind === 'ready' && voted !== now.voted && !now.blocked)
          await this.#carryOut(() => this.#cast(voted));
      });
  }

  async #carryOut(act: () => Promise<void>): Promise<void> {
    const announce = this.announcer();
    this.#unsure = false;
    await this.#save.run(act);
    await this.updateComplete;
    const said =
      this.#view.kind === 'ready' && !this.#save.pending && messageFor(this.#view, this.#outcome, this.#writer);
    if (said) (await announce)?.(this.#locale.t(said.key, said.params), Boolean(this.#save.error));
  }

  // Shows the vote only once the platform has it: a count that jumps back would look like a lost vote.
  async #cast(voted: boolean): Promise<void> {
    const { runtime, proposalId, publicVote } = this;
    if (!runtime) return;
    const wish = { proposalId, stepId: this.#votingStep, voted, anonymously: !publicVote };
    const onUnsure = (): void => {
      this.#unsure = true;
      this.requestUpdate();
    };
    try {
      this.#accept(await vote(runtime, wish, this.#locale.wanted, onUnsure));
    } catch (reason) {
      // The session has ended: the visitor has to sign in again, and then it is done.
      if (reason instanceof ApiError && reason.code === 'unauthorized' && this.#isAbout(wish)) this.#askToSignIn(voted);
      throw reason;
    }
  }

  async #send(voted: boolean): Promise<void> {
    const { runtime, proposalId } = this;
    const stepId = this.#votingStep;
    if (!runtime) return;
    const handOver = this.#handOver ?? (await import('../../state/handoff.js')).handOver;
    const wish = { action: voted ? 'vote' : 'unvote', stepId, proposalIds: [proposalId] } as const;
    const { status, votes } = await handOver(runtime, wish);
    const own = votes.find((recorded) => recorded.proposalId === proposalId);
    if (status !== 'done' || own?.code) throw new ApiError(own?.code ?? 'cancelled', 'the hand-over page');
    // Without a word of its own it was so before, or the answer came by the address.
    const { voted: now, count, accounted } = own ?? { voted, count: null, accounted: voted };
    this.#accept((this.#handed = { proposalId, stepId, voted: now, count, accounted }));
    refresh(runtime);
  }

  #accept(change: VoteChange): void {
    // By now the element may stand for another proposal.
    if (this.#isAbout(change)) this.#outcome = change.voted ? 'recorded' : 'withdrawn';
    this.dispatchEvent(new CapVoteChangeEvent(change));
  }

  #isAbout({ proposalId, stepId }: Pick<VoteChange, 'proposalId' | 'stepId'>): boolean {
    return proposalId === this.proposalId && stepId === this.#votingStep;
  }

  #forget(): void {
    this.#outcome = this.#handed = null;
    this.#intent = 'look';
    this.#asksToSignIn = false;
    this.#save.clear();
  }

  readonly #retry = (): void => void this.tryAgain(() => this.failure(this.#locale.t));
}
