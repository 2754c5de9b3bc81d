import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseCsv } from 'csv-parse/sync';
import jsonld from 'jsonld';
import ical from 'node-ical';
import RssParser from 'rss-parser';

const url = { type: 'string', format: 'uri', pattern: '^https?://' };
const text = { type: 'string', minLength: 1 };

/** What version 1.1 of the format asks for, and the types of what we may write beside it. */
const jsonFeed = addFormats(new Ajv({ allErrors: true })).compile({
  type: 'object',
  required: ['version', 'title', 'items'],
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: text,
    home_page_url: url,
    language: text,
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id'],
        anyOf: [{ required: ['content_html'] }, { required: ['content_text'] }],
        properties: {
          id: text,
          url,
          image: url,
          title: { type: 'string' },
          content_html: { type: 'string' },
          content_text: { type: 'string' },
          summary: { type: 'string' },
          date_published: { type: 'string', format: 'date-time' },
          date_modified: { type: 'string', format: 'date-time' },
          tags: { type: 'array', items: text },
          authors: { type: 'array', items: { type: 'object', anyOf: [{ required: ['name'] }, { required: ['url'] }] } },
        },
      },
    },
  },
});

/** Schema.org’s own list of names is on the network: here every name is taken to be one of them. */
const documentLoader = (address: string) =>
  Promise.resolve({
    contextUrl: null as unknown as undefined,
    documentUrl: address,
    document: { '@context': { '@vocab': 'https://schema.org/' } },
  });

/** How each kind of file is read by somebody else than its writer. They throw at what is not whole, or not of that kind. */
const readers: Readonly<Record<string, (content: string) => unknown>> = {
  ndjson(content) {
    assert.ok(content.endsWith('\n') || content === '');
    const ids = content
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { id: unknown }).id);
    assert.ok(ids.every((id) => typeof id === 'string' && id !== ''));
    assert.equal(new Set(ids).size, ids.length);
  },
  csv(content) {
    assert.ok(content.endsWith('\r\n'));
    const rows: string[][] = parseCsv(content);
    assert.ok(rows[0]?.includes('id'));
  },
  json(content) {
    if (/^\{"version":/.test(content)) assert.ok(jsonFeed(JSON.parse(content)), JSON.stringify(jsonFeed.errors));
    else JSON.parse(content);
  },
  async rss(content) {
    const feed = await new RssParser().parseString(content);
    assert.ok(feed.title && feed.link);
    // What is hidden has no address.
    assert.ok(feed.items.every(({ guid, title, link }) => guid && title && link !== ''));
  },
  ics(content) {
    assert.ok(content.trimEnd().endsWith('END:VCALENDAR'));
    const entries = Object.values(ical.sync.parseICS(content)).filter((entry) => entry?.type === 'VEVENT');
    assert.equal(entries.length, content.split('BEGIN:VEVENT').length - 1);
  },
  async jsonld(content) {
    const [feed] = await jsonld.expand(JSON.parse(content) as jsonld.JsonLdDocument, { documentLoader });
    assert.deepEqual(feed?.['@type'], ['https://schema.org/DataFeed']);
  },
};

export const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex');

const valid = new Set<string>();

/** Reads a file by a parser of its format, unless the very same has been read before. */
export async function checkFormat(name: string, content: string): Promise<void> {
  const key = `${name} ${digestOf(content)}`;
  if (valid.has(key)) return;
  const read = readers[name.slice(name.lastIndexOf('.') + 1)];
  if (!read) throw new Error(`${name} is of no known kind.`);
  await read(content);
  valid.add(key);
}

/** Checks that the list of all files tells the truth about each. */
export function checkPackage(files: ReadonlyMap<string, string>): void {
  const { resources } = JSON.parse(files.get('datapackage.json') ?? 'null') as {
    resources: readonly { readonly path: string; readonly bytes: number; readonly hash: string }[];
  };
  const listed = resources.map(({ path, bytes, hash }) => [path, bytes, hash]);
  const there = [...files]
    .filter(([name]) => name !== 'datapackage.json' && name !== 'changes.json')
    .map(([name, content]) => [name, Buffer.byteLength(content), `sha256:${digestOf(content)}`]);
  const order = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);
  assert.deepEqual(listed.sort(order), there.sort(order));
}
