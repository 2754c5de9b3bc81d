import type { PropertyValues, TemplateResult } from 'lit';

import type { HandoffRequest, HandoffResult, HandoffVote } from '../../domain/handoff.js';
import { readRequest, type Reading } from '../../domain/handoff-request.js';
import { ActionController } from '../../state/action-controller.js';
import { ClockController } from '../../state/clock-controller.js';
import { answer, arrange, carryOut, keepProgress, leave, progressOf, type Progress } from '../../state/errand.js';
import { LocaleController } from '../../state/locale-controller.js';
import { RequestController } from '../../state/request-controller.js';
import type { Resource } from '../../state/resource.js';
import { ResourceController } from '../../state/resource-controller.js';
import { ResourcesController } from '../../state/resources-controller.js';
import type { VotableProposal } from '../../domain/vote.js';
import { ballotOf, proposalOf, viewerOf } from '../../state/voting.js';
import { hostStyles } from '../../ui/host.styles.js';
import { wholeNumber } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { styles } from './handoff.styles.js';
import { handoffTemplate, interruption } from './handoff.template.js';
import { handoffView, leftOut, outcomeOf, type HandoffView, type Item, type Ready } from './handoff.view.js';
import { messages } from './messages.js';

const NOTHING: Progress = { state: '', votes: [], status: null };

/** Origins as browsers write them. Nothing stands for several: a page that serves everybody would protect nobody. */
const origins = {
  fromAttribute: (value: string | null): readonly string[] =>
    (value ?? '').split(/\s+/).flatMap((word) => (word ? [word.replace(/\/$/, '')] : [])),
};

/**
 * Carries out, on the platform's own page, what a visitor has begun on another site: shows it, has the visitor sign in and
 * confirm, acts with the platform's session, and tells the site that asked what was recorded. Only for `handoff.html`.
 *
 * @tag cap-handoff
 * @summary The hand-over page.
 * @status experimental
 * @since 0.2
 * @slot - Shown until the request has been read: a link to the platform.
 * @fires {CapLoadEvent} cap-load - The request is on screen.
 * @fires {CapErrorEvent} cap-error - The request was refused, or could not be carried out for now.
 * @csspart handoff - The whole page.
 * @csspart title - What it is about.
 * @csspart from - The site that asks.
 * @csspart message - Where the request stands, or why it is refused.
 * @csspart list - The proposals of the request.
 * @csspart proposal - Title of a proposal.
 * @csspart outcome - What has become of one vote.
 * @csspart note - What else there is to know.
 * @csspart button - Confirms, cancels, tries again, or leads back.
 * @cssstate loading - Nothing is known yet.
 * @cssstate ready - The request is on screen.
 * @cssstate empty - The page was opened without a request.
 * @cssstate error - The request is refused, or the platform could not be asked.
 * @cssstate sign-in - The visitor has to sign in first.
 * @cssstate confirm - The visitor is asked to confirm.
 * @cssstate blocked - The platform would not accept it.
 * @cssstate sending - It is being carried out.
 * @cssstate done - It is at its end.
 */
export class CapHandoff extends CapElement {
  static override styles = [hostStyles, styles];
  static override properties = {
    allow: { converter: origins },
    headingLevel: { attribute: 'heading-level', converter: wholeNumber(1, 1, 6) },
  };

