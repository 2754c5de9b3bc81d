import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';

import { errorMessage, isRetryable } from '../../core/errors.js';
import type { LocaleController } from '../../state/locale-controller.js';
import { ListPages, type ListWish } from '../../state/list-pages.js';
import type { Runtime } from '../../state/runtime.js';
import { retryButton } from '../../ui/retry.js';
import { ofDocument } from '../../page/document.js';
import { headingLevel, wholeNumber } from './attributes.js';
import { CapElement } from './cap-element.js';
import { CapErrorEvent } from './events.js';
import { listView, type ListView } from './list.view.js';

/** The texts that every list has. */
export type ListMessage =
  | 'loading'
  | 'retry'
  | `error.${'unreachable' | 'offline' | 'private' | 'other'}`
  | 'stale'
  | 'empty'
  | 'more'
  | 'count'
  | 'count.of'
  | 'count.shown';

/**
 * What the lists of the library share: their pages, the button for more, and what is said about both.
 *
 * Their room is kept while they load, and the page's own link shows on top of it: nothing moves when they come.
 */
export abstract class CapList<T extends { readonly id: string }> extends CapElement {
  static override properties: PropertyDeclarations = {
    first: { converter: wholeNumber(12, 1, 100) },
    headingLevel: { attribute: 'heading-level', converter: headingLevel },
    structuredData: { attribute: 'structured-data', type: Boolean },
  };

  /** Entries shown at first, and added by each "show more": 1 to 100. */
  first = 12;
  /** Level of the titles, 2 to 6. */
  headingLevel = 3;
  /** Describes what is shown to search engines, in one block of the page's head for all its lists. */
  structuredData = false;

  protected abstract readonly locale: LocaleController<ListMessage>;
  readonly #list = new ListPages<T>(this, () => (this.runtime ? this.wish(this.runtime) : null));
  #view: ListView<T> = { kind: 'loading' };
  #key: string | undefined;
  #sayOutcome = false;
  #described = false;

  /** The list that the element's properties ask for. */
  protected abstract wish(runtime: Runtime): ListWish<T>;

  /** The entries. */
  protected abstract renderItems(items: readonly T[]): TemplateResult;

  /** What keeps the room of an entry that has not come yet. */
  protected abstract renderPlace(): TemplateResult;

  /** The link of an entry, once it is there. */
  protected abstract linkOf(index: number): Promise<HTMLElement | null | undefined>;

  /** Describes entries to search engines; none: no longer. */
  protected abstract describe(items: () => readonly T[]): Promise<void>;

  /** What is to be shown of the entries at present. */
  protected visible(items: readonly T[]): readonly T[] {
    return items;
  }

  override reload(): Promise<void> {
    return this.#list.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#describe();
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    const { runtime } = this;
    const view = listView(this.#list.state, Boolean(runtime), (items) => this.visible(items));
    this.#view = 'items' in view && !this.locale.ready ? { kind: 'loading' } : view;
    const key = runtime && this.wish(runtime).key;
    // Whoever has changed a filter is told what that has brought.
    if (this.#key && key && key !== this.#key) this.#sayOutcome = true;
    this.#key = key;
    this.show(this.#view, this.#view.kind === 'ready' && this.#view.code && 'stale');
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#sayOutcome && this.#view.kind !== 'loading') {
      this.#sayOutcome = false;
      void this.announcer().then((announce) => announce?.(...this.#outcome()));
    }
    this.#describe();
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const { t, wanted } = this.locale;
    const shown = 'items' in view;
    return html`<div part="list" lang=${wanted} dir="ltr">
      <p part="count" tabindex="-1">
        ${shown ? this.#summary() : view.kind === 'loading' ? t('loading') : view.code ? t(errorMessage(view.code)) : nothing}
      </p>
      <div class="body">
        ${shown ? nothing : html`<div part="fallback"><slot></slot></div>`}
        ${
          view.kind === 'loading'
            ? html`<ul part="items" aria-hidden="true">
                ${[...Array<unknown>(this.first)].map(() => this.renderPlace())}
              </ul>`
            : shown && view.items.length
              ? this.renderItems(view.items)
              : nothing
        }
      </div>
      <div part="foot">${this.#renderFoot()}</div>
    </div>`;
  }

  #renderFoot(): unknown {
    const view = this.#view;
    const { t } = this.locale;
    const { loading } = this.#list.state;
    const again = retryButton(t(loading ? 'loading' : 'retry'), loading, this.#retry);
    if (view.kind === 'error') return view.retryable ? again : nothing;
    if (view.kind === 'loading') return nothing;
    if (view.staleSince !== null)
      return html`<p part="message">
          ${t('stale', { time: this.locale.date(view.staleSince, { timeStyle: 'short' }) })}
        </p>
        ${again}`;
    const { moreError, loadingMore } = this.#list;
    return html`${moreError ? html`<p part="message">${t(errorMessage(moreError.code))}</p>` : nothing}
    ${view.more ? retryButton(t(loadingMore ? 'loading' : moreError ? 'retry' : 'more'), loadingMore, this.#more) : nothing}`;
  }

  /** How many there are, in words. */
  #summary(): string {
    if (!('items' in this.#view)) return '';
    const { items, total, more, kind } = this.#view;
    const count = items.length;
    const { t } = this.locale;
    if (kind === 'empty') return t('empty');
    if (!more) return t('count', { count });
    return total === null ? t('count.shown', { count }) : t('count.of', { count, total });
  }

  #outcome(): readonly [string, boolean] {
    const { error } = this.#list.state;
    return error ? [this.locale.t(errorMessage(error.code)), true] : [this.#summary(), false];
  }

  readonly #retry = (): void => void this.tryAgain(() => this.#outcome());

  readonly #more = (): void => void this.#showMore();

  async #showMore(): Promise<void> {
    const announcer = this.announcer();
    const where = focused();
    const before = 'items' in this.#view ? this.#view.items.length : 0;
    await this.#list.more();
    await this.updateComplete;
    const { moreError } = this.#list;
    const announce = await announcer;
    if (moreError) {
      const { code } = moreError;
      this.dispatchEvent(new CapErrorEvent({ tag: this.localName, code, retryable: isRetryable(code) }));
      announce?.(this.locale.t(errorMessage(code)), true);
      return;
    }
    const link = await this.linkOf(before);
    // Not for somebody who has gone on elsewhere in the meantime.
    if ([where, ofDocument('body')].includes(focused())) link?.focus();
    announce?.(this.#summary());
  }

  #describe(): void {
    if (!this.structuredData && !this.#described) return;
    this.#described = true;
    // What is so by the time that the code is there: the first calls wait for it, and not in their order.
    const shown = (): readonly T[] =>
      this.structuredData && this.isConnected && 'items' in this.#view ? this.#view.items : [];
    // Without that code there is no description: nothing that a visitor would miss.
    void this.describe(shown).catch(() => undefined);
  }
}

/** What has the focus, inside shadow roots too. */
function focused(): Element | null {
  let element = ofDocument('activeElement');
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
