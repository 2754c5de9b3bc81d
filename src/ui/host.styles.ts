import { css } from 'lit';

/**
 * What every element starts from: the tokens, and protection from what a page's CSS hands down.
 *
 * Sizes are in em of a size that the page cannot push below what is readable. Colours are the system's, or mixed from
 * them: they are dark where the page itself is, by its `color-scheme`.
 */
export const hostStyles = css`
  :host {
    --_primary: var(--cap-color-primary, light-dark(#0a4ea3, #8ab8ff));
    --_surface: var(--cap-color-surface, Canvas);
    --_text: var(--cap-color-text, CanvasText);
    --_muted: var(--cap-color-muted, color-mix(in srgb, var(--_text) 70%, var(--_surface)));
    --_border: var(--cap-color-border, color-mix(in srgb, var(--_text) 20%, var(--_surface)));
    --_soft: var(--cap-color-soft, color-mix(in srgb, var(--_text) 7%, var(--_surface)));
    --_success: var(--cap-color-success, light-dark(#17692f, #8fdca5));
    --_warning: var(--cap-color-warning, light-dark(#8a4b00, #ffc46b));
    --_danger: var(--cap-color-danger, light-dark(#b3261e, #ffb3ac));
    --_radius: var(--cap-radius, 0.75em);
    --_space: var(--cap-space, 1em);
    display: block;
  }
  /* Not on the host: a rule of the page for all its elements would win there. */
  :host > * {
    color: var(--_text);
    font: 400 max(1em, 14px) / 1.45 x;
    font-family: var(--cap-font-family, inherit);
    letter-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    white-space: normal;
    word-spacing: normal;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  a,
  ::slotted(a) {
    color: var(--_primary);
  }
  :focus-visible {
    outline: 0.1875em solid var(--_primary);
    outline-offset: 0.125em;
  }
  button {
    padding: 0.375em 0.875em;
    border: 1px solid;
    border-radius: 0.5em;
    background: none;
    color: var(--_primary);
    font: inherit;
    cursor: pointer;
  }
  .icon {
    flex: none;
    inline-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
  }
  .skeleton {
    border-radius: 0.25em;
    background: var(--_soft);
  }
`;
