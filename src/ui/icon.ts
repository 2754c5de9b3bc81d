import { html, type TemplateResult } from 'lit';

/** A drawing on a grid of 24. Decoration: what it says stands beside it in words. */
export const icon = (path: string): TemplateResult =>
  html`<svg part="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
