/** `--copy`: files in place of links. */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, suite, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { CommandError, EXIT, type SyncOptions } from '../../src/sync/api.js';
import { checkPackage } from './killed.formats.js';
import { bundleProgram, end, start } from './killed.program.js';
import { contents, DAY, names, openPartner, read, records, traces } from './support/partner.js';

const program = await bundleProgram();
const partner = await openPartner();
const { town } = partner;
after(async () => {
  await partner.close();
  program.remove();
});
afterEach(() => town.sandbox.store.reset());

const closed = town.state.projects['closed'] ?? '';
const rename = (title: string): void =>
  void town.sandbox.store.sql.run('UPDATE project SET title = ? WHERE id = ?', title, rawId(closed));
const hide = (): void =>
  void town.sandbox.store.sql.run("UPDATE project SET visibility = 'ADMIN' WHERE id = ?", rawId(closed));

/** A folder that is not there yet, in one that is the test's own. */
const place = (): string => join(partner.folder(), 'site');
const copy = (out: string, more: Partial<SyncOptions> = {}) => partner.sync(out, { copy: true, ...more });
const refused = (words: RegExp) => (reason: unknown) =>
  reason instanceof CommandError && reason.exitCode === EXIT.files && words.test(reason.message);

suite('copies', () => {
  test('are files and nothing else: no link, no folder, nothing hidden, in either place', async () => {
    const out = place();
    await copy(out);
    for (const name of readdirSync(out)) {
      assert.ok(lstatSync(join(out, name)).isFile(), name);
      assert.doesNotMatch(name, /^\.|part$/);
    }
    const kept = readdirSync(`${out}.cap-widgets`, { recursive: true, encoding: 'utf8' });
    for (const name of kept) assert.ok(!lstatSync(join(`${out}.cap-widgets`, name)).isSymbolicLink(), name);
    checkPackage(new Map(Object.entries(contents(out))));
  });

  test('hold what the links show', async () => {
    const [linked, copied] = [place(), place()];
    await partner.sync(linked);
    await copy(copied);
    assert.deepEqual(contents(copied), contents(linked));
  });

  test('are left alone while the platform stays as it is', async () => {
    const out = place();
    await copy(out);
    const before = [traces(out), traces(`${out}.cap-widgets`)];
    assert.equal((await copy(out)).changed, false);
    assert.deepEqual([traces(out), traces(`${out}.cap-widgets`)], before);
  });

  test('change where something has changed, and the list of all files last', async () => {
    const out = place();
    await copy(out);
    const before = traces(out);
    rename('Un nouveau titre');
    const order: string[] = [];
    const watcher = watch(out, (_, name) => {
      if (name && !name.endsWith('-part') && !order.includes(name)) order.push(name);
    });
    await copy(out);
    watcher.close();
    const now = traces(out);
    for (const name of names(out))
      assert.equal(now[name] === before[name], name.startsWith('events'), `${name} is as it was, or not`);
    assert.deepEqual(order.slice(-2), ['changes.json', 'datapackage.json']);
    checkPackage(new Map(Object.entries(contents(out))));
    assert.match(read(out, 'projects.csv'), /Un nouveau titre/);
  });

  test('that are no longer asked for go, and nothing else', async () => {
    const out = place();
    await copy(out, { formats: ['csv', 'rss'] });
    writeFileSync(join(out, 'index.html'), 'mine');
    writeFileSync(join(out, 'projects.json'), 'mine');
    await copy(out, { formats: ['csv'] });
    const own = ['index.html', 'projects.json'];
    assert.deepEqual(names(out), [
      ...['changes.json', 'datapackage.json', 'events.csv', 'index.html', 'projects.csv', 'projects.json', 'steps.csv'],
    ]);
    for (const name of own) assert.equal(read(out, name), 'mine');
  });

  test('take no place of a file of somebody else', async () => {
    const out = place();
    mkdirSync(out);
    writeFileSync(join(out, 'projects.csv'), 'mine');
    writeFileSync(join(out, 'datapackage.json'), '{"name":"mine","resources":[{"path":"projects.csv"}]}');
    await assert.rejects(copy(out), refused(/projects\.csv is there already.*Move it away/));
    assert.equal(read(out, 'projects.csv'), 'mine');
    assert.deepEqual(names(out), ['datapackage.json', 'projects.csv']);
  });

  test('are mended by the next run, wherever the last one was interrupted', async () => {
    const out = place();
    await copy(out);
    const old = contents(out);
    rename('Un nouveau titre');
    await copy(out);
    const good = contents(out);
    const all = [...names(out).filter((name) => name !== 'datapackage.json'), 'datapackage.json'];
    for (const done of [0, 1, 5, all.length - 1]) {
      for (const name of all.slice(done)) writeFileSync(join(out, name), old[name] ?? '');
      rmSync(join(out, all[done] ?? ''));
      writeFileSync(join(out, 'projects.csv.cap-widgets-part'), 'half a li');
      assert.equal((await copy(out)).changed, false);
      assert.deepEqual(contents(out), good);
    }
  });

  test('of the first run too', async () => {
    const out = place();
    await copy(out);
    const good = contents(out);
    for (const name of names(out).slice(2)) rmSync(join(out, name));
    rmSync(join(out, 'datapackage.json'), { force: true });
    await copy(out);
    assert.deepEqual(contents(out), good);
  });
});

