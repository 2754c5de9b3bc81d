import { adoptStyles, css, html, nothing, type LitElement, type TemplateResult } from 'lit';

import { ApiError } from '../../core/errors.js';
import { isMadeByLink } from '../../core/made-by-link.js';
import type { Catalog } from '../../i18n/messages.js';
import { votePress, type VotePressMessage } from '../../i18n/locales/fr/vote-press.js';
import { ActController } from '../../state/act-controller.js';
import type { ActStatus, Ports } from '../../state/act.js';
import type { HandoffOutcome, Return } from '../../state/handoff.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ReturnController } from '../../state/return-controller.js';
import type { Runtime } from '../../state/runtime.js';
import { sameViewer, type Viewer } from '../../state/viewer.js';
import { prepareToVote, vote, type VoteChange } from '../../state/ballot.js';
import { CapLoginRequestEvent, CapVoteChangeEvent } from '../base/voting-events.js';
import { questionOf, talkOf, type PressSaid } from './vote-button.talk.js';
import type { VoteButtonView, VoteMode } from './vote-button.view.js';

const messages: Catalog<VotePressMessage> = {
  fr: votePress,
  others: { en: async () => (await import('../../i18n/locales/en/vote-press.js')).votePress },
};

const styles = css`
  [part='question'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.5em;
    padding: 0.75em;
    border-inline-start: 0.25em solid var(--_primary);
    background: var(--_soft);
  }
  [part='question'] p {
    flex-basis: 100%;
  }
  [part='question'] .quiet {
    background: var(--_surface);
    color: var(--_link);
  }
`;

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;

/** The button around its act, as it is at the moment of asking. */
export interface Button {
  readonly runtime: Runtime | undefined;
  readonly proposalId: string;
  readonly stepId: string;
  readonly mode: VoteMode;
  readonly publicVote: boolean;
  readonly lang: string;
  readonly view: VoteButtonView;
  readonly viewer: Viewer | undefined;
  /** The proposal is being read. */
  readonly reading: boolean;
  readonly announce: (text: string, urgent: boolean) => void;
  /** What a hand-over has recorded: a page without the session cannot read it. */
  readonly handed: (change: VoteChange) => void;
}

/** All that a vote button takes for being pressed: it is loaded after the first picture. */
export class VotePress {
  readonly #host: LitElement;
  readonly #button: () => Button;
  readonly #locale: LocaleController<VotePressMessage>;
  readonly #handing: ReturnController;
  readonly #act: ActController<boolean, VoteChange>;

