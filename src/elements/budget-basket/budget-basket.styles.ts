import { css } from 'lit';

export const styles = css`
  :host {
    --_background: var(--cap-budget-basket-background, var(--_primary));
  }
  .panel {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: 0.75em;
    /* As much as a basket without choices takes. */
    min-block-size: 15em;
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .panel:focus {
    outline: none;
  }
  [part='title'] {
    font-size: 1.25em;
    line-height: 1.25;
  }
  .panel > * {
    max-inline-size: 100%;
  }
  [part='status'] {
    padding: 0.5em 0.75em;
    border-inline-start: 0.25em solid;
    background: var(--_soft);
    font-weight: 600;
  }
  .lines {
    white-space: pre-line;
  }
  .muted,
  [part='terms'] {
    color: var(--_muted);
  }
  .danger {
    color: var(--_danger);
  }
  .warning {
    color: var(--_warning);
  }
  .success {
    color: var(--_success);
  }
  [part='money'],
  [part='list'],
  [part='review'],
  cap-login-prompt {
    inline-size: 100%;
  }
  [part='money'] svg {
    display: block;
    inline-size: 100%;
    block-size: 0.75em;
    margin-block-end: 0.375em;
    border: 1px solid var(--_border);
    border-radius: 0.375em;
  }
  .track {
    fill: var(--_soft);
  }
  .spent {
    fill: var(--_background);
  }
  pattern path {
    stroke: var(--_danger);
  }
  [part='votes'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
  }
  .pips {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.25em;
  }
  .pips i {
    inline-size: 0.875em;
    block-size: 0.875em;
    border: 2px solid var(--_background);
    border-radius: 50%;
  }
  .pips .used {
    border-width: 0.4375em;
  }
  [part='list'] {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
  }
  [part='choice'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375em 0.75em;
    padding: 0.625em 0.75em;
    border: 1px solid var(--_border);
    border-radius: 0.5em;
  }
  [data-dragged] {
    opacity: 0.6;
  }
  [data-drop] {
    border: 2px dashed var(--_background);
  }
  .what {
    flex: 1 1 12em;
    min-inline-size: 0;
  }
  .what a {
    font-weight: 600;
  }
  [part='points']:not(:first-child)::before {
    content: '· ';
  }
  .grip {
    padding: 0.25em;
    color: var(--_muted);
    line-height: 0;
    cursor: grab;
    touch-action: none;
  }
  .grip .icon {
    stroke-linecap: round;
    stroke-width: 3;
  }
  .controls,
  .row,
  [part='suggestions'] ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375em;
  }
  button,
  a[part='button'] {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    min-block-size: 2.25em;
    background: var(--_surface);
  }
  a[part='button'] {
    padding: 0.375em 0.875em;
    border-radius: 0.5em;
    text-decoration: none;
  }
  .main {
    border: 2px solid var(--_background);
    background: var(--_background);
    color: var(--_surface);
    font-weight: 600;
  }
  button[aria-disabled='true'] {
    border-color: var(--_border);
    background: var(--_soft);
    color: var(--_muted);
    cursor: default;
  }
  label {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 1.75em;
  }
  input {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  [part='review'] {
    display: flex;
    flex-direction: column;
    gap: 0.75em;
  }
  .question {
    font-weight: 600;
  }
  .ranked {
    counter-reset: rank;
  }
  .ranked li::before {
    counter-increment: rank;
    content: counter(rank) '.';
    font-weight: 600;
  }
  .waiting {
    display: grid;
    gap: 0.75em;
    inline-size: 100%;
  }
  .waiting .skeleton {
    block-size: 2.75em;
  }
  :host([display='bar']) {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
  }
  .bar {
    display: flex;
    flex-direction: column;
    max-block-size: 80vh;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
    box-shadow: 0 -0.25em 1em rgb(0 0 0 / 15%);
  }
  .bar .panel {
    overflow: auto;
    min-block-size: 0;
    border: 0;
    border-radius: 0;
  }
  [part='bar'] {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.375em 1em;
    min-block-size: 3.5em;
    padding: 0.5em var(--_space);
    font-weight: 600;
  }
  /* On a low window, as under great zoom, it would take the place of what it is about. */
  @media (max-height: 24em) {
    :host([display='bar']) {
      position: static;
    }
    .bar {
      max-block-size: none;
      box-shadow: none;
    }
  }
`;
