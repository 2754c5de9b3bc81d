import { create } from 'xmlbuilder2';

import type { Licence } from '../data-package.js';
import { wordsOf } from '../words.js';
import { entryOf, type Entry } from './entry.js';
import { known, present, type Format } from './format.js';

const ATTRIBUTES = {
  version: '2.0',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
};

/** Characters that XML has no way to write, which people paste all the same, are left out. */
const OPTIONS = { encoding: 'UTF-8', invalidCharReplacement: '' };

const rssDate = (date: string): string => new Date(date).toUTCString();

/** Readers take descriptions for HTML: in a text that somebody has typed, nothing is. */
const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Some readers take titles for HTML, and some for text: with these marks both show the same. */
const plainTitle = (title: string): string => title.replace(/</g, '‹').replace(/>/g, '›');

const licenceText = ({ title, path }: Licence): string => (path ? `${title}, ${path}` : title);

type Builder = ReturnType<typeof create>;

/**
 * Adds an element with a text, unless there is none. The builder takes `&lt;` in a text for a sign that is written already:
 * where each `&` is, all texts come out as they are.
 */
function add(to: Builder, name: string, text: string | null, attributes = {}): void {
  if (text) to.ele(name, attributes).txt(text.replace(/&/g, '&amp;'));
}

/** RSS 2.0: text as the description, HTML as the content, licence and source in the channel. */
export const rss: Format = {
  extension: 'rss',
  mediaType: 'application/rss+xml',
  async write(records, sink, subject) {
    const { title, platform, lang, licence, lastChange, kind } = subject;
    const words = wordsOf(lang);
    const channel = create(OPTIONS).ele('rss', ATTRIBUTES).ele('channel');
    add(channel, 'title', plainTitle(title));
    add(channel, 'link', platform);
    add(channel, 'description', `${plainTitle(title)}. ${words.source}${words.colon}${platform}`);
    add(channel, 'language', lang);
    add(channel, 'copyright', `${words.licence}${words.colon}${licenceText(licence)}`);
    add(channel, 'dc:rights', licence.path ?? licence.title);
    add(channel, 'dc:source', platform);
    add(channel, 'lastBuildDate', lastChange && rssDate(lastChange));
    const [head = '', end = ''] = channel.end({ prettyPrint: true }).split(/^(?= *<\/channel>)/m);
    await sink.write(head);
    for await (const record of present(records)) await sink.write(`${itemOf(entryOf(known(kind, record), subject))}\n`);
    await sink.write(`${end}\n`);
  },
};

function itemOf({ id, title, url, text, html, published, authors, tags }: Entry): string {
  const item = create(OPTIONS).ele('item');
  add(item, 'title', plainTitle(title));
  add(item, 'link', url);
  add(item, 'description', escapeHtml(text));
  add(item, 'content:encoded', html);
  add(item, 'pubDate', published && rssDate(published));
  for (const { name } of authors) add(item, 'dc:creator', name);
  for (const tag of tags) add(item, 'category', tag);
  add(item, 'guid', id, { isPermaLink: 'false' });
  return item.end({ headless: true, prettyPrint: true });
}
