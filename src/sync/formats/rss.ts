import { createCB } from 'xmlbuilder2';

import type { Licence } from '../data-package.js';
import { wordsOf } from '../words.js';
import { entryOf } from './entry.js';
import { known, present, type Format } from './format.js';

const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/';
const CONTENT = 'http://purl.org/rss/1.0/modules/content/';

const rssDate = (date: string): string => new Date(date).toUTCString();

/** Readers take descriptions for HTML: in a text that somebody has typed, nothing is. */
const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Some readers take titles for HTML, and some for text: with these marks both show the same. */
const plainTitle = (title: string): string => title.replace(/</g, '‹').replace(/>/g, '›');

const licenceText = ({ title, path }: Licence): string => (path ? `${title}, ${path}` : title);

/** RSS 2.0: plain text as the description, HTML as the content, licence and source in the channel. */
export const rss: Format = {
  extension: 'rss',
  mediaType: 'application/rss+xml',
  async write(records, sink, subject) {
    const { title, platform, lang, licence, lastChange, kind } = subject;
    const words = wordsOf(lang);
    let written = '';
    let failure: Error | undefined;
    const xml = createCB({
      data: (chunk: string) => (written += chunk),
      error: (error: Error) => (failure ??= error),
      prettyPrint: true,
      // Characters that XML has no way to write, which people paste all the same.
      invalidCharReplacement: '',
    });
    const pass = async (): Promise<void> => {
      if (failure) throw failure;
      const chunk = written;
      written = '';
      await sink.write(chunk);
    };
    const text = (name: string, value: string | null, attributes = {}): void => {
      if (value) xml.ele(name, attributes).txt(value).up();
    };
    xml.dec({ encoding: 'UTF-8' }).ele('rss', { version: '2.0', 'xmlns:dc': DUBLIN_CORE, 'xmlns:content': CONTENT });
    xml.ele('channel');
    text('title', title);
    text('link', platform);
    text('description', `${title}. ${words.source}${words.colon}${platform}`);
    text('language', lang);
    text('copyright', `${words.licence}${words.colon}${licenceText(licence)}`);
    text('dc:rights', licence.path ?? licence.title);
    text('dc:source', platform);
    text('lastBuildDate', lastChange && rssDate(lastChange));
    for await (const record of present(records)) {
      const entry = entryOf(known(kind, record), subject);
      xml.ele('item');
      text('title', plainTitle(entry.title));
      text('link', entry.url);
      text('description', escapeHtml(entry.text));
      text('content:encoded', entry.html);
      text('pubDate', entry.published && rssDate(entry.published));
      for (const { name } of entry.authors) text('dc:creator', name);
      for (const tag of entry.tags) text('category', tag);
      text('guid', entry.id, { isPermaLink: 'false' });
      xml.up();
      await pass();
    }
    xml.up().up().end();
    await pass();
    await sink.write('\n');
  },
};
