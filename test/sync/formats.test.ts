import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';

import { parse as parseCsv } from 'csv-parse/sync';
import ical from 'node-ical';
import RssParser from 'rss-parser';

import type { StoredRecord } from '../../src/sync/api.js';
import { rawId } from '../../sandbox/platform/ids.js';
import { safeHtml, textOf } from '../../src/sync/html.js';
import { isoDate } from '../../src/sync/records.js';
import { checkFormat, checkPackage } from './killed.formats.js';
import { contents, openPartner, read, records } from './support/partner.js';

const partner = await openPartner();
const { town } = partner;
const { sql } = town.sandbox.store;
const out = partner.folder();
const other = partner.folder();
after(() => partner.close());

const step = town.state.steps['budget'] ?? '';
const consultation = town.state.consultations['main'] ?? '';
const stem = (id: string): string => id.replace(/=+$/, '');
const proposals = `proposals-${stem(step)}`;
const contributions = `contributions-${stem(consultation)}`;
const project = town.state.projects['budget'] ?? '';
const fatal = town.state.projects['closed'] ?? '';
const host = new URL(town.url).host;

const [event = '', gone = ''] = sql
  .all<{ id: string }>('SELECT id FROM event WHERE enabled = 1 AND deleted_at IS NULL ORDER BY id')
  .map(({ id }) => id);

const BODY = `<h1 onclick="steal()">Le bal</h1><p>Bal &amp; <b>danses</b> &lt;i&gt; <a href="/lieu" onclick="x()">ici</a>
  <a href="javascript:alert(1)">là</a></p><script>alert(document.cookie)</script><style>p{display:none}</style>
  <img src="https://images.valmont.example/bal.jpg" alt="Le bal" onerror="alert(1)"><img src="http://suivi.example/p.gif">
  <iframe src="https://pirate.example"></iframe><svg onload="alert(1)"></svg><p style="position:fixed">fin\u0007</p>`;
const FORMULA = '=HYPERLINK("https://pirate.example";"Cliquez")';
const MARKUP = 'Vitesse < 30 <script>alert(1)</script> & calme\u0008';

before(async () => {
  sql.run(
    'UPDATE event SET start_at = ?, end_at = ?, created_at = ?, updated_at = ? WHERE id = ?',
    ...['2027-07-14T18:00:00Z', '2027-07-14T21:30:00Z', '2027-01-02T08:00:00Z', '2027-01-03T08:00:00Z'].map(Date.parse),
    event,
  );
  sql.run(
    'UPDATE event SET address = ?, lat = -1.5, lng = 2.5 WHERE id = ?',
    'Place des Bals; salle 2, Valmont',
    event,
  );
  sql.run(
    'UPDATE event_translation SET title = ?, body = ?, link = ? WHERE event_id = ?',
    ...['Bal du 14, «\u2028la nuit»', BODY, 'https://bal.valmont.example/', event],
  );
  sql.run('UPDATE project SET title = ? WHERE id = ?', FORMULA, rawId(project));
  // Titles are written as HTML on the platform: this is how it says such a text.
  const written = MARKUP.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  sql.run('UPDATE project SET title = ?, meta_description = ? WHERE id = ?', written, written, rawId(fatal));
  const options = { proposals: [step], contributions: [consultation] };
  await partner.sync(out, options);
  sql.run('UPDATE event SET enabled = 0 WHERE id = ?', gone);
  await partner.sync(out, options);
  await partner.sync(other, { lang: 'en', timeZone: 'Pacific/Noumea' });
});

function find(collection: string, part: string): StoredRecord {
  const found = records(out, collection).find((record) => JSON.stringify(record).includes(part));
  assert.ok(found, `${part} is in ${collection}`);
  return found;
}

test('every file can be read by somebody else, and is as the list says', async () => {
  const files = contents(out);
  for (const [name, content] of Object.entries(files)) await checkFormat(name, content);
  checkPackage(new Map(Object.entries(files)));
});

