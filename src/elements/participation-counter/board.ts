import { css, type LitElement } from 'lit';

import { WakeLockController } from '../../state/wake-lock-controller.js';

const { styleSheet } = css`
  /* A screen in a room: as large as the window allows, whatever is on the page around it. */
  :host([display='board']) {
    position: fixed;
    z-index: 2147483647;
    inset: 0;
    container-type: size;
    background: var(--_surface);
  }
  :host([display='board']) .counter {
    display: grid;
    grid-template-rows: 1fr auto;
    block-size: 100%;
    padding: 3cqmin;
  }
  :host([display='board']) .figures {
    display: grid;
    place-content: center;
    justify-items: center;
    text-align: center;
  }
  /* A digit is about six tenths of its size wide: the number fills nine tenths of the window, or two thirds of its height. */
  :host([display='board']) .counter:not(:has(.figures)) {
    grid-template-rows: none;
    place-content: center;
    justify-items: center;
    gap: 1em;
  }
  :host([display='board']) ::slotted(*) {
    font-size: min(11cqb, 7cqi);
  }
  :host([display='board']) [part='count'] {
    color: var(--cap-participation-counter-color, var(--_link));
    font-size: min(62cqb, calc(150cqi / var(--_digits, 5)));
    line-height: 1;
  }
  :host([display='board']) [part='label'] {
    font-size: min(11cqb, 7cqi);
    line-height: 1.2;
  }
  :host([display='board']) :is([part='paper'], [part='updated'], [part='message']) {
    font-size: max(1em, min(4cqb, 2.75cqi));
  }
  :host([display='board']) .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em 1em;
  }
  :host([display='board']) .state [part='message'] {
    color: var(--_warning);
    font-weight: 600;
  }
  :host([display='board']) button {
    font-size: max(1em, min(3cqb, 2cqi));
  }
`;

/** Gives a counter what only a screen in a room needs: its look, and a screen that stays awake. */
export function becomeBoard(counter: LitElement & { readonly display: string }): void {
  const root = counter.renderRoot as ShadowRoot;
  if (styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  counter.addController({
    hostUpdated: () => {
      const digits = root.querySelector('[part=count]')?.textContent.length;
      // Through the object model: a strict policy lets no style attribute through.
      if (digits) counter.style.setProperty('--_digits', String(digits));
    },
  });
  new WakeLockController(counter, () => counter.display === 'board');
}
