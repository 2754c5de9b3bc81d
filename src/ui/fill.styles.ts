import { css } from 'lit';

/** A button filled with the page's colour, and words on it that can be read whatever that is. */
export const fillStyles = css`
  :host {
    --_background: var(--_primary);
    --_fill: var(--_surface);
    --_on: var(--_text);
  }
  /* Y is what contrast is measured by: below 0.179 white is more readable than black. */
  @supports (color: color(from red xyz-d65 x y z)) {
    :host {
      --_k: clamp(0, (0.179 - y) * 999, 1);
      --_fill: var(--_background);
      --_on: var(
        --cap-color-on-primary,
        color(from var(--_fill) xyz-d65 calc(0.95 * var(--_k)) calc(1 * var(--_k)) calc(1.089 * var(--_k)))
      );
    }
  }
  @media print {
    a[part='button'] {
      display: none !important;
    }
  }
`;