suite('NDJSON', () => {
  test('has dates with the offset of the platform, and a place', () => {
    const { startAt, endAt, createdAt, updatedAt, place } = find('events', 'Bal du 14');
    assert.deepEqual(
      [startAt, endAt, createdAt, updatedAt],
      [
        '2027-07-14T20:00:00+02:00',
        '2027-07-14T23:30:00+02:00',
        '2027-01-02T09:00:00+01:00',
        '2027-01-03T09:00:00+01:00',
      ],
    );
    assert.deepEqual(place, { address: 'Place des Bals; salle 2, Valmont', lat: -1.5, lng: 2.5 });
  });

  test('has HTML that is safe to show', () => {
    const html = String(find('events', 'Bal du 14')['html']);
    assert.match(html, /<h2>Le bal<\/h2>/);
    assert.match(html, /Bal &amp; <b>danses<\/b>/);
    assert.ok(html.includes(`<a href="${town.url}/lieu" rel="nofollow ugc noopener">ici</a>`));
    assert.ok(html.includes('<img alt="Le bal" src="https://images.valmont.example/bal.jpg" />'));
    assert.doesNotMatch(
      html,
      /script|alert|steal|style|iframe|svg|onclick|onerror|onload|javascript|http:\/\/suivi|pirate|display/,
    );
  });
});

suite('CSV', () => {
  const rows = (name: string) => parseCsv<Record<string, string>>(read(out, `${name}.csv`), { columns: true });

  test('has a row for each record, tombstones included', () => {
    for (const name of ['projects', 'steps', 'events', proposals, contributions])
      assert.deepEqual(
        rows(name).map(({ id }) => id),
        records(out, name).map(({ id }) => id),
      );
    assert.deepEqual(rows('events').filter(({ deleted }) => deleted === 'true').length, 1);
  });

  test('gives a spreadsheet nothing to calculate', () => {
    const row = rows('projects').find(({ id }) => id === project);
    assert.equal(row?.['title'], `'${FORMULA}`);
    const cells = ['projects', 'steps', 'events', proposals, contributions].flatMap((name) =>
      rows(name).flatMap((row) => Object.values(row)),
    );
    assert.deepEqual(
      cells.filter((cell) => /^[=+@\t\r]|^-(?![\d.]+$)/.test(cell)),
      [],
    );
    assert.equal(
      rows('events').find(({ title }) => title?.startsWith('Bal du 14'))?.['place.lat'],
      '-1.5',
      'a number is no formula',
    );
  });

  test('names the licence and the source in each row', () => {
    for (const row of rows('events')) {
      assert.equal(row['licence'], 'Licence Ouverte 2.0 (etalab-2.0)');
      assert.equal(row['source'], town.url);
    }
  });
});

test('JSON Feed: the text of people stays text, HTML is safe, licence and source are said', () => {
  const feed = JSON.parse(read(out, 'events.feed.json')) as {
    _licence: object;
    _source: object;
    language: string;
    items: Record<string, string>[];
  };
  assert.equal(feed.language, 'fr');
  assert.equal((feed._licence as { title: string }).title, 'Licence Ouverte 2.0 (etalab-2.0)');
  assert.equal((feed._source as { url: string }).url, town.url);
  const ball = feed.items.find(({ title }) => title?.startsWith('Bal du 14'));
  assert.match(
    ball?.['content_html'] ?? '',
    /^<p>14 juillet 2027.*20:00.*23:30.*<\/p><p>Place des Bals; salle 2, Valmont<\/p><h2>Le bal/,
  );
  assert.doesNotMatch(ball?.['content_html'] ?? '', /script|onerror|suivi/);
  assert.equal(ball?.['date_published'], '2027-01-02T09:00:00+01:00');
  assert.equal(feed.items.length, records(out, 'events').filter(({ deleted }) => !deleted).length);
  const texts = JSON.parse(read(out, 'projects.feed.json')) as { items: Record<string, string>[] };
  const typed = texts.items.find(({ title }) => title?.startsWith('Vitesse'));
  assert.deepEqual([typed?.['title'], typed?.['content_text']], [MARKUP, MARKUP], 'plain text, as typed');
});

