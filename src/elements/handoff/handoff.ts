import type { PropertyValues, TemplateResult } from 'lit';

import { write } from '../../core/json.js';
import { returnWith, type HandoffRequest } from '../../domain/handoff.js';
import { readAllowed } from '../../domain/handoff-allow.js';
import { readRequest, type Reading } from '../../domain/handoff-request.js';
import type { VotableProposal } from '../../domain/ballot.js';
import { ActionController } from '../../state/action-controller.js';
import { ClockController } from '../../state/clock-controller.js';
import { leave } from '../../state/errand.js';
import { LocaleController } from '../../state/locale-controller.js';
import { RequestController } from '../../state/request-controller.js';
import type { Resource } from '../../state/resource.js';
import { ResourceController } from '../../state/resource-controller.js';
import { ResourcesController } from '../../state/resources-controller.js';
import { SightController } from '../../state/sight-controller.js';
import { viewerOf } from '../../state/viewer.js';
import { ballotOf, proposalOf } from '../../state/ballot.js';
import { fillStyles } from '../../ui/fill.styles.js';
import { hostStyles } from '../../ui/host.styles.js';
import { wholeNumber } from '../base/attributes.js';
import { failureOf } from '../base/speech.js';
import { CapElement } from '../base/cap-element.js';
import { Errand } from './handoff.errand.js';
import { leftOut } from './handoff.items.js';
import { styles } from './handoff.styles.js';
import { handoffTemplate } from './handoff.template.js';
import { handoffView, type HandoffView, type Ready } from './handoff.view.js';
import { messages, type HandoffMessage } from './messages.js';

const words = { fromAttribute: (value: string | null): readonly string[] => value?.match(/\S+/g) ?? [] };

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
 * @csspart sentence - What a press is about to do, and with which account.
 * @csspart tick - Has votes taken back for a link from elsewhere.
 * @csspart not-me - Signs out whoever is signed in.
 * @csspart button - Confirms, cancels, tries again, or leads back.
 * @cssstate loading - Nothing is known yet.
 * @cssstate ready - The request is on screen.
 * @cssstate empty - The page was opened without a request.
 * @cssstate error - The request is refused, or the platform could not be asked.
 * @cssstate claimed - A link from elsewhere led here: the visitor has to want to see the request.
 * @cssstate sign-in - The visitor has to sign in first.
 * @cssstate confirm - The visitor is asked to confirm.
 * @cssstate blocked - The platform would not accept it.
 * @cssstate sending - It is being carried out.
 * @cssstate done - It is at its end.
 */
export class CapHandoff extends CapElement {
  static override styles = [hostStyles, fillStyles, styles];
  static override properties = {
    allow: { converter: words },
    headingLevel: { attribute: 'heading-level', converter: wholeNumber(1, 1, 6) },
  };

  /**
   * Origins whose pages may send visitors here, and get the answer, each with or without a folder behind it that visitors come
   * back to. What cannot be meant allows nothing.
   */
  allow: readonly string[] = [];
  /** Level of the title: the first, as the element is the page. */
  headingLevel = 1;

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #address = new RequestController(this, () => void this.#beginAnew());
  readonly #sight = new SightController(this);
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
  readonly #errand = new Errand({
    runtime: () => this.runtime,
    request: () => this.#request,
    lang: () => this.#locale.wanted,
    look: () => this.#look(),
    reload: () => this.reload(),
    update: () => this.requestUpdate(),
    say: (key, urgent) => void this.#say(key, urgent),
    ...{ run: this.#run, address: this.#address, sight: this.#sight },
    ...{ viewer: this.#viewer, ballot: this.#ballot, proposals: this.#proposals },
  });
  #reading: Reading | null = null;
  #read: string | null = null;
  #view: HandoffView = { kind: 'loading' };
  #focusLeaves = false;
  #ticked = false;
  /** What is known was known before the page was left: it is hidden until it has been read again. */
  #stale = false;

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
    // Whoever has signed in again is past what went wrong.
    if (stage === 'confirm' && before === 'sign-in') {
      this.#run.clear();
      this.#view = this.#look();
    }
    // The form that has the focus is about to go.
    this.#focusLeaves = before === 'sign-in' && stage !== before && this.matches(':focus-within');
    this.show(this.#view, stage);
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#focusLeaves) this.#focusPage();
    const { stage, items = [], account, ticked, code } = this.#ready ?? {};
    const parts = stage === 'confirm' ? [...this.renderRoot.querySelectorAll('.main,[part=sentence]')] : [];
    const shown = items.map(({ id, wish, todo }) => [id, wish, todo]);
    this.#sight.watch(write([this.#read, account?.id, ticked, code, shown]), parts);
    const { from } = this.#sight;
    this.#clock.wakeAt(from < Infinity && this.#clock.now < from ? from : null);
  }

