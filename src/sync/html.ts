import sanitizeHtml from 'sanitize-html';

import { webAddress } from '../platform/web-address.js';

const TAGS = [
  ...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'a', 'img'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/**
 * Tags that a text for people may have. The parser goes through all that are open at each that begins: of more it would take
 * the square of their number.
 */
const MOST_TAGS = 20_000;

/** Whether a text can be parsed in time in proportion to it. */
const isReadable = (html: string): boolean => {
  let tags = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) if (++tags > MOST_TAGS) return false;
  return true;
};

const withoutTags = (html: string): string => html.replace(/<[^<>]*>?/g, ' ').replace(/>/g, '');

/**
 * HTML that a site may show as it is: text, links and pictures, whatever somebody has written on the platform. Of what has
 * more tags than any text for people, only the words are left.
 *
 * @param base - What the addresses in it are relative to.
 */
export const safeHtml = (written: string, base: string): string => {
  const html = isReadable(written) ? written : withoutTags(written);
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'width', 'height'],
      th: ['colspan', 'rowspan', 'scope'],
      td: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https'] },
    allowProtocolRelative: false,
    // What is inside these is no text for people.
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'template', 'title'],
    transformTags: {
      h1: 'h2',
      a: (tagName, { href, title }) => {
        const address = href === undefined ? undefined : absolute(href, base);
        return {
          tagName,
          attribs: { ...(title && { title }), ...(address && { href: address, rel: 'nofollow ugc noopener' }) },
        };
      },
      img: (tagName, { src = '', ...attribs }) => ({ tagName, attribs: { ...attribs, src: absolute(src, base) } }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src'],
  });
};

/** The text in some HTML, with a line for each of its blocks. */
export const textOf = (html: string): string =>
  sanitizeHtml(
    (isReadable(html) ? html : withoutTags(html)).replace(
      /<(?:br|\/p|\/li|\/h\d|\/tr|\/blockquote)\b[^<>]*>/gi,
      '$&\n',
    ),
    {
      allowedTags: [],
      allowedAttributes: {},
      textFilter: unescapeHtml,
    },
  )
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** sanitize-html escapes just these, and decodes all others. */
const unescapeHtml = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

/** Addresses on the platform are written without it; on another site they would lead elsewhere. */
const absolute = (address: string, base: string): string =>
  /^(?:mailto|tel):/i.test(address.trim()) ? address.trim() : (webAddress(address, `${base}/`) ?? '');
