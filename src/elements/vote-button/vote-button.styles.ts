import { css } from 'lit';

export const styles = css`
  :host {
    --_background: var(--cap-vote-button-background, var(--_primary));
  }
  .vote {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: 0.375em;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 0.75em;
    min-block-size: 2.5em;
  }
  [part='button'] {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    min-block-size: 2.5em;
    padding: 0.375em 1em;
    border: 2px solid var(--_background);
    border-radius: var(--_radius);
    background: var(--_fill);
    color: var(--_on);
    font-weight: 600;
    text-decoration: none;
  }
  [part='button'][aria-pressed='true'],
  .retry [part='button'] {
    border-color: currentcolor;
    background: none;
    color: var(--_link);
  }
  [part='button'][aria-disabled='true'] {
    border-color: var(--_border);
    background: none;
    color: var(--_muted);
    cursor: default;
  }
  [part='count'] {
    color: var(--_muted);
  }
  summary {
    cursor: pointer;
  }
  [part='message'] {
    color: var(--_muted);
    font-size: 0.9375em;
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
  [part='threshold'] {
    inline-size: min(100%, 16em);
  }
  meter {
    display: block;
    inline-size: 100%;
  }
  .skeleton {
    inline-size: 7em;
    block-size: 2.5em;
  }
`;
