import { css } from 'lit';

export const styles = css`
  :host {
    --_color: var(--cap-participation-counter-color, var(--_primary));
    --_size: var(--cap-participation-counter-size, 2.25em);
    --_reserved: var(--cap-participation-counter-min-block-size, 7.5em);
  }
  :host([display='inline']) {
    display: inline;
  }
  :host([hidden]) {
    display: none;
  }
  [part='count'] {
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  [part='paper'],
  [part='updated'],
  [part='message'] {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .skeleton {
    display: inline-block;
    inline-size: 7em;
    block-size: 1em;
    vertical-align: text-bottom;
  }
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
  .pause .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  :host([display='inline']) .counter {
    display: inline;
  }
  :host([display='inline']) button:not(.pause) {
    min-block-size: 1.75em;
    padding: 0 0.5em;
  }

  :host([display='tile']) .counter {
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    gap: 0.5em;
    block-size: 100%;
    min-block-size: var(--_reserved);
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  :host([display='tile']) .figures {
    display: flex;
    flex-direction: column;
  }
  :host([display='tile']) [part='count'] {
    color: var(--_color);
    font-size: var(--_size);
    line-height: 1.15;
  }
  :host([display='tile']) .state {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
    min-block-size: 1.75em;
  }
  :host([display='tile']) button:not(.pause) {
    align-self: start;
  }

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
  :host([display='board']) [part='count'] {
    color: var(--_color);
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
