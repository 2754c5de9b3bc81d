import { css } from 'lit';

// This element is a whole page, whose policy may let no stylesheet of its own through.
export const styles = css`
  :host {
    max-inline-size: 38em;
    margin-inline: auto;
    padding: var(--_space);
    font-family: var(--cap-font-family, system-ui, sans-serif);
  }
  [part='handoff'] {
    display: flex;
    flex-direction: column;
    gap: 1em;
  }
  [part='handoff']:focus {
    outline: none;
  }
  [part='title'] {
    font-size: 1.5em;
    line-height: 1.2;
  }
  [part='from'],
  [part='note'] {
    color: var(--_muted);
  }
  [part='message'] {
    padding: 0.75em 1em;
    border-inline-start: 0.25em solid var(--_primary);
    background: var(--_soft);
    font-weight: 600;
  }
  [part='message'].danger {
    border-color: var(--_danger);
  }
  ul,
  ol {
    display: flex;
    flex-direction: column;
    gap: 0.5em;
  }
  li {
    padding: 0.75em 1em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  ol {
    counter-reset: rank;
  }
  ol li {
    counter-increment: rank;
  }
  ol li::before {
    content: counter(rank) '. ';
    font-weight: 700;
  }
  [part='proposal'] {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  [part='outcome'] {
    display: block;
  }
  [part='outcome'].good {
    color: var(--_success);
  }
  [part='outcome'].bad {
    color: var(--_danger);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
  }
  .acts > * {
    display: inline-flex;
    align-items: center;
    min-block-size: 2.75em;
    padding: 0.375em 1.25em;
    border: 2px solid var(--_primary);
    border-radius: var(--_radius);
    font-weight: 600;
    text-decoration: none;
  }
  .acts > .main {
    background: var(--_fill);
    color: var(--_on);
  }
  /* Not by opacity: browsers take what lets others shine through for covered. */
  .acts > [aria-disabled='true'] {
    border-color: var(--_border);
    background: var(--_soft);
    color: var(--_muted);
    cursor: default;
  }
  [part='sentence'] {
    margin-block-end: 0.75em;
    font-weight: 600;
  }
  /* However long a ballot is, what a press does is seen together with the button; not where that would leave no room for it. */
  @media (min-height: 24em) {
    .foot {
      position: sticky;
      inset-block-end: 0;
      padding-block: 0.75em;
      border-block-start: 1px solid var(--_border);
      background: var(--_surface);
    }
  }
  [part='tick'] {
    inline-size: 1.25em;
    block-size: 1.25em;
    vertical-align: middle;
  }
`;
