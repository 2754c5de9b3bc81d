import { calendar } from './calendar.js';
import { csvFor, type CsvStyle } from './csv.js';
import type { Format } from './format.js';
import { jsonFeed } from './json-feed.js';
import { jsonLd } from './json-ld.js';
import { rss } from './rss.js';

/** The formats that are made from the NDJSON of a collection, by the names under which they are asked for. */
export const derivedFormats = (csv: CsvStyle): Readonly<Record<string, Format>> => ({
  csv: csvFor(csv),
  jsonfeed: jsonFeed,
  rss,
  ical: calendar,
  jsonld: jsonLd,
});

/** All that can be asked for. */
export const FORMATS = ['ndjson', 'csv', 'jsonfeed', 'rss', 'ical', 'jsonld'] as const;
export type FormatName = (typeof FORMATS)[number];
