import { css } from 'lit';

/** Of a basket with choices in it. */
export const styles = css`
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
    flex: 1 1 45%;
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
  .grip [part='icon'] {
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
`;
