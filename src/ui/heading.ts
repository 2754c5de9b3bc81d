import { html, type TemplateResult } from 'lit';

/** A title at the level that the page around it calls for. */
export function heading(level: number, content: unknown): TemplateResult {
  switch (level) {
    case 2:
      return html`<h2 part="title">${content}</h2>`;
    case 4:
      return html`<h4 part="title">${content}</h4>`;
    case 5:
      return html`<h5 part="title">${content}</h5>`;
    case 6:
      return html`<h6 part="title">${content}</h6>`;
    default:
      return html`<h3 part="title">${content}</h3>`;
  }
}
