import { css } from 'lit';

/**
 * What every element starts from: the tokens, and protection from what a page's CSS hands down.
 *
 * Sizes are in em of a size that the page cannot push below what is readable. Colours are the system's, or mixed from
 * them: they are dark where the page itself is, by its `color-scheme`. Browsers that do not know the newer functions get
 * the system's colours alone; whatever colour a page chooses, what is written in it or on it can be read.
 *
 * Only a surface has colours for texts: words without one take those of their place, which nobody here knows.
 */
export const hostStyles = css`
  :host {
    --_primary: var(--cap-color-primary, #0a4ea3);
    --_surface: var(--cap-color-surface, Canvas);
    --_text: var(--cap-color-text, CanvasText);
    --_border: var(--cap-color-border, GrayText);
    --_soft: var(--cap-color-soft, var(--_surface));
    --_radius: var(--cap-radius, 0.75em);
    --_space: var(--cap-space, 1em);
    display: block;
  }
  .surface {
    --_muted: var(--cap-color-muted, var(--_text));
    --_success: var(--cap-color-success, var(--_text));
    --_warning: var(--cap-color-warning, var(--_text));
    --_danger: var(--cap-color-danger, var(--_text));
    --_link: var(--_text);
    background: var(--_surface);
    color: var(--_text);
    break-inside: avoid;
  }
  /* What is in it depends on its width: where a box is as wide as what is in it, as in a row, it has one of its own. */
  .frame {
    container-type: inline-size;
    contain-intrinsic-inline-size: 17em;
  }
  @supports (color: light-dark(red, color-mix(in srgb, color(from red xyz-d65 x y z), red))) {
    :host {
      --_primary: var(--cap-color-primary, light-dark(#0a4ea3, #8ab8ff));
      --_border: var(--cap-color-border, color-mix(in srgb, var(--_text) 20%, var(--_surface)));
      --_soft: var(--cap-color-soft, color-mix(in srgb, var(--_text) 7%, var(--_surface)));
    }
    .surface {
      --_muted: var(--cap-color-muted, color-mix(in srgb, var(--_text) 70%, var(--_surface)));
      --_success: var(--cap-color-success, light-dark(#17692f, #8fdca5));
      --_warning: var(--cap-color-warning, light-dark(#8a4b00, #ffc46b));
      --_danger: var(--cap-color-danger, light-dark(#b3261e, #ffb3ac));
      /* As dark, or as light, as it must be to be read. */
      --_link: light-dark(oklch(from var(--_primary) min(l, 0.5) c h), oklch(from var(--_primary) max(l, 0.75) c h));
    }
  }
  /* Not on the host: a rule of the page for all its elements would win there. */
  :host > * {
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
    color: var(--_link);
  }
  /* Of two colours: one of them is seen on whatever ground the page has. */
  :focus-visible {
    outline: 0.1875em solid var(--_link, var(--_text));
    outline-offset: 0.125em;
    box-shadow: 0 0 0 0.4375em var(--_surface);
  }
  button {
    padding: 0.375em 0.875em;
    border: 1px solid;
    border-radius: 0.5em;
    background: none;
    color: var(--_link);
    font: inherit;
    cursor: pointer;
  }
  [part='icon'] {
    flex: none;
    inline-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
  }
  .skeleton {
    border-radius: 0.25em;
    background: currentcolor;
    opacity: 0.1;
  }
  /* Paper can be neither pressed nor followed; a pressed button says what has been done. */
  @media print {
    form,
    button:not([aria-pressed='true']) {
      display: none !important;
    }
    a::after {
      content: ' (' attr(href) ')';
    }
  }
`;