  /** Origins whose pages may send visitors here, and get the answer. */
  allow: readonly string[] = [];
  /** Level of the title: the first, as the element is the page. */
  headingLevel = 1;

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #address = new RequestController(this);
  readonly #run = new ActionController(this);
  readonly #viewer = new ResourceController(
    this,
    () => this.runtime && this.#request && viewerOf(this.runtime, this.#locale.wanted),
  );
  readonly #ballot = new ResourceController(this, () => {
    const stepId = this.#request?.stepId;
    return this.runtime && stepId ? ballotOf(this.runtime, stepId, this.#locale.wanted) : null;
  });
  readonly #proposals = new ResourcesController(this, () => this.#chooseProposals());
  #reading: Reading | null = null;
  #read = '';
  #progress = NOTHING;
  #view: HandoffView = { kind: 'loading' };
  #focusLeaves = false;
  #unsure = false;

  override async reload(): Promise<void> {
    await Promise.all([this.#viewer.reload(), this.#ballot.reload(), this.#proposals.reload()]);
  }

  get #request(): HandoffRequest | undefined {
    return this.#reading && 'request' in this.#reading ? this.#reading.request : undefined;
  }

  // Before the controllers, which choose by it what to follow.
  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#readAddress();
    super.willUpdate(changed);
  }

  // After the controllers.
  protected override update(changed: PropertyValues<this>): void {
    const before = this.#ready?.stage;
    this.#view = this.#look();
    const stage = this.#ready?.stage;
    if (stage === 'confirm' && stage !== before) {
      // Whoever has signed in again is past what went wrong.
      if (before !== 'sending') this.#run.clear();
      this.#address.appear();
      this.#view = this.#look();
    }
    // The form that has the focus is about to go.
    this.#focusLeaves = before === 'sign-in' && stage !== before && this.matches(':focus-within');
    const { clicksFrom } = this.#address;
    this.#clock.wakeAt(this.#clock.now < clicksFrom ? clicksFrom : null);
    this.show(this.#view, stage);
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#focusLeaves) this.#focusPage();
    const view = this.#ready;
    // Signing in was all there was to do.
    if (view?.request.action === 'login' && view.stage === 'confirm') this.#finish([], 'done');
  }

  protected override render(): TemplateResult {
    return handoffTemplate(this.#view, {
      t: this.#locale.t,
      lang: this.#locale.wanted,
      level: this.headingLevel,
      platform: this.runtime?.settings.platform ?? '',
      onConfirm: this.#onConfirm,
      onCancel: this.#onCancel,
      onReturn: this.#onReturn,
      onRetry: this.#onRetry,
    });
  }

  get #ready(): Ready | undefined {
    return this.#view.kind === 'ready' ? this.#view : undefined;
  }

  #look(): HandoffView {
    const { framed, clicksFrom } = this.#address;
    const access = this.runtime?.settings.access;
    const view = handoffView(
      {
        reading: this.#reading,
        misplaced: framed ? { kind: 'framed' } : access === 'public' ? { kind: 'misplaced' } : null,
        viewer: this.#viewer.state,
        ballot: this.#ballot.state,
        proposals: this.#proposals.states,
        progress: this.#progress,
        run: this.#run,
        unsure: this.#unsure,
        clicksFrom,
      },
      this.#clock.now,
    );
    return this.#locale.ready ? view : { kind: 'loading' };
  }

  /** What the address asks for; a request that was begun in this tab before goes on where it was. */
  #readAddress(): void {
    const { hash } = this.#address;
    const key = [hash, ...this.allow].join(' ');
    // What has been confirmed is carried out to its end, whatever the address becomes meanwhile.
    if (key === this.#read || this.#run.pending) return;
    this.#read = key;
    this.#reading = hash.length > 1 ? readRequest(hash, this.allow) : null;
    this.#progress = this.#request ? progressOf(this.#request) : NOTHING;
    this.#run.clear();
  }

  #chooseProposals(): ReadonlyMap<string, Resource<VotableProposal | null>> {
    const { runtime } = this;
    const request = this.#request;
    const viewer = this.#viewer.state.data;
    if (!runtime || !viewer || !request) return new Map();
    const ids = [...request.proposalIds, ...leftOut(request, this.#ballot.state.data ?? null, this.#progress)];
    return new Map(
      ids.map((id) => [id, proposalOf(runtime, id, request.stepId, viewer.signedIn, this.#locale.wanted)]),
    );
  }

  readonly #onConfirm = (): void => {
    const view = this.#ready;
    // What has happened since the last rendering counts as well.
    if (view?.stage === 'confirm' && view.armed && this.#clock.now >= this.#address.clicksFrom)
      void this.#carryOut(view);
  };

  /** Carries out what is on screen at this moment, and nothing that comes up later. */
  async #carryOut({ request, items: shown }: Ready): Promise<void> {
    const { runtime } = this;
    if (!runtime) return;
    const announcer = this.announcer();
    await this.#run.run(async () => {
      // An earlier attempt may have been recorded without an answer, or the visitor have acted elsewhere.
      await this.#proposals.reload();
      const latest = this.#look();
      const known = latest.kind === 'ready' ? latest.items : [];
      const items = shown.map((item) => known.find(({ id }) => id === item.id) ?? item);
      this.#settle(items);
      const tasks = items
        .filter(({ met, obstacle, outcome }) => !met && !obstacle && !outcome)
        .map(({ id, wish }) => ({ proposalId: id, voted: wish }));
      const failure = await carryOut(runtime, request.stepId, tasks, this.#locale.wanted, {
        settled: (vote) => this.#note(vote),
        unsure: () => void this.#doubt(announcer),
      });
      if (failure?.code === 'unauthorized') await this.#viewer.reload();
      if (failure) throw failure;
      if (request.action === 'ballot' && this.#ballot.state.data?.ranking) {
        const order = request.proposalIds.map((id) => this.#proposals.states.get(id)?.data?.id ?? id);
        await arrange(runtime, { stepId: request.stepId, order }, this.#locale.wanted);
      }
      // With the last vote of a minimum all the others count as well.
      await this.#proposals.reload();
      const votes = this.#progress.votes.map((vote) => this.#asCounted(vote));
      this.#finish(votes, votes.some(({ code }) => code) ? 'failed' : 'done');
    });
    this.#unsure = false;
    await this.updateComplete;
    const { error } = this.#run;
    if (error)
      (await announcer)?.(this.#locale.t(interruption(error.code, this.#viewer.state.data?.signedIn ?? false)), true);
    else this.#focusPage();
  }

  #focusPage(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=handoff]')?.focus();
  }

  /** Takes down what the platform need not be asked for. */
  #settle(items: readonly Item[]): void {
    const ballot = this.#ballot.state.data ?? null;
    for (const item of items) {
      const outcome = item.outcome ? null : outcomeOf(item, ballot);
      if (outcome) this.#note(outcome);
    }
  }

  /** Nobody knows for now whether the platform has recorded what was sent. */
  async #doubt(announcer: ReturnType<CapElement['announcer']>): Promise<void> {
    if (this.#unsure) return;
    this.#unsure = true;
    this.requestUpdate();
    (await announcer)?.(this.#locale.t('unsure'));
  }

  #note(vote: HandoffVote): void {
    this.#unsure = false;
    this.#keep({ ...this.#progress, votes: [...this.#progress.votes, vote] });
  }

  #asCounted(vote: HandoffVote): HandoffVote {
    const own = this.#proposals.states.get(vote.proposalId)?.data?.own;
    return own ? { ...vote, accounted: own.accounted } : vote;
  }

  #keep(progress: Omit<Progress, 'state'>): void {
    this.#progress = { ...progress, state: this.#request?.state ?? '' };
    keepProgress(this.#progress);
    this.requestUpdate();
  }

  #finish(votes: readonly HandoffVote[], status: HandoffResult['status']): void {
    const request = this.#request;
    if (!request) return;
    this.#keep({ votes, status });
    answer(request, { status, signedIn: this.#viewer.state.data?.signedIn ?? false, votes, results: [] });
  }

  readonly #onCancel = (): void => {
    const view = this.#ready;
    if (!view || view.stage === 'sending') return;
    if (view.stage === 'blocked') this.#settle(view.items);
    const { votes } = this.#progress;
    this.#finish(votes, votes.length ? 'failed' : 'cancelled');
    if (!leave(view.request)) location.assign(view.request.returnUrl);
  };

  readonly #onReturn = (event: Event): void => {
    const request = this.#request;
    if (request && leave(request)) event.preventDefault();
  };

  readonly #onRetry = (): void => void this.tryAgain(() => this.failure(this.#locale.t));
}
