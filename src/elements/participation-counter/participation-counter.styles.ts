import { css } from 'lit';

export const styles = css`
  :host {
    --_size: var(--cap-participation-counter-size, 2.25em);
    --_reserved: var(--cap-participation-counter-min-block-size, 8.5em);
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
  }
  :host([display='tile']) .figures {
    display: flex;
    flex-direction: column;
  }
  :host([display='tile']) [part='count'] {
    color: var(--cap-participation-counter-color, var(--_link));
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
`;
