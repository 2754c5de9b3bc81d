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
    background: var(--_soft);
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
  :is(a, button).main {
    border: 2px solid var(--_background);
    background: var(--_fill);
    color: var(--_on);
    font-weight: 600;
  }
  button[aria-disabled='true'] {
    border-color: var(--_border);
    background: var(--_soft);
    color: var(--_muted);
    cursor: default;
  }
  .waiting {
    display: grid;
    gap: 0.75em;
    inline-size: 100%;
  }
  .waiting .skeleton {
    block-size: 2.75em;
  }
`;