  constructor(host: LitElement, button: () => Button) {
    this.#host = host;
    this.#button = button;
    const root = host.renderRoot as ShadowRoot;
    adoptStyles(root, [...root.adoptedStyleSheets, styles]);
    this.#locale = new LocaleController(host, messages, () => button().runtime?.settings.lang);
    this.#act = new ActController(host, () => this.#ports(), this.#onChange);
    this.#handing = new ReturnController(
      host,
      () => (button().mode === 'hand-over' ? (button().runtime ?? null) : null),
      this.#onReturn,
    );
    // A vote must not wait for code that cannot be had when the network is gone.
    if (button().mode === 'session') void prepareToVote().catch(() => undefined);
  }

  get status(): ActStatus<boolean, VoteChange> {
    return this.#act.status;
  }

  /** @param account - ID of the account that was shown when the visitor pressed. */
  press(voted: boolean, account: string | null): void {
    this.#act.act?.press(voted, account);
  }

  /** The button stands for something else, or for somebody else. */
  reset(): void {
    this.#act.reset();
  }

  /** What there is to say of an act: that it is under way, what it has come to, or why it was refused. */
  said(view: Ready): { readonly text: string; readonly tone: string } | null {
    const said = talkOf(view);
    return said && { text: this.#write(said), tone: said.tone ?? '' };
  }

  /** Asks before anything is done. The answer is no part of the control: who has pressed that twice has answered nothing. */
  renderQuestion(view: Ready): TemplateResult | typeof nothing {
    const { t } = this.#locale;
    const asked = questionOf(view);
    const { proposal, question, wish, outcome } = view;
    const isUnknown = outcome === 'unknown' || question === 'unknown';
    const { host } = new URL(proposal.url);
    return html`${isUnknown ? html`<p><a href=${proposal.url}>${t('look', { host })}</a></p>` : nothing}
    ${
      asked
        ? html`<div part="question" class="surface" role="group" aria-labelledby="question">
            <p id="question" tabindex="-1">${this.#write(asked)}</p>
            <button part="button" type="button" @click=${this.#onYes}>
              ${t(question === 'unknown' ? 'ask.again' : wish ? 'ask.yes' : 'ask.withdraw')}
            </button>
            <button part="button" class="quiet" type="button" @click=${this.#onNo}>${t('ask.no')}</button>
          </div>`
        : nothing
    }`;
  }

  #write({ key, params }: PressSaid): string {
    return this.#locale.t(key, params);
  }

  readonly #onYes = (event: MouseEvent): void => {
    // The second half of a double click was not meant for this button.
    if (event.detail > 1) return;
    const account = this.#button().viewer?.id ?? null;
    this.#goOnFromControl();
    this.#act.act?.confirm(account);
  };

  readonly #onNo = (): void => {
    this.#goOnFromControl();
    this.#act.act?.dismiss();
  };

  /** What has the focus is about to go. */
  #goOnFromControl(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('[part=button]')?.focus();
  }

  readonly #onChange = (status: ActStatus<boolean, VoteChange>, before: ActStatus<boolean, VoteChange>): void => {
    if (status.at !== before.at && /^(done|failed|unknown|asking)$/.test(status.at))
      void this.#tell(status.at === 'failed' && !status.another);
    // Only whoever has pressed is led to the question.
    if (status.at === 'asking' && status.why !== 'session') void this.#focusQuestion();
  };

  async #tell(urgent: boolean): Promise<void> {
    await this.#host.updateComplete;
    const { view, announce } = this.#button();
    if (view.kind !== 'ready') return;
    const asked = questionOf(view);
    const said = asked
      ? this.#write(asked)
      : this.#host.renderRoot.querySelector('[part=message]')?.textContent?.trim();
    if (said) announce(said, urgent);
  }

  async #focusQuestion(): Promise<void> {
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('#question')?.focus();
  }

  #ports(): Ports<boolean, VoteChange> | null {
    const { runtime, proposalId, stepId, mode } = this.#button();
    if (!runtime || !proposalId) return null;
    return {
      runtime,
      subject: { kind: 'proposal', id: proposalId, step: stepId },
      way: mode === 'session' ? 'session' : 'hand-over',
      asksFirst: isMadeByLink(this.#host),
      viewer: () => this.#button().viewer,
      look: (account) => sameViewer(runtime, account, this.#button().lang),
      standing: (voted) => this.#standing(voted),
      maySignIn: () => this.#host.dispatchEvent(new CapLoginRequestEvent({ reason: 'vote' })),
      // Shows the vote only once the platform has it: a count that jumps back would look like a lost vote.
      cast: (voted, onUnsure) => {
        const { publicVote, lang } = this.#button();
        return vote(runtime, { proposalId, stepId, voted, anonymously: !publicVote }, lang, onUnsure);
      },
      handOver: (voted, onUnknown) => this.#send(runtime, { proposalId, stepId, voted }, onUnknown),
      // By now the element may stand for another proposal.
      recorded: (change) => void this.#host.dispatchEvent(new CapVoteChangeEvent(change)),
    };
  }

  #standing(voted: boolean): 'unknown' | 'able' | 'met' | 'blocked' {
    const { view, reading } = this.#button();
    if (view.kind !== 'ready' || reading || (view.act !== 'vote' && view.act !== 'withdraw')) return 'unknown';
    return view.voted === voted ? 'met' : view.blocked ? 'blocked' : 'able';
  }

  async #send(
    runtime: Runtime,
    { proposalId, stepId, voted }: Pick<VoteChange, 'proposalId' | 'stepId' | 'voted'>,
    onUnknown: () => void,
  ): Promise<VoteChange | null> {
    const wish = { action: voted ? 'vote' : 'unvote', stepId, proposalIds: [proposalId] } as const;
    const outcome = await this.#handing.handOver(runtime, wish, onUnknown);
    const result = handedBy(outcome, proposalId, stepId, voted);
    if (result instanceof ApiError) throw result;
    const now = this.#button();
    if (result && now.proposalId === proposalId && now.stepId === stepId) now.handed(result);
    return result;
  }

  /** An act that was handed over before this page was loaded, or that nobody waited for any more. */
  readonly #onReturn = ({ wish: { action, stepId, proposalIds }, outcome }: Return): void => {
    const button = this.#button();
    if (!/vote$/.test(action) || stepId !== button.stepId || proposalIds[0] !== button.proposalId) return;
    const voted = action === 'vote';
    const result = handedBy(outcome, button.proposalId, stepId, voted);
    if (result && !(result instanceof ApiError)) button.handed(result);
    this.#act.act?.comeBack(voted, result);
  };
}

/** What a hand-over has come to; null while nobody knows. An answer by the address says nothing of single votes. */
function handedBy(
  { status, votes }: HandoffOutcome,
  proposalId: string,
  stepId: string,
  wanted: boolean,
): VoteChange | ApiError | null {
  if (status === 'unknown') return null;
  const own = votes.find((recorded) => recorded.proposalId === proposalId);
  if (own && !own.code) return { proposalId, stepId, voted: own.voted, count: own.count, accounted: own.accounted };
  if (!own && status === 'done') return { proposalId, stepId, voted: wanted, count: null, accounted: wanted };
  return new ApiError(own?.code ?? (status === 'failed' ? 'bad-response' : 'cancelled'), 'the hand-over page');
}
