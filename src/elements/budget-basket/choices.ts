import { adoptStyles, html, nothing, type LitElement, type TemplateResult } from 'lit';

import { ApiError } from '../../core/errors.js';
import type { Params } from '../../i18n/messages.js';
import type { ActionController } from '../../state/action-controller.js';
import type { DraftKeeper } from '../../state/draft.js';
import { handOver, type HandoffOutcome } from '../../state/handoff.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ReturnController } from '../../state/return-controller.js';
import type { Runtime } from '../../state/runtime.js';
import { sameViewer } from '../../state/viewer.js';
import { arrange, vote } from '../../state/ballot.js';
import { CapVoteChangeEvent } from '../base/voting-events.js';
import { writerOf } from '../base/writer.js';
import { CapBasketChangeEvent } from './budget-basket.events.js';
import { renderTerms, renderUse, type Part } from './budget-basket.template.js';
import type { Ready } from './budget-basket.view.js';
import { askedOf, refusalOf, statusOf } from './choices.message.js';
import { messages, type ChoicesMessage, type ChoicesWriter } from './choices.messages.js';
import { styles } from './choices.styles.js';
import { renderActs, renderChoices, renderNames, renderSuggestions, type Acts } from './choices.template.js';
import { changeOf, newsOf, toldOf, type Told } from './choices.news.js';
import type { Writer } from './messages.js';
import { renderReview } from './review.js';

/** The basket around the choices. */
export interface Basket {
  readonly runtime: Runtime | undefined;
  readonly stepId: string;
  readonly lang: string;
  /** ID of the account that it shows. */
  readonly account: string | null;
  /** What it shows; nothing while it is not ready. */
  readonly view: Ready | undefined;
  readonly keeper: DraftKeeper | null;
  readonly write: Writer;
  readonly save: ActionController;
  /** Reads what is recorded, or joins a reading that is under way. */
  readonly read: () => Promise<void>;
  /** Whether anybody knows that the act under way is recorded. */
  readonly doubt: (unsure: boolean) => void;
  readonly announce: (text: string, urgent: boolean) => void;
}

/** What a choice is moved by. */
const MOVES: readonly string[] = ['[part=up]', '[part=down]'];
const CANCELLED = { status: 'cancelled', votes: [] } as const;

/** The choices in a basket, which loads this once there are any: how they are shown, changed, sent and told of. */
export class Choices {
  readonly #host: LitElement;
  readonly #basket: () => Basket;
  readonly #locale: LocaleController<ChoicesMessage>;
  readonly #write: ChoicesWriter;
  /** Where the focus goes: to the first of these that there is, for a choice or in the whole basket. */
  #focus: { readonly id?: string | undefined; readonly on: readonly string[] } | undefined;
  /** What the visitor has just done, to be said along with what it led to. */
  #note = '';
  #told: Told | undefined;

  #reviewing = false;

  constructor(host: LitElement, basket: () => Basket) {
    this.#host = host;
    this.#basket = basket;
    this.#locale = new LocaleController(host, messages, () => basket().runtime?.settings.lang);
    this.#write = writerOf(this.#locale, () => basket().runtime?.settings.timeZone);
    new ReturnController(
      host,
      () => (basket().keeper ? (basket().runtime ?? null) : null),
      ({ wish: { action, stepId, proposalIds }, outcome }) => {
        const { keeper, stepId: own } = basket();
        if (keeper && action === 'ballot' && stepId === own) this.#settle(keeper, outcome, own, proposalIds);
      },
    );
    const root = host.renderRoot as ShadowRoot;
    adoptStyles(root, [...root.adoptedStyleSheets, styles]);
  }

  /** Whether there are texts in the visitor's language. */
  get ready(): boolean {
    return this.#locale.ready;
  }

  /** What is said of a basket for somebody else, or of another step, is none of this one's. */
  forget(): void {
    this.#told = this.#focus = undefined;
    this.#reviewing = false;
  }

