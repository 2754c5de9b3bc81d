import { create } from 'xmlbuilder2';

import type { Licence } from '../data-package.js';
import { wordsOf } from '../words.js';
import { entryOf, type Entry } from './entry.js';
import { known, present, type Format } from './format.js';

const NAMESPACES = {
  '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  '@xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
};

const rssDate = (date: string): string => new Date(date).toUTCString();

/** Readers take descriptions for HTML: in a text that somebody has typed, nothing is. */
const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Some readers take titles for HTML, and some for text: with these marks both show the same. */
const plainTitle = (title: string): string => title.replace(/</g, '‹').replace(/>/g, '›');

const licenceText = ({ title, path }: Licence): string => (path ? `${title}, ${path}` : title);

/** RSS 2.0: text as the description, HTML as the content, licence and source in the channel. */
export const rss: Format = {
  extension: 'rss',
  mediaType: 'application/rss+xml',
  async write(records, sink, subject) {
    const { title, platform, lang, licence, lastChange, kind } = subject;
    const words = wordsOf(lang);
    const channel = {
      title: plainTitle(title),
      link: platform,
      description: `${plainTitle(title)}. ${words.source}${words.colon}${platform}`,
      language: lang,
      copyright: `${words.licence}${words.colon}${licenceText(licence)}`,
      'dc:rights': licence.path ?? licence.title,
      'dc:source': platform,
      ...(lastChange && { lastBuildDate: rssDate(lastChange) }),
    };
    const whole = create(OPTIONS, { rss: { '@version': '2.0', ...NAMESPACES, channel } }).end({ prettyPrint: true });
    const [head = '', end = ''] = whole.split(/^(?= *<\/channel>)/m);
    await sink.write(head);
    for await (const record of present(records)) await sink.write(`${itemOf(entryOf(known(kind, record), subject))}\n`);
    await sink.write(`${end}\n`);
  },
};

/** Characters that XML has no way to write, which people paste all the same, are left out. */
const OPTIONS = { encoding: 'UTF-8', invalidCharReplacement: '' };

const itemOf = ({ id, title, url, text, html, published, authors, tags }: Entry): string =>
  create(OPTIONS, {
    item: {
      title: plainTitle(title),
      link: url,
      description: escapeHtml(text),
      ...(html && { 'content:encoded': html }),
      ...(published && { pubDate: rssDate(published) }),
      'dc:creator': authors.map(({ name }) => name),
      category: tags,
      guid: { '@isPermaLink': 'false', '#': id },
    },
  }).end({ headless: true, prettyPrint: true });
