import { css } from 'lit';

export const styles = css`
  :host {
    --_background: var(--cap-login-prompt-background, var(--_primary));
    --_reserved: var(--cap-login-prompt-min-block-size, 7.5em);
  }
  .prompt {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: 0.75em;
    max-inline-size: 26em;
    overflow-wrap: anywhere;
    min-block-size: var(--_reserved);
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  ul,
  form {
    display: flex;
    flex-direction: column;
    gap: 0.75em;
  }
  [part='status'] {
    font-weight: 600;
  }
  [part='status']:focus {
    outline: none;
  }
  [part='message'],
  .hint {
    color: var(--_muted);
    font-size: 0.9375em;
  }
  [part='message'].danger {
    color: var(--_danger);
  }
  :is(a, button)[part='button'] {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-block-size: 2.75em;
    padding: 0.375em 1em;
    border: 2px solid var(--_background);
    border-radius: var(--_radius);
    background: var(--_fill);
    color: var(--_on);
    font-weight: 600;
    text-align: center;
    text-decoration: none;
  }
  .quiet:is(a, button)[part='button'] {
    background: var(--_surface);
    color: var(--_link);
  }
  button[part='button'][aria-disabled='true'] {
    border-color: var(--_border);
    background: var(--_soft);
    color: var(--_muted);
    cursor: default;
  }
  li {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
  }
  .or {
    display: flex;
    align-items: center;
    gap: 0.75em;
    color: var(--_muted);
    font-size: 0.9375em;
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_border);
  }
  label {
    display: block;
    font-weight: 600;
  }
  input {
    inline-size: 100%;
    min-block-size: 2.75em;
    padding: 0.375em 0.75em;
    border: 1px solid var(--_muted);
    border-radius: 0.5em;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
  input[aria-invalid='true'] {
    border-color: var(--_danger);
    border-width: 2px;
  }
  .skeleton {
    display: block;
    block-size: 2.75em;
  }
`;