  /** Whether the choices are shown for the last time before they are sent: only what can be sent is. */
  reviews({ draft, pending, door }: Ready): boolean {
    return (this.#reviewing &&= Boolean(draft && !draft.away && !draft.recorded && !pending && !door));
  }

  render(view: Ready): TemplateResult {
    const { items, draft, door, stage, ballot } = view;
    const { write, runtime } = this.#basket();
    if (this.#reviewing) {
      const { handoff = '', platform = '' } = runtime?.settings ?? {};
      const { host } = new URL(handoff, `${platform}/`);
      return renderReview(view, this.#write, write, host, this.#acts.send, this.#back);
    }
    const { t } = this.#write;
    const [status, tone] = statusOf(view, this.#write, write);
    const refused = refusalOf(view);
    const endAt = stage === 'recorded' && items.length && !door && ballot?.step.endAt;
    const warning = (shown: unknown, key: 'unstored' | 'expired'): Part =>
      shown ? html`<p class="warning">${t(key)}</p>` : nothing;
    return html`
      ${renderTerms(view, write, this.asked(view))}
      <p part="status" class=${tone}>${status}</p>
      ${endAt ? html`<p class="muted">${write.t('rule.end', { date: write.end(endAt) })}</p>` : nothing}
      ${refused ? html`<p part="message" class="danger">${t(refused)}</p>` : nothing}
      ${warning(draft && !draft.onDevice && items.length, 'unstored')}
      ${warning(door === 'step-closed' && draft && items.length && !draft.recorded, 'expired')}
      ${renderUse(view, write)} ${renderChoices(view, this.#write, this.#acts)}
      ${renderSuggestions(view, this.#write, this.#acts)} ${renderNames(view, this.#write, this.#acts)}
      ${renderActs(view, t, this.#acts)}
    `;
  }

  /** What is asked of whoever votes, in a sentence. */
  asked(view: Ready): string | null {
    return view.terms?.asked.length && view.door !== 'not-votable'
      ? askedOf(view, this.#write, this.#basket().lang)
      : null;
  }

  /**
   * Tells the page and the visitor what has changed since the last time, and has the visitor go on from there.
   *
   * @param before - What was on screen before there were choices.
   * @param focusLost - What had the focus is gone.
   */
  rendered(view: Ready, before: Ready | undefined, focusLost: boolean): void {
    const { stepId, write, announce } = this.#basket();
    this.#told ??= before && toldOf(before, this.#write, write);
    const news = newsOf(view, this.#told, this.#note, this.#write, write);
    this.#told = news.told;
    this.#note = '';
    if (news.words) announce(news.words, news.urgent);
    if (news.changed) this.#host.dispatchEvent(new CapBasketChangeEvent(changeOf(view, stepId)));
    // Nothing can be pressed while an act is on its way: the place is kept until it ends.
    if (this.#focus || focusLost) this.#placeFocus(view.pending);
  }

  #placeFocus(pending: boolean): void {
    const { id, on } = this.#focus ?? { on: [] };
    if (!pending) this.#focus = undefined;
    const root = this.#host.renderRoot;
    const row = id && [...root.querySelectorAll<HTMLElement>('[data-id]')].find((one) => one.dataset['id'] === id);
    const found = on
      .map((selector) => (row || root).querySelector<HTMLElement>(selector))
      .find((one) => one && one.ariaDisabled !== 'true');
    (found ?? root.querySelector<HTMLElement>('.panel'))?.focus();
  }

  readonly #acts: Acts = {
    remove: (id) => this.#remove(id),
    move: (id, by) => {
      const index = this.#basket().view?.items.findIndex(({ proposalId }) => proposalId === id) ?? -1;
      if (index >= 0) this.#place(id, index + by, by < 0 ? MOVES : [...MOVES].reverse());
    },
    grab: (event) => this.#grab(event),
    review: () => {
      this.#reviewing = true;
      this.#goOn(['.question']);
    },
    send: () => this.#send(),
    takeUp: () => {
      this.#basket().keeper?.takeUp();
      this.#goOn(['.row [part=button]']);
    },
    forget: () => {
      this.#note = this.#write.t('found.cleared');
      this.#basket().keeper?.clear();
    },
    confirm: () => {
      this.#note = this.#write.t('away.cleared');
      this.#basket().keeper?.clear();
    },
    name: (shown) => this.#arrange({ anonymous: !shown }, () => this.#write.t(shown ? 'names.shown' : 'names.hidden')),
  };

  readonly #back = (): void => {
    this.#reviewing = false;
    this.#goOn(['.row [part=button]']);
  };

  #goOn(on: readonly string[]): void {
    this.#focus = { on };
    this.#host.requestUpdate();
  }

  #remove(id: string): void {
    const { view, runtime, stepId, lang, account, doubt, read } = this.#basket();
    const { items = [], draft } = view ?? {};
    const index = items.findIndex(({ proposalId }) => proposalId === id);
    const item = items[index];
    if (!item || !runtime) return;
    // The visitor goes on from the choice that takes the place of this one.
    const focus = { id: (items[index + 1] ?? items[index - 1])?.proposalId, on: ['[part=remove]'] };
    if (draft) {
      this.#focus = focus;
      draft.toggle(item);
    } else
      this.#carryOut(async () => {
        const wish = { proposalId: id, stepId, voted: false, anonymously: true };
        await sameViewer(runtime, account, lang);
        const change = await vote(runtime, wish, lang, () => doubt(true));
        // Until the list is without it: what it led to is said along with it.
        await read();
        this.#focus = focus;
        this.#host.dispatchEvent(new CapVoteChangeEvent(change));
        return this.#write.t('removed', { title: item.title });
      });
  }

  #place(id: string, position: number, on: readonly string[]): void {
    const { items = [], draft } = this.#basket().view ?? {};
    const others = items.filter(({ proposalId }) => proposalId !== id).map(({ proposalId }) => proposalId);
    const { title = '' } = items.find(({ proposalId }) => proposalId === id) ?? {};
    const params: Params = { title, position: position + 1, count: items.length };
    this.#focus = { id, on };
    if (draft) {
      this.#note = this.#write.t('moved', params);
      draft.move(id, position);
    } else
      this.#arrange({ order: [...others.slice(0, position), id, ...others.slice(position)] }, () => {
        this.#focus = { id, on };
        return this.#write.t('moved', params);
      });
  }

  #grab(event: PointerEvent): void {
    const item = (event.target as Element).closest('li');
    const id = item?.dataset['id'];
    if (!item || !id || this.#basket().save.pending) return;
    event.preventDefault();
    void import('./drag.js').then(
      ({ drag }) => drag(event, item, (position) => this.#place(id, position, MOVES)),
      // Without it the buttons beside the handle move the choice.
      () => undefined,
    );
  }

  #arrange(wish: { readonly order?: readonly string[]; readonly anonymous?: boolean }, note: () => string): void {
    const { runtime, stepId, lang, account } = this.#basket();
    if (!runtime) return;
    this.#carryOut(async () => {
      await sameViewer(runtime, account, lang);
      await arrange(runtime, { stepId, ...wish }, lang);
      return note();
    });
  }

  #carryOut(act: () => Promise<string>): void {
    const { save, doubt } = this.#basket();
    doubt(false);
    void save.run(async () => {
      this.#note = await act();
    });
  }

  #send(): void {
    const { runtime, stepId, keeper, view } = this.#basket();
    const { items = [], sends } = view ?? {};
    if (!keeper || !runtime) return;
    // What was on its way before may be sent again whatever has become of it.
    const proposalIds = sends ?? items.flatMap(({ proposalId, lost }) => (lost ? [] : [proposalId]));
    this.#carryOut(() => {
      keeper.leave();
      // What the window answers once it is no longer waited for is told all the same.
      return new Promise((resolve, reject) => {
        handOver(runtime, { action: 'ballot', stepId, proposalIds }, () => resolve(''))
          .then(
            (outcome) => {
              this.#settle(keeper, outcome, stepId, proposalIds);
              if (outcome.status === 'cancelled') throw new ApiError('cancelled', 'the hand-over page');
            },
            (reason: unknown) => {
              if (reason instanceof ApiError) keeper.settle(CANCELLED, proposalIds);
              throw reason;
            },
          )
          .then(() => resolve(''), reject);
      });
    });
  }

  /** What the hand-over page has answered. */
  #settle(keeper: DraftKeeper, outcome: HandoffOutcome, stepId: string, sent: readonly string[]): void {
    // The answer may come later: until then the draft is away.
    if (outcome.status === 'unknown') return;
    keeper.settle(outcome, sent);
    for (const { proposalId, voted, count, accounted, code } of outcome.votes)
      if (!code) this.#host.dispatchEvent(new CapVoteChangeEvent({ proposalId, stepId, voted, count, accounted }));
  }
}
