import { decodeHTMLStrict } from 'entities';
import type ICAL from 'ical.js';

import { plainOf } from './events-push-plain.js';
import { safeHtml } from './html.js';

export const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** An address in a text; what ends the sentence around it is none of it. */
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?…»)\]]/g;

/** What people typed, with its paragraphs, lines and addresses. */
export function htmlOf(text: string): string {
  const line = (plain: string): string => {
    let html = '';
    let done = 0;
    for (const { 0: address, index } of plain.matchAll(ADDRESS)) {
      html += `${escape(plain.slice(done, index))}<a href="${escape(address)}">${escape(address)}</a>`;
      done = index + address.length;
    }
    return html + escape(plain.slice(done));
  };
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${paragraph.split('\n').map(line).join('<br />')}</p>`)
    .join('');
}

/** Some agendas write HTML where the format has plain text. A tag ends before the next one begins: no sign is looked at twice. */
const looksLikeHtml = (text: string): boolean =>
  /<(?:p|br|a|b|i|u|ul|ol|li|div|span|strong|em|h\d)\b[^<>]*>/i.test(text);

/** What people typed, as safe HTML: as `safeHtml` would have it, which has work to do on addresses only. */
export function safeHtmlOf(text: string, base: string): string {
  const html = htmlOf(text);
  return html.includes('<a ') ? safeHtml(html, base) : html.replaceAll('&quot;', '"');
}

/** The text of an event as safe HTML. The platform's public API has no field for the place, so that it stands there too. */
export function bodyOf(component: ICAL.Component, placeLabel: string, base: string): string {
  const alternative = component
    .getAllProperties('x-alt-desc')
    .find((property) => /^text\/html$/i.test(String(property.getParameter('fmttype') ?? '')));
  const rich = alternative?.getFirstValue() as string | undefined;
  const plain = (component.getFirstPropertyValue('description') ?? '') as string;
  const place = plainOf((component.getFirstPropertyValue('location') ?? '') as string)
    .replace(/\s+/g, ' ')
    .trim();
  const html = rich ?? (looksLikeHtml(plain) ? plain : null);
  const where = place && `<p><strong>${escape(placeLabel)}</strong> ${htmlOf(place).slice(3, -4)}</p>`;
  return (html === null ? safeHtmlOf(decodeHTMLStrict(plain), base) : safeHtml(html, base)) + where;
}