suite('RSS', () => {
  const parser = new RssParser<Record<string, string>, Record<string, string>>({
    customFields: { feed: ['copyright', 'dc:source', 'dc:rights'] },
  });

  test('says licence, source and language, and has all that is there', async () => {
    const feed = await parser.parseString(read(out, 'events.rss'));
    assert.match(feed['copyright'] ?? '', /Licence Ouverte 2\.0/);
    assert.equal(feed['dc:source'], town.url);
    assert.equal(feed.link, town.url);
    assert.equal(feed['language'], 'fr');
    assert.equal(feed.items.length, records(out, 'events').filter(({ deleted }) => !deleted).length);
    const ball = feed.items.find(({ title }) => title?.startsWith('Bal du 14'));
    assert.equal(ball?.pubDate, 'Sat, 02 Jan 2027 08:00:00 GMT');
    assert.doesNotMatch(ball?.['content:encoded'] ?? '', /script|onerror|suivi/);
    assert.match(ball?.['content:encoded'] ?? '', /<h2>Le bal<\/h2>/);
  });

  test('shows a reader no markup where somebody typed text', async () => {
    const projects = await parser.parseString(read(out, 'projects.rss'));
    const titles = projects.items.map(({ title }) => title);
    assert.ok(titles.includes('Vitesse ‹ 30 ‹script›alert(1)‹/script› & calme'), titles.slice(0, 5).join());
    const typed = projects.items.find(({ title }) => title?.startsWith('Vitesse'));
    // Once decoded by XML, readers decode it once more as HTML.
    assert.equal(typed?.content, 'Vitesse &lt; 30 &lt;script&gt;alert(1)&lt;/script&gt; &amp; calme');
  });

  test('leaves HTML as it is: what is text in it stays text', async () => {
    const { items } = await parser.parseString(read(out, 'events.rss'));
    assert.match(
      items.find(({ title }) => title?.startsWith('Bal du 14'))?.['content:encoded'] ?? '',
      /Bal &amp; <b>danses<\/b> &lt;i&gt;/,
    );
  });
});

