import { html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** A drawing on a grid of 24. Decoration: what it says stands beside it in words. */
export const icon = (shape: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" part="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;