  protected override render(): TemplateResult {
    const { t, wanted: lang } = this.#locale;
    return handoffTemplate(this.#view, {
      ...{ t, lang, level: this.headingLevel, platform: this.runtime?.settings.platform ?? '' },
      busy: this.#run.pending,
      armed: this.#sight.isArmed,
      back: this.#back,
      destination: this.#ready?.stage === 'sign-in' ? this.#address.wait() : '',
      onOpen: this.#address.open,
      onConfirm: this.#onConfirm,
      onCancel: this.#onCancel,
      onReturn: this.#onReturn,
      onRetry: this.#onRetry,
      onTick: this.#onTick,
      onNotMe: () => this.#errand.notMe(),
      onDoneHere: () => this.#errand.doneHere(),
    });
  }

  get #ready(): Ready | undefined {
    return this.#view.kind === 'ready' ? this.#view : undefined;
  }

  /** Where the visitor goes back to; with the outcome where no message can bring it there. */
  get #back(): { readonly url: string; readonly needed: boolean } {
    const request = this.#request;
    const { status } = this.#errand.progress;
    return request && status && !this.#address.opener
      ? { url: returnWith(request, status), needed: true }
      : { url: request?.returnUrl ?? '', needed: false };
  }

  #look(): HandoffView {
    const { framed, proof, opened } = this.#address;
    const { progress, unsure, other } = this.#errand;
    const isPublic = this.runtime?.settings.access === 'public';
    const view = handoffView(
      {
        reading: this.#reading,
        misplaced: framed ? { kind: 'framed' } : isPublic ? { kind: 'misplaced' } : null,
        viewer: this.#viewer.state,
        ballot: this.#ballot.state,
        proposals: this.#proposals.states,
        run: this.#run,
        ...{ proof, opened, ticked: this.#ticked, progress, unsure, other },
      },
      this.#clock.now,
    );
    return this.#locale.ready && !this.#stale ? view : { kind: 'loading' };
  }

  /** What the address asks for. */
  #readAddress(): void {
    const { hash, lost, framed } = this.#address;
    const key = write([hash, lost, this.allow]);
    // What has been confirmed is carried out to its end, whatever the address becomes meanwhile.
    if (key === this.#read || this.#run.pending) return;
    this.#read = key;
    const sites = this.allow.flatMap((word) => readAllowed(word) ?? []);
    this.#reading = lost ? { refusal: { kind: 'lost' } } : hash && !framed ? readRequest(hash, sites) : null;
    this.#ticked = false;
    this.#errand.begin(this.#request ? hash : null);
    // Before anything is asked of the platform: the controllers see the request after this.
    this.#address.begin(this.#request ?? null);
  }

  /** The page is back from the browser's cache, perhaps before somebody else's eyes. */
  async #beginAnew(): Promise<void> {
    this.#stale = true;
    this.#read = null;
    this.requestUpdate();
    await this.updateComplete;
    await this.reload();
    this.#stale = false;
    this.requestUpdate();
  }

  #chooseProposals(): ReadonlyMap<string, Resource<VotableProposal | null>> {
    const { runtime } = this;
    const request = this.#request;
    const viewer = this.#viewer.state.data;
    if (!runtime || !viewer || !request) return new Map();
    const ids = [...request.proposalIds, ...leftOut(request, this.#ballot.state.data ?? null, this.#errand.progress)];
    return new Map(
      ids.map((id) => [id, proposalOf(runtime, id, request.stepId, viewer.signedIn, this.#locale.wanted)]),
    );
  }

  readonly #onConfirm = (): void => {
    const view = this.#ready;
    // What has happened since the last rendering counts as well.
    const { hash, lost } = this.#address;
    const isSame = this.#read === write([hash, lost, this.allow]);
    if (view?.stage === 'confirm' && view.able && isSame && this.#sight.isArmed) this.#errand.carryOut(view);
  };

  async #say(key: HandoffMessage | null, urgent = false): Promise<void> {
    const announcer = this.announcer();
    await this.updateComplete;
    if (key) (await announcer)?.(this.#locale.t(key), urgent);
    else this.#focusPage();
  }

  #focusPage(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=handoff]')?.focus();
  }

  readonly #onCancel = (): void => {
    const view = this.#ready;
    if (!view || view.stage === 'sending') return;
    this.#errand.cancel(view);
    if (!this.#leaves(view.request)) location.assign(this.#back.url);
  };

  /** Whether this window closes: not where it has to bring the answer itself. */
  readonly #leaves = (request: HandoffRequest): boolean => this.#address.opener !== null && leave(request);

  readonly #onReturn = (event: Event): void => {
    const request = this.#request;
    if (request && this.#leaves(request)) event.preventDefault();
  };

  readonly #onTick = ({ currentTarget }: Event): void => {
    this.#ticked = (currentTarget as HTMLInputElement).checked;
    this.requestUpdate();
  };

  readonly #onRetry = (): void => void this.tryAgain(() => failureOf(this.#view, this.#locale.t));
}
