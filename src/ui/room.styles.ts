import { css } from 'lit';

/** What elements start from that have more to show than fits beside a word, and no `.frame` around it that gives them a width. */
export const roomStyles = css`
  :host {
    min-inline-size: min(100%, 15em);
  }
  /* Where a place is as narrow as what is in it, as a column of \`min-content\`, a share of its width counts for nothing. */
  :host::before {
    content: '';
    display: block;
    inline-size: 15em;
    max-inline-size: 100%;
  }
`;
