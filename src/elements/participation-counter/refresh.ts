import { css, html, type LitElement, type TemplateResult } from 'lit';

import { PollController } from '../../state/poll-controller.js';
import { icon } from '../../ui/icon.js';

const PAUSE = 'M7 5h1.7v14H7zM15 5h1.7v14H15z';
const PLAY = 'M7 4.5v15l12-7.5z';

const { styleSheet } = css`
  .pause {
    display: inline-grid;
    place-items: center;
    min-inline-size: 1.75em;
    min-block-size: 1.75em;
    padding: 0.125em;
    border-color: transparent;
    color: var(--_muted);
    vertical-align: middle;
  }
  .pause [part='icon'] {
    inline-size: 1em;
    block-size: 1em;
  }
`;

/** Has a counter read again and again, until the visitor stops it. */
export class Refresher extends PollController {
  constructor(counter: LitElement & { readonly refresh: number; reload: () => Promise<void> }) {
    super(
      counter,
      () => counter.refresh,
      () => void counter.reload(),
    );
    const root = counter.renderRoot as ShadowRoot;
    if (styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  }

  /** Stops the readings, or resumes them. */
  button(t: (key: 'pause' | 'resume') => string, onClick: () => unknown): TemplateResult {
    const label = t(this.paused ? 'resume' : 'pause');
    return html`<button part="button" class="pause" type="button" aria-label=${label} title=${label} @click=${onClick}>
      ${icon(this.paused ? PLAY : PAUSE)}
    </button>`;
  }
}
