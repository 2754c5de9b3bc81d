import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';

import { ApiError, errorMessage, isRetryable } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import type { VotableProposal } from '../../domain/vote.js';
import { formatMoney } from '../../i18n/money.js';
import { ActionController } from '../../state/action-controller.js';
import { ClockController } from '../../state/clock-controller.js';
import { keepIntent, takeIntent } from '../../state/intent.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import {
  ballotOf,
  currentStepOf,
  proposalOf,
  refresh,
  UnsureError,
  viewerOf,
  vote,
  type VoteChange,
} from '../../state/voting.js';
import { hostStyles } from '../../ui/host.styles.js';
import { icon } from '../../ui/icon.js';
import { retryButton } from '../../ui/retry.js';
import { oneOf } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { CapLoginRequestEvent } from '../base/events.js';
import { messages } from './messages.js';
import { CapVoteChangeEvent } from './vote-button.events.js';
import { messageFor, type Said, type Writer } from './vote-button.message.js';
import { styles } from './vote-button.styles.js';
import { voteButtonView, type VoteButtonView, type VoteMode } from './vote-button.view.js';

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;

const CHECK = svg`<path d="M5 12.5l4.5 4.5L19 7"/>`;

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
    return this.runtime && step ? ballotOf(this.runtime, step, this.#locale.wanted) : null;
  });
  readonly #proposal = new ResourceController(this, () => {
    const viewer = this.#viewer.state.data;
    const step = this.#votingStep;
    return this.runtime && this.proposalId && step && viewer
      ? proposalOf(this.runtime, this.proposalId, step, viewer.signedIn, this.#locale.wanted)
      : null;
  });
  #view: VoteButtonView = { kind: 'loading' };
  /** What the visitor pressed for before signing in. */
  #intent = false;
  #looked = false;
  #asksToSignIn = false;
  #outcome: 'recorded' | 'withdrawn' | null = null;
  /** What a hand-over has recorded: a page without the session cannot read it. */
  #handed: VoteChange | null = null;
  #handOver: typeof import('../../state/handoff.js').handOver | undefined;

  override async reload(): Promise<void> {
    await Promise.all([this.#viewer.reload(), this.#ballot.reload(), this.#proposal.reload()]);
  }

  get #votingStep(): string {
    return this.stepId || (this.#step.state.data ?? '');
  }

  get #mode(): VoteMode {
    const settings = this.runtime?.settings;
    return settings?.access === 'session' ? 'session' : settings?.handoff ? 'hand-over' : 'link';
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    if (changed.has('proposalId') || changed.has('stepId')) this.#forget();
    const { now } = this.#clock;
    const noStep = !this.stepId && this.#step.state.data === null;
    const view = voteButtonView(
      {
        mode: this.#mode,
        viewer: this.#viewer.state,
        ballot: this.#ballot.state,
        proposal: noStep ? { data: null, loading: false } : this.#withHanded(this.#proposal.state),
        save: { ...actionOf(this.#save), unsure: this.#save.error instanceof UnsureError },
        askable: Boolean(this.runtime && this.proposalId),
      },
      now,
    );
    this.#view = view.kind === 'ready' && !this.#locale.ready ? { kind: 'loading' } : view;
    const ready = this.#view.kind === 'ready' ? this.#view : undefined;
    const { startAt = null, endAt = null } = ready?.ballot?.step ?? {};
    const next = [startAt, endAt].find((date) => date !== null && date > now);
    this.#clock.wakeAt(next ?? null);
    this.show(
      this.#view,
      ready?.voted && 'voted',
      ready?.blocked === 'saving' && 'pending',
      ready?.waitsFor ? 'not-counted' : undefined,
      ready?.blocked && 'blocked',
      ready?.act === 'sign-in' && 'signed-out',
      ready?.blocked === 'step-closed' && 'closed',
      ready?.ballot?.secret && 'secret',
    );
    if (this.#mode === 'hand-over' && !this.#handOver)
      // Before the click: a window opens only in the click itself.
      void import('../../state/handoff.js').then(({ handOver }) => (this.#handOver = handOver));
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#actAfterSignIn();
    if (this.#save.error instanceof UnsureError && !this.#save.pending) this.#lookUp();
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const { t } = this.#locale;
    return html`<div class="vote" lang=${this.#locale.wanted}>
      ${
        view.kind === 'ready'
          ? this.#renderReady(view)
          : view.kind === 'loading'
            ? html`<div class="row">
                <slot><span class="skeleton"></span></slot>
              </div>`
            : html`
                <slot></slot>
                ${view.code ? html`<p part="message">${t(errorMessage(view.code))}</p>` : nothing}
                ${
                  view.kind === 'error' && view.retryable
                    ? html`<div class="retry">
                        ${retryButton(t(view.retrying ? 'loading' : 'retry'), view.retrying, this.#retry)}
                      </div>`
                    : nothing
                }
              `
      }
    </div>`;
  }

  #renderReady(view: Ready): TemplateResult {
    const said = messageFor(view, this.#outcome, this.#writer);
    const { t } = this.#locale;
    const finish = view.waitsFor === 'requirements' && view.proposal.own?.finishUrl;
    return html`
      <div class="row">
        ${this.#renderControl(view)} ${this.variant === 'compact' ? nothing : this.#renderCount(view)}
      </div>
      ${this.variant === 'compact' ? nothing : this.#renderThreshold(view)}
      ${said ? html`<p part="message" id="message" class=${said.tone ?? ''}>${this.#say(said)}</p>` : nothing}
      ${finish ? html`<p><a href=${finish}>${t('finish')}</a></p>` : nothing}
      ${
        this.#asksToSignIn && view.act === 'sign-in'
          ? html`<cap-login-prompt reason=${t('sign-in')} .destination=${view.proposal.url}></cap-login-prompt>`
          : nothing
      }
    `;
  }

  // One template for every state with a button, so that a change of state does not take the focus away.
  #renderControl({ act, ballot, proposal: { title, url }, voted, blocked }: Ready): TemplateResult {
    const { t } = this.#locale;
    if (act === 'link') {
      const { host } = new URL(url);
      return html`<a part="button" href=${url} aria-label=${t('link.for', { host, title })}>${t('link', { host })}</a>`;
    }
    const wording = ballot?.wording ?? 'vote';
    return html`<button
      part="button"
      type="button"
      aria-label=${t(`${wording}.for`, { title })}
      aria-pressed=${voted}
      aria-disabled=${blocked ? 'true' : nothing}
      aria-describedby="message"
      @click=${this.#onClick}
    >
      ${voted ? icon(CHECK) : nothing}${t(wording)}
    </button>`;
  }

  #renderCount({ ballot, proposal: { count } }: Ready): TemplateResult | typeof nothing {
    const { t } = this.#locale;
    if (ballot?.secret) {
      const { publishedAt } = ballot.secret;
      return html`<span part="count"
        >${publishedAt === null ? t('secret') : t('secret.until', { date: this.#writer.date(publishedAt) })}</span
      >`;
    }
    // Without the rules nobody knows whether the ballot is secret: no number then.
    if (!count || !ballot) return nothing;
    const all = t('count', { count: count.online + (count.paper ?? 0) });
    return count.paper
      ? html`<details part="count">
          <summary>${all}</summary>
          ${t('split', { online: count.online, paper: count.paper })}
        </details>`
      : html`<span part="count">${all}</span>`;
  }

  #renderThreshold({ ballot, proposal: { count } }: Ready): TemplateResult | typeof nothing {
    const threshold = ballot?.threshold;
    if (!threshold || !count || ballot.secret) return nothing;
    const votes = count.online + (count.paper ?? 0);
    return html`<p part="threshold">
      <meter min="0" max=${threshold} .value=${votes} aria-hidden="true"></meter>
      ${
        votes < threshold
          ? this.#locale.t('threshold', { count: votes, threshold })
          : this.#locale.t('threshold.reached', { threshold })
      }
    </p>`;
  }

  readonly #writer: Writer = {
    date: (instant) =>
      this.#locale.date(instant, { dateStyle: 'long', timeStyle: 'short', timeZone: this.runtime?.settings.timeZone }),
    money: (euros) => formatMoney(this.#locale.wanted, euros),
  };

  #say({ key, params }: Said): string {
    return this.#locale.t(key, params);
  }

  readonly #onClick = (): void => {
    const view = this.#view;
    const { runtime } = this;
    if (view.kind !== 'ready' || view.blocked || !runtime) return;
    this.#outcome = null;
    if (view.act === 'sign-in') this.#askToSignIn();
    else if (view.act === 'hand-over') void this.#carryOut(() => this.#send(!view.voted));
    else void this.#carryOut(() => this.#cast(view.act === 'vote'));
  };

  #askToSignIn(): void {
    const { runtime } = this;
    if (!runtime || !this.dispatchEvent(new CapLoginRequestEvent({ reason: 'vote' }))) return;
    this.#intent = true;
    // Signing in may lead away from the page.
    keepIntent(runtime, this.proposalId, this.#votingStep);
    this.#asksToSignIn = true;
    this.requestUpdate();
  }

  /** What the visitor pressed for is done as soon as the session allows, once. */
  #actAfterSignIn(): void {
    const { runtime } = this;
    const view = this.#view;
    if (view.kind !== 'ready' || view.act === 'sign-in' || this.#mode !== 'session' || !runtime || this.#save.pending)
      return;
    // A wish from before this page was loaded is looked for once.
    const wanted = this.#intent || !this.#looked;
    this.#looked = true;
    if (!wanted || !(takeIntent(runtime, this.proposalId, this.#votingStep) || this.#intent)) return;
    this.#intent = false;
    this.#asksToSignIn = false;
    if (view.act === 'vote' && !view.blocked) void this.#carryOut(() => this.#cast(true));
  }

  async #carryOut(act: () => Promise<void>): Promise<void> {
    await this.#save.run(act);
    await this.updateComplete;
    const view = this.#view;
    const said = view.kind === 'ready' && messageFor(view, this.#outcome, this.#writer);
    if (said) (await this.announcer())?.(this.#say(said), Boolean(this.#save.error));
  }

  // Shows the vote only once the platform has it: a count that jumps back would look like a lost vote.
  async #cast(voted: boolean): Promise<void> {
    const { runtime, proposalId, publicVote } = this;
    if (!runtime) return;
    const wish = { proposalId, stepId: this.#votingStep, voted, anonymously: !publicVote };
    this.#accept(await vote(runtime, wish, this.#locale.wanted));
  }

  async #send(voted: boolean): Promise<void> {
    const { runtime, proposalId } = this;
    const stepId = this.#votingStep;
    if (!runtime) return;
    const handOver = this.#handOver ?? (await import('../../state/handoff.js')).handOver;
    const { votes } = await handOver(runtime, { action: voted ? 'vote' : 'unvote', stepId, proposalIds: [proposalId] });
    const own = votes.find((recorded) => recorded.proposalId === proposalId);
    if (!own || own.code) throw new ApiError(own?.code ?? 'cancelled', 'the hand-over page');
    this.#handed = { proposalId, stepId, voted: own.voted, count: own.count, accounted: own.accounted };
    this.#accept(this.#handed);
    refresh(runtime);
  }

  #accept(change: VoteChange): void {
    this.#outcome = change.voted ? 'recorded' : 'withdrawn';
    this.dispatchEvent(new CapVoteChangeEvent(change));
  }

  /** Nobody knows whether the vote is recorded: the platform is asked until it says. */
  #lookUp(): void {
    const { proposalId } = this;
    void this.#save.run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      if (proposalId === this.proposalId) await this.#proposal.reload();
      const { error } = this.#proposal.state;
      if (error && isRetryable(error.code)) throw new UnsureError(error);
    });
  }

  #withHanded(remote: Remote<VotableProposal | null>): Remote<VotableProposal | null> {
    const { data } = remote;
    if (!data || !this.#handed) return remote;
    const own = this.#handed.voted ? { accounted: this.#handed.accounted, waitsFor: null, finishUrl: null } : null;
    return { ...remote, data: { ...data, own } };
  }

  #forget(): void {
    this.#outcome = null;
    this.#handed = null;
    this.#intent = false;
    this.#looked = false;
    this.#asksToSignIn = false;
    this.#save.clear();
  }

  readonly #retry = (): void =>
    void this.tryAgain(() => {
      const view = this.#view;
      return view.kind === 'error' && view.code ? [this.#locale.t(errorMessage(view.code)), true] : ['', false];
    });
}

const actionOf = ({
  pending,
  error,
  done,
}: ActionController): Pick<ActionController, 'pending' | 'error' | 'done'> => ({ pending, error, done });
