import { LitElement, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

/**
 * A sample.
 *
 * @tag zz-sample
 */
export class ZzSample extends LitElement {
  /** Who to greet. */
  @property({ attribute: 'the-name' }) theName = '';
  @state() private count = 0;

  protected override render(): TemplateResult {
    return html`<button @click=${this.#onClick}>Bonjour ${this.theName} ${this.count}</button>`;
  }

  #onClick(): void {
    this.count++;
  }
}
customElements.define('zz-sample', ZzSample);
