import { calendar } from './calendar.js';
import { csv } from './csv.js';
import type { Format } from './format.js';
import { jsonFeed } from './json-feed.js';
import { jsonLd } from './json-ld.js';
import { rss } from './rss.js';

/** The formats that are made from the NDJSON of a collection, by the names under which they are asked for. */
export const DERIVED: Readonly<Record<string, Format>> = {
  csv,
  jsonfeed: jsonFeed,
  rss,
  ical: calendar,
  jsonld: jsonLd,
};

/** All that can be asked for. */
export const FORMATS = ['ndjson', 'csv', 'jsonfeed', 'rss', 'ical', 'jsonld'] as const;
export type FormatName = (typeof FORMATS)[number];