suite('iCalendar', () => {
  const entries = (name: string) =>
    Object.values(ical.sync.parseICS(read(out, name))).flatMap((entry) => (entry?.type === 'VEVENT' ? [entry] : []));
  /** A text with parameters comes as an object. */
  const plain = (value: ical.ParameterValue | undefined): string =>
    typeof value === 'object' ? String(value.val) : (value ?? '');

  test('has events at their instant, with place, text and address', () => {
    const ball = entries('events.ics').find(({ summary }) => plain(summary).startsWith('Bal du 14'));
    assert.ok(ball);
    assert.equal(ball.start.toISOString(), '2027-07-14T18:00:00.000Z');
    assert.equal(ball.end?.toISOString(), '2027-07-14T21:30:00.000Z');
    assert.equal(ball.location, 'Place des Bals; salle 2, Valmont');
    assert.deepEqual({ ...ball.geo }, { lat: -1.5, lon: 2.5 });
    assert.match(plain(ball.description), /^Le bal\nBal & danses <i> ici/);
    assert.match(plain(ball.description), /https:\/\/bal\.valmont\.example\/$/);
    assert.doesNotMatch(plain(ball.description), /<[^i]|alert/);
    assert.equal(ball.status, 'CONFIRMED');
    assert.ok(ball.uid.endsWith(`@${host}`));
  });

  test('cancels what is gone', () => {
    const cancelled = entries('events.ics').filter(({ status }) => status === 'CANCELLED');
    assert.equal(cancelled.length, 1);
    const { id, startAt } = find('events', '"deleted":true');
    assert.equal(cancelled[0]?.uid, `${id}@${host}`);
    assert.equal(cancelled[0]?.start.getTime(), Date.parse(String(startAt)));
  });

  test('says when people can take part in a step', () => {
    const dated = records(out, 'steps').filter(({ startAt }) => startAt);
    assert.ok(dated.length > 0);
    assert.equal(entries('steps.ics').length, dated.length);
  });

  test('keeps to the format: lines of 75 bytes at most, ended as they should be, licence and source', () => {
    const content = read(out, 'events.ics');
    assert.equal(content.replace(/\r\n/g, '').includes('\n'), false);
    for (const line of content.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
    const unfolded = content.replace(/\r\n /g, '');
    assert.match(unfolded, /\r\nDESCRIPTION:Source[^\r]+Licence Ouverte 2\.0[^\r]+\r\n/);
    assert.ok(unfolded.includes(`URL:${town.url}`));
  });
});

suite('JSON-LD', () => {
  type Thing = Record<string, unknown>;
  const feed = (name: string) => JSON.parse(read(out, `${name}.jsonld`)) as Thing & { dataFeedElement: Thing[] };

  test('has events with their instant, place and organizer', () => {
    const { license, provider, dataFeedElement } = feed('events');
    assert.equal((license as Thing)['name'], 'Licence Ouverte 2.0 (etalab-2.0)');
    assert.equal((provider as Thing)['url'], town.url);
    const ball = dataFeedElement.find(({ name }) => String(name).startsWith('Bal du 14'));
    assert.equal(ball?.['@type'], 'Event');
    assert.equal(ball?.['startDate'], '2027-07-14T20:00:00+02:00');
    assert.equal((ball?.['location'] as Thing)['address'], 'Place des Bals; salle 2, Valmont');
    assert.equal((ball?.['organizer'] as Thing)['@type'], 'Organization');
  });

  test('can stand in a page: nothing in it ends the script that it is in', () => {
    for (const name of ['projects', 'steps', 'events', proposals, contributions])
      assert.doesNotMatch(read(out, `${name}.jsonld`), /</, name);
    assert.ok(
      feed('projects').dataFeedElement.some(({ name }) => String(name).includes('<script>')),
      'and it is all there',
    );
  });
});

test('another language and another zone give other words and other clocks', () => {
  assert.match(read(other, 'events.rss'), /<title>Events – /);
  assert.match(read(other, 'events.rss'), /<language>en<\/language>/);
  const ball = records(other, 'events').find(({ id }) => rawId(id) === event);
  // The platform writes 20:00, and whoever says that its clock is Nouméa’s gets Nouméa’s 20:00.
  assert.equal(ball?.['startAt'], '2027-07-14T20:00:00+11:00');
});

suite('HTML', () => {
  const cases: readonly [name: string, html: string, safe: string][] = [
    ['a script in a link', '<a href=" javascript:alert(1)">a</a>', '<a>a</a>'],
    ['one that hides', '<a href="java&#x09;script:alert(1)">a</a>', '<a>a</a>'],
    ['data in a picture', '<img src="data:image/svg+xml,<svg onload=alert(1)>">', ''],
    [
      'a mail address stays',
      '<a href="mailto:a@b.example">a</a>',
      '<a href="mailto:a@b.example" rel="nofollow ugc noopener">a</a>',
    ],
    [
      'an address without its scheme',
      '<a href="//b.example/x">a</a>',
      '<a href="https://b.example/x" rel="nofollow ugc noopener">a</a>',
    ],
    ['a tag that is not closed', '<p>a<b>b', '<p>a<b>b</b></p>'],
    ['a form', '<form action="https://b.example"><input name="p"><button>a</button></form>', 'a'],
    ['an object', '<object data="x.swf"></object><embed src="x.swf">', ''],
    ['markup that was meant as text', '&lt;script&gt;alert(1)&lt;/script&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ];
  for (const [name, html, safe] of cases)
    test(name, () => {
      assert.equal(safeHtml(html, 'https://participez.valmont.example'), safe);
    });

  test('gives its text, a line for each block', () => {
    assert.equal(
      textOf('<p>Un &amp; deux<br>trois &lt; quatre</p><ul><li>a</li><li>b</li></ul>'),
      'Un & deux\ntrois < quatre\na\nb',
    );
  });
});

test('an instant is written with the offset of its own day, before 1970 and in zones of half an hour too', () => {
  assert.equal(isoDate(Date.parse('2026-03-29T00:59:59Z'), 'Europe/Paris'), '2026-03-29T01:59:59+01:00');
  assert.equal(isoDate(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Paris'), '2026-03-29T03:00:00+02:00');
  assert.equal(isoDate(Date.parse('2026-10-25T01:00:00Z'), 'Europe/Paris'), '2026-10-25T02:00:00+01:00');
  assert.equal(isoDate(Date.parse('1969-12-31T23:00:00Z'), 'UTC'), '1969-12-31T23:00:00+00:00');
  assert.equal(isoDate(0, 'Asia/Kolkata'), '1970-01-01T05:30:00+05:30');
});