test('killed at any moment, a run leaves a list that is whole, and the next one brings all in step', async () => {
  const [calm, out] = [place(), place()];
  const run = (folder: string) =>
    start(program, ['sync', '--platform', town.url, '--copy', '--format', 'ndjson,csv,rss', '--out', folder]);
  await end(run(calm));
  cpSync(calm, out, { recursive: true });
  cpSync(`${calm}.cap-widgets`, `${out}.cap-widgets`, { recursive: true });
  const before = contents(calm);
  rename('Un nouveau titre');
  await end(run(calm));
  const goal = contents(calm);
  let halfway = 0;
  for (const changes of [1, 2, 4, 6, 8, 11]) {
    const child = run(out);
    let left = changes;
    const watcher = watch(out, () => void (--left === 0 && child.kill('SIGKILL')));
    await end(child);
    watcher.close();
    const found = contents(out);
    for (const [name, content] of Object.entries(found))
      if (!name.endsWith('-part')) assert.ok([before[name], goal[name]].includes(content), `${name} is whole`);
    if (found['datapackage.json'] === goal['datapackage.json']) assert.deepEqual(found, goal);
    else halfway++;
    assert.equal((await end(run(out))).code, 0);
    assert.deepEqual(contents(out), goal);
    for (const folder of [out, `${out}.cap-widgets`]) rmSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(before)) {
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, name), content);
    }
  }
  assert.ok(halfway > 0, 'some were killed halfway');
});

suite('what is remembered', () => {
  test('is where --state says', async () => {
    const [out, state] = [place(), place()];
    await copy(out, { state });
    assert.ok(!existsSync(`${out}.cap-widgets`));
    hide();
    await copy(out, { state });
    assert.equal(records(out, 'projects').at(-1)?.['deleted'], true);
  });

  test('is read from the files where it is gone, as in a fresh copy of a repository', async () => {
    const out = place();
    await copy(out);
    hide();
    await copy(out);
    const before = contents(out);
    assert.equal(records(out, 'projects').at(-1)?.id, closed);
    rmSync(`${out}.cap-widgets`, { recursive: true });
    const { changed, collections } = await copy(out, { now: () => DAY + 1e9 });
    assert.deepEqual([changed, collections['projects']?.added], [false, 0]);
    assert.deepEqual(contents(out), before);
    rmSync(`${out}.cap-widgets`, { recursive: true });
    rename('Autrement');
    town.sandbox.store.reset();
    assert.equal((await copy(out)).collections['projects']?.added, 1, 'what was gone is back');
  });

  test('is not read from files that somebody has changed', async () => {
    const out = place();
    await copy(out);
    const good = contents(out);
    rmSync(`${out}.cap-widgets`, { recursive: true });
    writeFileSync(join(out, 'projects.ndjson'), '<<<<<<< HEAD\n');
    writeFileSync(join(out, 'projects.csv'), 'id\n');
    await copy(out);
    assert.equal(read(out, 'projects.csv'), good['projects.csv']);
    assert.equal(read(out, 'projects.ndjson'), good['projects.ndjson']);
  });

  test('leads nowhere else: a list with names of other places is believed of none of them', async () => {
    const out = place();
    await copy(out);
    const mine = join(out, '..', 'mine.csv');
    writeFileSync(mine, 'mine');
    const list = JSON.parse(read(out, 'datapackage.json')) as { resources: { path: string }[] };
    const [first] = list.resources;
    writeFileSync(
      join(out, 'datapackage.json'),
      JSON.stringify({ ...list, resources: [{ ...first, path: '../mine.csv' }, ...list.resources] }),
    );
    rmSync(`${out}.cap-widgets`, { recursive: true });
    await copy(out);
    assert.equal(readFileSync(mine, 'utf8'), 'mine');
  });

  test('is asked for with --copy alone, and not in the folder itself', async () => {
    const out = place();
    const usage = (reason: unknown) => reason instanceof CommandError && reason.exitCode === EXIT.usage;
    await assert.rejects(partner.sync(out, { state: place() }), usage);
    await assert.rejects(copy(out, { state: out }), usage);
    await assert.rejects(copy(out, { state: '' }), usage);
    assert.ok(!existsSync(out));
  });
});

suite('a folder of the other kind is refused in words:', () => {
  test('of links, by --copy', async () => {
    const out = place();
    await partner.sync(out);
    const before = traces(out);
    await assert.rejects(copy(out), refused(/holds links of runs without --copy/));
    assert.deepEqual(traces(out), before);
  });

  test('of copies, without it', async () => {
    const out = place();
    await copy(out);
    const before = contents(out);
    await assert.rejects(partner.sync(out), refused(/made by a run with --copy/));
    assert.deepEqual(contents(out), before);
  });
});

test('a link in the place of a copy becomes a file again, and what it led to stays', async () => {
  const out = place();
  await copy(out);
  const mine = join(out, '..', 'mine.csv');
  writeFileSync(mine, 'mine');
  rmSync(join(out, 'events.csv'));
  symlinkSync(mine, join(out, 'events.csv'));
  await copy(out);
  assert.ok(lstatSync(join(out, 'events.csv')).isFile());
  assert.equal(readFileSync(mine, 'utf8'), 'mine');
});
