import { css } from 'lit';

/** What the lists of the library look like around their entries. */
export const listStyles = css`
  /* As \`room.styles.ts\` has it for elements of voting, which a page with lists alone does not load. */
  :host {
    min-inline-size: min(100%, 15em);
  }
  :host::before {
    content: '';
    display: block;
    inline-size: 15em;
    max-inline-size: 100%;
  }
  [part='list'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_gap);
    overflow-wrap: anywhere;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .body > * {
    grid-area: 1 / 1;
  }
  [part='fallback'] {
    z-index: 1;
    padding: var(--_space);
  }
  [part='foot'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1em;
    min-block-size: 2.5em;
  }
  .place {
    border-radius: var(--_radius);
    background: currentcolor;
    opacity: 0.1;
  }
`;
