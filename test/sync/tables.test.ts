/** Tables: what describes them to programs, and what Excel opens. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';

import { parse as parseCsv } from 'csv-parse/sync';

import { rawId } from '../../sandbox/platform/ids.js';
import { CommandError } from '../../src/sync/api.js';
import { columnsOf } from '../../src/sync/formats/columns.js';
import { csvFor } from '../../src/sync/formats/csv.js';
import type { FileSink } from '../../src/sync/files.js';
import type { Subject } from '../../src/sync/formats/format.js';
import type { Kind, StoredRecord } from '../../src/sync/records.js';
import { contents, openPartner, read, records } from './support/partner.js';
import { validate } from './support/validator.js';

const partner = await openPartner();
const { town } = partner;
const { sql } = town.sandbox.store;
const [standard, excel] = [partner.folder(), partner.folder()];
after(() => partner.close());

const KINDS: readonly Kind[] = ['projects', 'steps', 'events', 'proposals', 'contributions'];
const asked = {
  proposals: [`${town.state.steps['budget']}=vote`],
  contributions: [`${town.state.consultations['main']}=avis`],
};
const [west = '', gone = ''] = sql
  .all<{ id: string }>('SELECT id FROM event WHERE enabled = 1 AND deleted_at IS NULL ORDER BY id')
  .map(({ id }) => id);
const closed = town.state.projects['closed'] ?? '';
const TEXT = '« Quais » ; "la" suite\nde l’an 1/2';

before(async () => {
  sql.run("UPDATE event SET address = 'Fort-de-France', lat = 14.6, lng = -61.06 WHERE id = ?", west);
  sql.run('UPDATE event_translation SET title = ? WHERE event_id = ?', TEXT, west);
  for (const [folder, more] of [
    [standard, {}],
    [excel, { csv: 'excel' }],
  ] as const) {
    sql.run('UPDATE event SET enabled = 1 WHERE id = ?', gone);
    sql.run("UPDATE project SET visibility = 'PUBLIC' WHERE id = ?", rawId(closed));
    await partner.sync(folder, { ...asked, ...more });
    sql.run('UPDATE event SET enabled = 0 WHERE id = ?', gone);
    sql.run("UPDATE project SET visibility = 'ADMIN' WHERE id = ?", rawId(closed));
    await partner.sync(folder, { ...asked, ...more });
  }
});

interface Field {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}
interface Listed {
  readonly resources: readonly { readonly path: string; readonly schema?: { readonly fields: readonly Field[] } }[];
}
const listed = (folder: string): Listed['resources'] =>
  (JSON.parse(read(folder, 'datapackage.json')) as Listed).resources;

suite('a validator', () => {
  for (const [name, folder] of [
    ['standard', standard],
    ['excel', excel],
  ] as const)
    test(`accepts the list of all files and every table in it, tombstones included: ${name}`, async () => {
      const { tables, faults } = await validate(folder);
      assert.deepEqual(faults, []);
      assert.deepEqual([...tables.keys()].sort(), ['avis.csv', 'events.csv', 'projects.csv', 'steps.csv', 'vote.csv']);
      for (const [path, rows] of tables) {
        const stored = records(folder, path.replace('.csv', ''));
        assert.deepEqual(
          rows.map(({ id }) => id),
          stored.map(({ id }) => id),
          path,
        );
      }
      const place = tables.get('events.csv')?.find((row) => row['place.address'] === 'Fort-de-France');
      assert.deepEqual([place?.['place.lat'], place?.['place.lng']], [14.6, -61.06], 'west of Greenwich');
      assert.equal(tables.get('events.csv')?.filter(({ deleted }) => deleted === true).length, 1);
      assert.equal(tables.get('projects.csv')?.filter(({ deleted }) => deleted === true).length, 1);
    });

  test('knows the instant of every date by its offset', async () => {
    const { tables } = await validate(standard);
    const rows = tables.get('events.csv') ?? [];
    for (const [place, { startAt }] of records(standard, 'events').entries())
      assert.equal((rows[place]?.['startAt'] as Date).getTime(), Date.parse(String(startAt)));
  });

  test('accepts a licence that is nowhere to be read, and the names of steps in capital letters', async () => {
    const out = partner.folder();
    await partner.sync(out, {
      licence: { title: 'Réservé à la presse' },
      proposals: [town.state.steps['budget'] ?? ''],
    });
    assert.deepEqual((await validate(out)).faults, []);
  });

  const wrong: readonly [what: string, file: string, change: (text: string) => string, hint: RegExp][] = [
    [
      'a number that is none',
      'projects.csv',
      (text) => text.replace(/,(\d+),(\d+),(\d+),/, ',$1,viele,$3,'),
      /projects-csv/,
    ],
    [
      'a date without its offset',
      'events.csv',
      (text) => text.replace(/(T\d\d:\d\d:\d\d)\+\d\d:\d\d/, '$1'),
      /events-csv/,
    ],
    [
      'a word that is none of those named',
      'steps.csv',
      (text) => text.replace(/,(open|closed|future),/, ',ajar,'),
      /steps-csv/,
    ],
    [
      'a column that is not described',
      'steps.csv',
      (text) => text.replace('projectTitle', 'title2'),
      /steps-csv.*header/,
    ],
    [
      'a step of no project',
      'steps.csv',
      (text) => text.replace(/\r\n([^,]+),[^,]+,/, '\r\n$1,UHJvamVjdDpub25l,'),
      /steps-csv.*[Ff]oreign/,
    ],
    [
      'the same ID twice',
      'events.csv',
      (text) => `${text}${text.split('\r\n').at(-2)}\r\n`,
      /events-csv.*(unique|primary)/i,
    ],
    [
      'a list that is none',
      'datapackage.json',
      (text) =>
        text
          .replace('"profile": "tabular-data-resource",', '"profile": "tabular-data-resource", "hash": 7,')
          .replace(/"hash": "sha256:\w+",/g, ''),
      /hash/,
    ],
  ];
  for (const [what, file, change, hint] of wrong)
    test(`refuses ${what}`, async () => {
      const folder = partner.folder();
      cpSync(standard, folder, { recursive: true, dereference: true });
      const before = readFileSync(join(folder, file), 'utf8');
      const after = change(before);
      assert.notEqual(after, before);
      writeFileSync(join(folder, file), after);
      assert.match((await validate(folder)).faults.join('\n'), hint);
    });
});

suite('the description of a table', () => {
  test('says of each column in a sentence what it is', () => {
    for (const kind of KINDS) {
      const file = { proposals: 'vote', contributions: 'avis' }[kind as string] ?? kind;
      const fields = listed(standard).find(({ path }) => path === `${file}.csv`)?.schema?.fields ?? [];
      assert.deepEqual(
        fields.map(({ name }) => name),
        columnsOf(kind).map(({ name }) => name),
      );
      assert.deepEqual(fields.map(({ name }) => name).join(), read(standard, `${file}.csv`).split('\r\n')[0]);
      for (const { name, description } of fields) assert.match(description, /^\p{Lu}.+\.$/su, `${kind} ${name}`);
    }
  });

  test('is in the language of the files', async () => {
    const out = partner.folder();
    await partner.sync(out, { lang: 'en', formats: ['csv'] });
    const english = listed(out).flatMap(({ schema }) => schema?.fields ?? []);
    const french = new Map(
      listed(standard)
        .flatMap(({ schema }) => schema?.fields ?? [])
        .map((field) => [field.name, field.description]),
    );
    for (const { name, description } of english) assert.notEqual(description, french.get(name), name);
  });
});

suite('CSV for Excel', () => {
  /** As a French Excel opens it: the mark says that it is UTF-8, and cells end at semicolons. */
  const opened = (text: string): Record<string, string>[] =>
    parseCsv<Record<string, string>>(text, { columns: true, delimiter: ';', bom: true, record_delimiter: '\r\n' });
  const rows = (name: string): Record<string, string>[] => opened(read(excel, `${name}.csv`));

  test('begins with its mark, has semicolons, and ends rows as Windows does', () => {
    for (const name of ['projects', 'steps', 'events', 'vote', 'avis']) {
      const text = read(excel, `${name}.csv`);
      assert.match(text, /^\ufeffid;[^\n]+\r\n/, name);
      assert.ok(text.endsWith('\r\n'));
      assert.deepEqual(
        rows(name).map(({ id }) => id),
        records(excel, name).map(({ id }) => id),
        name,
      );
    }
  });

  test('has decimal commas, the platform’s local time, and words for yes', () => {
    const place = rows('events').find((row) => row['place.address'] === 'Fort-de-France');
    assert.deepEqual([place?.['place.lat'], place?.['place.lng']], ['14,6', '-61,06']);
    assert.equal(place?.['title'], TEXT, 'with what stands for ends of cells and rows');
    const stored = records(excel, 'events').find(({ id }) => id === place?.['id']);
    assert.equal(place?.['startAt'], String(stored?.['startAt']).slice(0, 19).replace('T', ' '));
    assert.deepEqual([...new Set(rows('events').map(({ deleted }) => deleted))].sort(), ['', 'VRAI']);
    const fields = listed(excel).find(({ path }) => path === 'events.csv')?.schema?.fields ?? [];
    const dates = fields.filter(({ type }) => type === 'datetime');
    assert.ok(
      dates.length > 0 && dates.every(({ description }) => description.endsWith('Heure locale (Europe/Paris).')),
    );
  });

  /** The cells of a project with such a title. */
  async function cells(title: string, more: Partial<StoredRecord> = {}): Promise<Record<string, string> | undefined> {
    let text = '';
    const sink = { write: (part: string) => Promise.resolve(void (text += part)) } as unknown as FileSink;
    // eslint-disable-next-line @typescript-eslint/require-await -- What is written comes one by one.
    const given = async function* () {
      yield { id: 'a', title, ...more };
    };
    await csvFor('excel').write(given(), sink, { kind: 'projects' } as Subject);
    return opened(text)[0];
  }

  for (const [title, cell] of [
    ['3-12', "'3-12"],
    ['00123', "'00123"],
    ['1/2', "'1/2"],
    ['12:30', "'12:30"],
    ['1E5', "'1E5"],
    ['=1+1', "'=1+1"],
    ['-3,5', "'-3,5"],
    ['Lot 3-12', 'Lot 3-12'],
    ['2027 en fête', '2027 en fête'],
  ] as const)
    test(`keeps the text ${title} a text`, async () => {
      assert.equal((await cells(title))?.['title'], cell);
    });

  test('ends a cell where Excel’s cells end, and no sign in the middle', async () => {
    assert.equal((await cells('x'.repeat(32_766)))?.['title'], 'x'.repeat(32_766));
    const cut = (await cells(`${'x'.repeat(32_764)}${'😀'.repeat(9)}`))?.['title'] ?? '';
    assert.equal(cut, `${'x'.repeat(32_764)}…`);
  });

  test('is one of two ways, and what is written one way is written anew the other way', async () => {
    const out = partner.folder();
    await partner.sync(out, { formats: ['csv', 'rss'] });
    const before = contents(out);
    const { changed, written } = await partner.sync(out, { formats: ['csv', 'rss'], csv: 'excel' });
    assert.deepEqual([changed, written], [true, ['projects.csv', 'steps.csv', 'events.csv']]);
    assert.equal((await partner.sync(out, { formats: ['csv', 'rss'], csv: 'excel' })).changed, false);
    await partner.sync(out, { formats: ['csv', 'rss'] });
    const data = (files: Record<string, string>) => ({ ...files, 'changes.json': '' });
    assert.deepEqual(data(contents(out)), data(before));
  });

  test('that makes no sense is refused', async () => {
    const usage = (hint: RegExp) => (reason: unknown) =>
      reason instanceof CommandError && reason.exitCode === 2 && hint.test(reason.message);
    const out = partner.folder();
    await assert.rejects(partner.sync(out, { csv: 'calc' as 'excel' }), usage(/calc.*standard, excel/));
    await assert.rejects(partner.sync(out, { csv: 'excel', formats: ['rss'] }), usage(/--format csv/));
  });
});
