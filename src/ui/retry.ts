import { html, nothing, type TemplateResult } from 'lit';

/** Tries again. While that goes on the button stays where it is, and with it the focus. */
export const retryButton = (label: string, busy: boolean, onClick: () => void): TemplateResult =>
  html`<button part="button" type="button" aria-disabled=${busy || nothing} @click=${busy ? nothing : onClick}>
    ${label}
  </button>`;
