import { css } from 'lit';

export const styles = css`
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
  /* On a low window, as under great zoom, it would take the place of what it is about; on paper nothing scrolls. */
  @media print, (max-height: 24em) {
    :host([display='bar']) {
      position: static;
    }
    .bar {
      max-block-size: none;
      box-shadow: none;
    }
  }
`;
