import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { after, afterEach, suite, test } from 'node:test';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { hostname } from 'node:os';

import { rawId } from '../../sandbox/platform/ids.js';
import { Register } from '../../src/sync/register.js';
import { EXIT, failureOf } from '../../src/sync/report.js';
import { bundleProgram, end, start, type Ended } from './killed.program.js';
import { names, openPartner, read, records } from './support/partner.js';

const program = await bundleProgram();
const partner = await openPartner();
const { town } = partner;
after(async () => {
  await partner.close();
  program.remove();
});
afterEach(async () => {
  await town.fault({});
  town.sandbox.store.reset();
});

const closed = town.state.projects['closed'] ?? '';
const rename = (title: string): void =>
  void town.sandbox.store.sql.run('UPDATE project SET title = ? WHERE id = ?', title, rawId(closed));

const run = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> => end(start(program, args, env));
const sync = (out: string, more: readonly string[] = [], env?: NodeJS.ProcessEnv): Promise<Ended> =>
  run(['sync', '--platform', town.url, '--out', out, ...more], env);

interface Line {
  readonly event: string;
  readonly [name: string]: unknown;
}
const lines = ({ stdout }: Ended): Line[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

test('help says what there is, where it goes and how it ends', async () => {
  const { code, stdout } = await run(['sync', '--help']);
  assert.equal(code, 0);
  for (const word of [
    '--platform',
    '--token-env',
    '--licence',
    '--copy',
    '--state',
    '--csv',
    'NAME.ndjson',
    'NAME.feed.json',
    'datapackage.json',
    'changes.json',
    'Exit codes',
  ])
    assert.ok(stdout.includes(word), word);
  assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('elsewhere than on a terminal it speaks JSON lines: how far it is, each change, and the sum', async () => {
  const out = partner.folder();
  const first = await sync(out, ['--format', 'ndjson,csv']);
  assert.deepEqual([first.code, first.stderr], [0, '']);
  const told = lines(first);
  assert.ok(
    told.some(({ event, collection, records }) => event === 'read' && collection === 'projects' && records === 100),
  );
  const added = told.filter(({ event, collection }) => event === 'change' && collection === 'projects');
  assert.deepEqual(
    added.map(({ change, id }) => [change, id]),
    records(out, 'projects').map(({ id }) => ['added', id]),
  );
  assert.equal(told.at(-1)?.event, 'done');
  assert.equal(told.at(-1)?.['changed'], true);

  const second = await sync(out, ['--format', 'ndjson,csv']);
  assert.equal(second.code, 0);
  assert.equal(lines(second).at(-1)?.['changed'], false);

  rename('Un titre');
  const third = lines(await sync(out, ['--format', 'ndjson,csv']));
  assert.deepEqual(
    third.filter(({ event, collection }) => event === 'change' && collection === 'projects'),
    [{ event: 'change', change: 'changed', collection: 'projects', id: closed }],
  );
});

suite('how it ends', () => {
  const failure = (ended: Ended): Line | undefined => lines(ended).at(-1);

  const wrong: readonly [name: string, args: readonly string[], hint: RegExp][] = [
    [
      'an option that is not there',
      ['sync', '--platform', 'https://p.example', '--out', 'x', '--formats', 'csv'],
      /Did you mean --format\?/,
    ],
    ['no platform', ['sync', '--out', 'x'], /--platform/],
    ['no folder', ['sync', '--platform', 'https://participez.example'], /--out/],
    ['an address that is none', ['sync', '--platform', 'participez.example', '--out', 'x'], /https:\/\//],
    ['a format that is not there', ['sync', '--platform', 'https://p.example', '--out', 'x', '--format', 'pdf'], /pdf/],
    [
      'rounds that are too short',
      ['sync', '--platform', 'https://p.example', '--out', 'x', '--watch', '5'],
      /at least 10/,
    ],
    [
      'rounds that are no number',
      ['sync', '--platform', 'https://p.example', '--out', 'x', '--watch', 'often'],
      /at least 10/,
    ],
    [
      'a token that is not there',
      ['sync', '--platform', 'https://p.example', '--out', 'x', '--token-env', 'CAP_NONE'],
      /--token-env names is not set/,
    ],
  ];
  for (const [name, args, hint] of wrong)
    test(`2: ${name}`, async () => {
      const { code, stderr } = await run(args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, hint);
    });

  test('2: a step that the platform does not have', async () => {
    const ended = await sync(partner.folder(), ['--proposals', 'U2VsZWN0aW9uU3RlcDpub3RoaW5n']);
    assert.equal(ended.code, 2, ended.stderr);
    assert.match(ended.stderr, /no such object/);
    assert.equal(failure(ended)?.['code'], 'not-found');
  });

  test('3: a platform that does not answer as one', async () => {
    const out = partner.folder();
    await town.fault({ path: '/graphql', times: 50, body: '<p>Bientôt de retour</p>' });
    const ended = await sync(out);
    assert.equal(ended.code, 3, ended.stderr);
    assert.match(ended.stderr, /something else than its API/);
    assert.deepEqual(
      [failure(ended)?.event, failure(ended)?.['exitCode'], failure(ended)?.['code']],
      ['failed', 3, 'not-a-platform'],
    );
    assert.deepEqual(names(out), []);
  });

  test('4: a token that the platform does not know', async () => {
    const ended = await sync(partner.folder(), ['--token-env', 'CAP_TOKEN'], { CAP_TOKEN: 'wrong-key-5f81' });
    assert.equal(ended.code, 4, ended.stderr);
    assert.match(ended.stderr, /--token-env/);
    assert.doesNotMatch(ended.stdout + ended.stderr, /wrong-key/);
  });

  test('2: a token where the name of its variable should be, which is not printed', async () => {
    const ended = await sync(partner.folder(), ['--token-env', 'c0ffee5f81']);
    assert.equal(ended.code, 2, ended.stderr);
    assert.doesNotMatch(ended.stdout + ended.stderr, /c0ffee/);
  });

  test('5: another run at work', async () => {
    const out = partner.folder();
    const home = join(out, '.cap-widgets');
    mkdirSync(join(home, 'lock'), { recursive: true });
    symlinkSync(`${process.pid}@${hostname()}`, join(home, 'owner'));
    const ended = await sync(out);
    assert.equal(ended.code, 5, ended.stderr);
    assert.match(ended.stderr, /Another run is at work/);
  });

  test('6: files that cannot be written', async () => {
    const out = partner.folder();
    writeFileSync(join(out, 'taken'), '');
    const ended = await sync(join(out, 'taken'));
    assert.equal(ended.code, 6, ended.stderr);
    assert.match(ended.stderr, /cannot be read or written.*taken/);
  });

  test('6: a disk that is full', { skip: !existsSync('/dev/full') && 'there is no such device here' }, async () => {
    const full = await open('/dev/full', 'w');
    const reason: unknown = await full.write('x').catch((cause: unknown) => cause);
    await full.close();
    assert.match(String(reason), /ENOSPC/);
    assert.equal(failureOf(reason).exitCode, EXIT.files);
  });

  test('6: a register that cannot be kept', () => {
    const nowhere = join(partner.folder(), 'none', 'register.sqlite');
    assert.throws(
      () => new Register(nowhere),
      (reason) => failureOf(reason).exitCode === EXIT.files,
    );
  });
});

test('the token goes to the platform, and nowhere else', async () => {
  const out = partner.folder();
  const token = town.state.accounts.admin.token;
  await town.requests();
  const ended = await sync(out, ['--token-env', 'CAP_TOKEN'], { CAP_TOKEN: token });
  assert.equal(ended.code, 0, ended.stderr);
  const requests = await town.requests();
  assert.ok(requests.length > 0);
  for (const { headers } of requests.filter(({ path }) => path === '/graphql'))
    assert.equal(headers['authorization'], `Bearer ${token}`);
  assert.ok(!(ended.stdout + ended.stderr).includes(token), 'not said');
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }))
    if (/\.\w+$/.test(name)) assert.ok(!readFileSync(join(out, name)).includes(token), `not written to ${name}`);

  await town.fault({ path: '/graphql', times: 50, status: 500, body: `The key ${token} broke it` });
  const failed = await sync(out, ['--token-env', 'CAP_TOKEN'], { CAP_TOKEN: token });
  assert.equal(failed.code, 3, failed.stderr);
  assert.ok(!(failed.stdout + failed.stderr).includes(token), 'not even where the platform says it');
});

test('watching goes round after round, goes on after a failure, and ends well when it is told to', async () => {
  const out = partner.folder();
  const child = start(program, ['sync', '--platform', town.url, '--out', out, '--format', 'ndjson', '--watch', '10']);
  const ended = once(child, 'exit');
  try {
    assert.ok(child.stdout);
    const told = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    /** The next line that is the end of a round. */
    const round = async (): Promise<Line> => {
      for (;;) {
        const { value, done } = (await told.next()) as IteratorResult<string, undefined>;
        assert.ok(!done, 'it goes on');
        const line = JSON.parse(value) as Line;
        if (line.event === 'done' || line.event === 'failed') return line;
      }
    };
    assert.equal((await round())['changed'], true);
    await town.fault({ path: '/graphql', times: 1, status: 403 });
    assert.equal((await round())['exitCode'], 4);
    rename('Vu plus tard');
    const next = await round();
    assert.deepEqual([next.event, next['changed']], ['done', true]);
    assert.ok(read(out, 'projects.ndjson').includes('Vu plus tard'));
  } finally {
    child.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
  assert.ok(!readdirSync(join(out, '.cap-widgets')).includes('lock'));
});

test('told to stop in the midst of a run, it stops there, and leaves the last good files', async () => {
  const out = partner.folder();
  await sync(out);
  const before = read(out, 'datapackage.json');
  rename('Jamais vu');
  await town.fault({ path: '/graphql', times: 1, latencyMs: 60_000 });
  await town.requests();
  const child = start(program, ['sync', '--platform', town.url, '--out', out]);
  const ended = end(child);
  while ((await town.requests()).length === 0) await wait(50);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 130);
  assert.match(stderr, /Stopped\. The files are as they were\./);
  assert.equal(read(out, 'datapackage.json'), before);
  assert.deepEqual(readdirSync(join(out, '.cap-widgets')).sort(), ['1', 'current']);
});
