import { entryOf } from './entry.js';
import { known, present, type Format } from './format.js';

/**
 * JSON Feed 1.1. No library writes one object by object; `JSON.stringify` writes all that is in it. The licence, the
 * source and the dates of a project are in extensions, whose names begin with an underscore.
 */
export const jsonFeed: Format = {
  // Site generators name data after its file: under a name of its own the feed does not take the place of the table beside it.
  extension: 'feed.json',
  mediaType: 'application/feed+json',
  async write(records, sink, subject) {
    const { title, platform, lang, licence, kind } = subject;
    const head = {
      version: 'https://jsonfeed.org/version/1.1',
      title,
      home_page_url: platform,
      language: lang,
      _licence: { about: 'https://schema.org/license', ...licence },
      _source: { about: 'https://schema.org/isBasedOn', url: platform },
    };
    await sink.write(`${JSON.stringify(head).slice(0, -1)},"items":[`);
    let between = '\n';
    for await (const record of present(records)) {
      const entry = entryOf(known(kind, record), subject);
      const item = {
        id: entry.id,
        ...(entry.url && { url: entry.url }),
        title: entry.title,
        ...(entry.html === null ? { content_text: entry.text } : { content_html: entry.html, summary: entry.text }),
        ...(entry.image && { image: entry.image }),
        ...(entry.published && { date_published: entry.published }),
        ...(entry.modified && { date_modified: entry.modified }),
        ...(entry.tags.length && { tags: entry.tags }),
        ...(entry.authors.length && { authors: entry.authors }),
        ...(entry.project && { _project: { about: 'https://schema.org/temporalCoverage', ...entry.project } }),
      };
      await sink.write(between + JSON.stringify(item));
      between = ',\n';
    }
    await sink.write('\n]}\n');
  },
};
