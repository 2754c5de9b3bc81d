import { stringify } from 'csv-stringify/sync';

import { withoutControls } from '../control-characters.js';
import type { Kind } from '../records.js';
import type { Format } from './format.js';

/** The columns of each kind, by where their values are in a record. */
const COLUMNS: Readonly<Record<Kind, readonly string[]>> = {
  projects: [
    ...['id', 'title', 'url', 'summary', 'cover', 'type', 'themes.name', 'districts.name', 'authors.name'],
    ...['publishedAt', 'counts.votes', 'counts.contributions', 'counts.contributors', 'steps'],
  ],
  steps: ['id', 'projectId', 'projectTitle', 'kind', 'title', 'url', 'startAt', 'endAt', 'state'],
  events: [
    ...['id', 'title', 'url', 'link', 'startAt', 'endAt', 'place.address', 'place.lat', 'place.lng', 'html'],
    ...['author.name', 'createdAt', 'updatedAt'],
  ],
  proposals: [
    ...['id', 'reference', 'title', 'url', 'summary', 'text', 'html', 'author.name', 'theme.name', 'category'],
    ...['place.address', 'place.lat', 'place.lng', 'status', 'cost', 'votes', 'paperVotes'],
    ...['createdAt', 'publishedAt', 'updatedAt'],
  ],
  contributions: [
    ...['id', 'kind', 'parentId', 'stance', 'title', 'text', 'html', 'url', 'createdAt', 'publishedAt', 'updatedAt'],
    ...['moderation.status', 'moderation.at', 'moderation.reason'],
  ],
};

/** What all files end with: what is gone stays as a row with its ID and a date. */
const LAST = ['deleted', 'deletedAt', 'source', 'licence'];

/** The names of the columns, which are as in the NDJSON files. */
export const columnsOf = (kind: Kind): readonly string[] => [...COLUMNS[kind], ...LAST];

/**
 * CSV as RFC 4180 has it. Texts that a spreadsheet would take for a formula begin with an apostrophe, and what stands on
 * several lines is in quotation marks: rows end with CR LF, but most programs would begin another one at LF already.
 */
export const csv: Format = {
  extension: 'csv',
  mediaType: 'text/csv',
  async write(records, sink, { kind }) {
    const columns = columnsOf(kind);
    const row = (cells: readonly unknown[]): string =>
      stringify([cells], {
        escape_formulas: true,
        quoted_match: /\n/,
        record_delimiter: 'windows',
        cast: { boolean: String },
      });
    await sink.write(row(columns));
    for await (const record of records)
      await sink.write(row(columns.map((column) => cell(column.split('.').reduce(within, record)))));
  },
};

/** One step into a value; of a list, into all that is in it. */
const within = (value: unknown, key: string): unknown =>
  Array.isArray(value)
    ? value.map((each) => within(each, key))
    : (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];

function cell(value: unknown): unknown {
  const whole = Array.isArray(value) ? value.join(' | ') : value;
  // Before formulas are looked for: in front of one, a sign that nobody sees would hide it.
  return typeof whole === 'string' ? withoutControls(whole) : whole;
}
