import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { after, afterEach, beforeEach, suite, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { ApiError, CommandError } from '../../src/sync/api.js';
import { contents, names, openPartner, read, records, traces } from './support/partner.js';

const partner = await openPartner();
const { town } = partner;
const { sql } = town.sandbox.store;
after(() => partner.close());

const none = { added: 0, changed: 0, removed: 0 };
const step = town.state.steps['budget'] ?? '';
const consultation = town.state.consultations['main'] ?? '';
const closed = town.state.projects['closed'] ?? '';

const stem = (id: string): string => id.replace(/=+$/, '');
const rename = (id: string, title: string): void =>
  void sql.run('UPDATE project SET title = ? WHERE id = ?', title, rawId(id));
const hide = (id: string): void => void sql.run("UPDATE project SET visibility = 'ADMIN' WHERE id = ?", rawId(id));

afterEach(() => town.sandbox.store.reset());

suite('the first run', () => {
  test('fills the folder with all collections in all formats, and lists them with licence, source and digest', async () => {
    const out = partner.folder();
    const { changed, collections, written } = await partner.sync(out, {
      proposals: [step],
      contributions: [consultation],
    });
    assert.equal(changed, true);
    const all = ['csv', 'feed.json', 'jsonld', 'ndjson', 'rss'];
    const expected = Object.entries({
      projects: all,
      steps: [...all, 'ics'],
      events: [...all, 'ics'],
      [`proposals-${stem(step)}`]: all,
      [`contributions-${stem(consultation)}`]: all,
    }).flatMap(([name, extensions]) => extensions.map((extension) => `${name}.${extension}`));
    assert.deepEqual(names(out), [...expected, 'changes.json', 'datapackage.json'].sort());
    assert.deepEqual([...written].sort(), [...expected].sort());

    const { projects } = collections;
    assert.ok(projects && projects.records > 100, 'more than a page of projects');
    assert.equal(projects.added, projects.records);
    assert.equal(records(out, 'projects').length, projects.records);

    const list = JSON.parse(read(out, 'datapackage.json')) as {
      resources: {
        path: string;
        bytes: number;
        hash: string;
        licenses: object[];
        sources: object[];
        records: number;
      }[];
    };
    assert.deepEqual(list.resources.map(({ path }) => path).sort(), [...expected].sort());
    for (const { path, bytes, hash, licenses, sources, records: count } of list.resources) {
      const content = readFileSync(join(out, path));
      assert.equal(content.length, bytes, path);
      assert.equal(`sha256:${createHash('sha256').update(content).digest('hex')}`, hash, path);
      assert.deepEqual(licenses, [
        { title: 'Licence Ouverte 2.0 (etalab-2.0)', path: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/' },
      ]);
      assert.deepEqual(sources, [{ title: new URL(town.url).host, path: town.url }]);
      assert.equal(count, collections[path.split('.')[0] ?? '']?.records, path);
      assert.ok(content.includes('etalab') || count === 0, `${path} names its licence`);
      assert.ok(content.includes(town.url) || count === 0, `${path} names its source`);
    }
  });

  test('asks little of the platform', async () => {
    const big = await openPartner({ bulk: { projects: 500 } });
    try {
      const { requests, collections } = await big.sync(big.folder());
      assert.ok((collections['projects']?.records ?? 0) > 500);
      assert.ok(requests <= 12, `${requests} requests`);
      assert.equal((await big.town.requests()).length, requests);
    } finally {
      await big.close();
    }
  });

  test('gives the same bytes for the same platform', async () => {
    const [one, other] = [partner.folder(), partner.folder()];
    await partner.sync(one, { proposals: [step] });
    await partner.sync(other, { proposals: [step] });
    assert.deepEqual(contents(one), contents(other));
  });

  test('tells of moderation in the archive of a consultation, and keeps what may not be shown to itself', async () => {
    const out = partner.folder();
    await partner.sync(out, { contributions: [consultation], formats: ['ndjson'] });
    const moderated = records(out, `contributions-${stem(consultation)}`).flatMap(
      ({ moderation, text, html, title }) =>
        moderation
          ? [
              {
                ...(moderation as { status: string | null; at: string | null; reason: string | null }),
                text,
                html,
                title,
              },
            ]
          : [],
    );
    assert.ok(moderated.length > 0, 'the seed has moderated contributions');
    assert.ok(moderated.some(({ reason }) => reason));
    for (const { status, at, text, html } of moderated) {
      if (at !== null) assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
      if (status === 'invisible') assert.deepEqual([text, html], [null, null]);
    }
  });

  test('writes only the formats that are asked for', async () => {
    const out = partner.folder();
    await partner.sync(out, { formats: ['csv', 'ical'] });
    const data = ['events.csv', 'events.ics', 'projects.csv', 'steps.csv', 'steps.ics'];
    assert.deepEqual(names(out), ['changes.json', 'datapackage.json', ...data]);
    assert.equal((await partner.sync(out, { formats: ['csv', 'ical'] })).changed, false);
    await partner.sync(out, { formats: ['rss'] });
    assert.deepEqual(names(out), ['changes.json', 'datapackage.json', 'events.rss', 'projects.rss', 'steps.rss']);
  });

  test('says the licence that it is given', async () => {
    const out = partner.folder();
    await partner.sync(out, { licence: { title: 'ODbL 1.0', path: 'https://opendatacommons.org/licenses/odbl/1-0/' } });
    for (const [name, content] of Object.entries(contents(out))) {
      assert.doesNotMatch(content, /etalab/, name);
      if (name !== 'changes.json') assert.match(content, /ODbL 1\.0/, name);
    }
  });
});

suite('the next run', () => {
  let out: string;
  beforeEach(async () => {
    out = partner.folder();
    await partner.sync(out);
  });

  test('writes nothing when the platform is as it was', async () => {
    const before = traces(out);
    const { changed, written, collections, events } = await partner.sync(out, { now: () => Date.parse('2028-01-01') });
    assert.deepEqual([changed, written], [false, []]);
    assert.deepEqual(traces(out), before);
    for (const counts of Object.values(collections))
      assert.deepEqual({ ...counts, records: 0 }, { ...none, records: 0 });
    assert.deepEqual(
      events.filter(({ event }) => event === 'change'),
      [],
    );
  });

  test('rewrites what has changed, and nothing else', async () => {
    const before = traces(join(out, '.cap-widgets', 'current'));
    rename(closed, 'Un nouveau titre');
    const { collections, written, events } = await partner.sync(out);
    assert.deepEqual(collections['projects'], { records: records(out, 'projects').length, ...none, changed: 1 });
    assert.equal(records(out, 'projects').find(({ id }) => id === closed)?.['title'], 'Un nouveau titre');
    // Steps say the title of their project.
    assert.deepEqual([...new Set(written.map((name) => name.split('.')[0]))], ['projects', 'steps']);
    const now = traces(join(out, '.cap-widgets', 'current'));
    for (const name of names(out).filter((name) => name.startsWith('events')))
      assert.equal(now[name]?.replace(/ \S+ (\d+)$/, ' $1'), before[name]?.replace(/ \S+ (\d+)$/, ' $1'), name);
    assert.deepEqual(
      events.filter((event) => event.event === 'change' && event.collection === 'projects'),
      [{ event: 'change', change: 'changed', collection: 'projects', id: closed }],
    );
  });

  test('gives what a first run would give, wherever the difference is', async () => {
    const ids = records(out, 'projects').map(({ id }) => id);
    for (const place of [0, 1, 99, 100, ids.length - 1]) {
      rename(ids[place] ?? '', `Titre ${place}`);
      const fresh = partner.folder();
      await partner.sync(out);
      await partner.sync(fresh);
      const [now, expected] = [contents(out), contents(fresh)];
      for (const name of names(fresh))
        if (name !== 'changes.json') assert.equal(now[name], expected[name], `${name}, ${place}`);
    }
  });

  test('leaves a tombstone of what is gone, which stays, and goes when the object is back', async () => {
    const count = records(out, 'projects').length;
    hide(closed);
    const first = await partner.sync(out);
    assert.deepEqual(first.collections['projects'], { records: count - 1, ...none, removed: 1 });
    const tombstone = {
      id: closed,
      deleted: true,
      deletedAt: '2027-03-01T13:00:00+01:00',
      source: town.url,
      licence: 'Licence Ouverte 2.0 (etalab-2.0)',
    };
    assert.deepEqual(records(out, 'projects').at(-1), tombstone);
    const changes = JSON.parse(read(out, 'changes.json')) as { at: string; collections: Record<string, unknown> };
    assert.deepEqual(changes.collections['projects'], { added: [], changed: [], removed: [closed] });
    assert.equal(changes.at, '2027-03-01T13:00:00+01:00');
    for (const name of ['projects.feed.json', 'projects.rss', 'projects.jsonld'])
      assert.ok(!read(out, name).includes(closed), `${name} leaves it out`);

    const second = await partner.sync(out, { now: () => Date.parse('2028-01-01') });
    assert.equal(second.changed, false);
    rename(town.state.projects['budget'] ?? '', 'Autrement');
    await partner.sync(out, { now: () => Date.parse('2028-01-01') });
    assert.deepEqual(records(out, 'projects').at(-1), tombstone, 'with the date of the day it went');

    town.sandbox.store.reset();
    const last = await partner.sync(out);
    assert.deepEqual(last.collections['projects'], { records: count, ...none, added: 1, changed: 1 });
    assert.ok(records(out, 'projects').every(({ deleted }) => !deleted));
  });

  test('is another one for other settings: the files say what they are told to say', async () => {
    const report = await partner.sync(out, { licence: { title: 'CC BY 4.0' } });
    assert.equal(report.changed, true);
    assert.match(read(out, 'events.rss'), /CC BY 4\.0/);
    assert.equal((await partner.sync(out, { licence: { title: 'CC BY 4.0' } })).changed, false);
  });

  test('repairs a file that somebody has cut', async () => {
    const whole = read(out, 'projects.csv');
    writeFileSync(join(out, 'projects.csv'), 'id\n');
    await partner.sync(out);
    assert.equal(read(out, 'projects.csv'), whole);
  });

  test('clears away what a killed run has left', async () => {
    const home = join(out, '.cap-widgets');
    mkdirSync(join(home, '2'));
    writeFileSync(join(home, '2', 'projects.ndjson'), 'half a li');
    writeFileSync(join(home, 'register.sqlite'), 'not even a database');
    mkdirSync(join(home, 'register.sqlite.lock'));
    symlinkSync('2', join(home, 'current.next'));
    assert.equal((await partner.sync(out)).changed, false);
    assert.deepEqual(readdirSync(home).sort(), ['1', 'current']);
    rename(closed, 'Après la panne');
    assert.equal((await partner.sync(out)).changed, true);
    assert.deepEqual(readdirSync(home).sort(), ['1', '2', 'current']);
  });
});

suite('a run that fails', () => {
  test('leaves all as it was when the platform breaks off half-way', async () => {
    const out = partner.folder();
    await partner.sync(out);
    const before = traces(out);
    rename(closed, 'Jamais vu');
    let requests = 0;
    const breaking: typeof fetch = (...request) =>
      ++requests > 1 ? Promise.resolve(new Response('', { status: 403 })) : fetch(...request);
    await assert.rejects(
      partner.sync(out, { fetch: breaking }),
      (error) => error instanceof ApiError && error.code === 'forbidden',
    );
    assert.deepEqual(traces(out), before);
  });

  test('ends when it is told to, and leaves all as it was', async () => {
    const out = partner.folder();
    await partner.sync(out);
    const before = traces(out);
    rename(closed, 'Jamais vu');
    const stop = new AbortController();
    const reason = new Error('enough');
    const onEvent = (): void => stop.abort(reason);
    await assert.rejects(partner.sync(out, { signal: stop.signal, onEvent }), reason);
    assert.deepEqual(traces(out), before);
  });

  const usage = (hint: RegExp) => (error: unknown) =>
    error instanceof CommandError && error.exitCode === 2 && hint.test(error.message);

  test('says what was wrong with what it was asked', async () => {
    const out = partner.folder();
    await assert.rejects(partner.sync(out, { platform: 'participez.ville.fr' }), usage(/https:\/\//));
    await assert.rejects(partner.sync(out, { formats: ['pdf' as 'csv'] }), usage(/pdf.*ndjson, csv/));
    await assert.rejects(partner.sync(out, { timeZone: 'Europe/Valmont' }), usage(/time zone/));
    await assert.rejects(partner.sync(out, { lang: '!' }), usage(/language/));
    await assert.rejects(partner.sync(out, { proposals: [''] }), usage(/ID is empty/));
    await assert.rejects(partner.sync('', {}), usage(/--out/));
    assert.deepEqual(readdirSync(out), []);
  });

  test('says that there is no such step', async () => {
    const out = partner.folder();
    await assert.rejects(
      partner.sync(out, { proposals: ['U2VsZWN0aW9uU3RlcDpub3RoaW5n'] }),
      (error) => error instanceof ApiError && error.code === 'not-found',
    );
    assert.deepEqual(names(out), []);
  });

  test('does not touch files that are not its own', async () => {
    const out = partner.folder();
    writeFileSync(join(out, 'projects.csv'), 'mine');
    await assert.rejects(
      partner.sync(out),
      (error) => error instanceof CommandError && error.exitCode === 6 && /Move it away/.test(error.message),
    );
    assert.equal(read(out, 'projects.csv'), 'mine');
  });
});

test('two runs do not mix: the second one says so, and a third one finds the way free', async () => {
  const out = partner.folder();
  await partner.sync(out);
  const runs = await Promise.allSettled([partner.sync(out), partner.sync(out)]);
  const refused = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason as unknown] : []));
  assert.equal(refused.length, 1);
  assert.ok(refused[0] instanceof CommandError && refused[0].exitCode === 5 && /Another run/.test(refused[0].message));
  assert.equal((await partner.sync(out)).changed, false);
});

test('a lock of somebody who was killed does not hold up the next run', async () => {
  const out = partner.folder();
  await partner.sync(out);
  const home = join(out, '.cap-widgets');
  mkdirSync(join(home, 'lock'));
  // No process has this number: the largest is far below.
  symlinkSync(`99999999@${(await import('node:os')).hostname()}`, join(home, 'owner'));
  assert.equal((await partner.sync(out)).changed, false);
  assert.deepEqual(readdirSync(home).sort(), ['1', 'current']);
});
