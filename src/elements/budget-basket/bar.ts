import { adoptStyles, html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import { styles } from './bar.styles.js';
import { leftOf, moneyLeft, votesOf } from './budget-basket.message.js';
import type { Ready } from './budget-basket.view.js';
import type { Writer } from './messages.js';

/** Space between what has the focus and the bar, in pixels. */
const AIR = 8;

/** A basket at the bottom of the window: a summary that opens, and keeps out of the way of what has the focus. */
export class Bar implements ReactiveController {
  readonly #host: LitElement;
  #opened = false;

  constructor(host: LitElement) {
    this.#host = host;
    const root = host.renderRoot as ShadowRoot;
    adoptStyles(root, [...root.adoptedStyleSheets, styles]);
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('focusin', this.#onFocus);
  }

  hostDisconnected(): void {
    removeEventListener('focusin', this.#onFocus);
  }

  render(view: Ready, panel: TemplateResult, write: Writer, lang: string): TemplateResult {
    const left = moneyLeft(view);
    return html`<div class="bar surface" @keydown=${this.#onKey}>
      ${this.#opened ? panel : nothing}
      <div part="bar" lang=${lang}>
        <p>${votesOf(view, write)}${left === null ? nothing : html` · ${leftOf(left, write)}`}</p>
        <button part="button" class="main" type="button" aria-expanded=${this.#opened} @click=${this.#toggle}>
          ${write.t('open')}
        </button>
      </div>
    </div>`;
  }

  readonly #toggle = (): void => {
    this.#opened = !this.#opened;
    this.#host.requestUpdate();
  };

  readonly #onKey = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape' || !this.#opened) return;
    this.#toggle();
    this.#host.renderRoot.querySelector<HTMLElement>('[part=bar] button')?.focus();
  };

  /** Scrolls the page until what has just got the focus is seen beside the bar. */
  readonly #onFocus = (event: FocusEvent): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || event.composedPath().includes(this.#host)) return;
    // After the browser's own scrolling.
    requestAnimationFrame(() => {
      const bar = this.#host.getBoundingClientRect();
      const { top, bottom, left, right } = target.getBoundingClientRect();
      const beside = right <= bar.left || left >= bar.right || top >= bar.bottom;
      // What is higher than the window cannot be shown whole: its beginning stays.
      const covered = Math.min(bottom + AIR - bar.top, top);
      if (getComputedStyle(this.#host).position === 'sticky' && !beside && covered > 0) scrollBy(0, covered);
    });
  };
}
