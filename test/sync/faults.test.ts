import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import type { Fault } from '../../sandbox/platform/http/faults.js';
import { startSandbox, type Sandbox } from '../../sandbox/server.js';
import { useClock } from '../../src/core/clock.js';
import { EXIT, failureOf } from '../../src/sync/report.js';
import { sync } from '../../src/sync/sync.js';
import { HurriedClock } from '../platform/http-platform.js';
import { bundleProgram, end, start, type Ended, type Program } from './killed.program.js';

let sandbox: Sandbox;
let program: Program;
let good: Map<string, string>;
let step: string;
let consultation: string;
const scratch = mkdtempSync(path.join(tmpdir(), 'cap-widgets-faults-'));
const out = path.join(scratch, 'out');

const argsOf = (folder: string): string[] => [
  ...['sync', '--platform', sandbox.platform, '--out', folder],
  ...['--proposals', step, '--contributions', consultation],
];
const run = (...more: readonly string[]): Promise<Ended> => end(start(program, [...argsOf(out), ...more]));

/** All files of the folder, those that readers do not see included. */
const filesIn = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );

async function fault(...faults: readonly (Omit<Fault, 'path'> & { readonly path?: string })[]): Promise<void> {
  for (const each of faults) {
    const body = JSON.stringify({ path: '/graphql', ...each });
    const headers = { 'Content-Type': 'application/json' };
    const { ok } = await fetch(`${sandbox.platform}/sandbox/faults`, { method: 'POST', headers, body });
    assert.ok(ok, body);
  }
}

const sql = () => sandbox.store.sql;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  program = await bundleProgram();
  const { steps, consultations } = sandbox.store.state();
  step = String(steps['minimum']);
  consultation = String(consultations['main']);
  const { code, stderr } = await run();
  assert.equal(code, EXIT.ok, stderr);
  good = filesIn(out);
  // From now on there is something new, which no run that fails may show in part.
  sql().run("UPDATE project SET title = title || ' (suite)'");
  sql().run("UPDATE opinion SET body = body || '<p>Ajout</p>'");
});
afterEach(() => fetch(`${sandbox.platform}/sandbox/faults`, { method: 'POST', body: '{}' }));
after(async () => {
  await sandbox?.stop();
  program?.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** The run has failed as it should: it says why in words, ends with a number, and leaves everything as it was. */
function assertFailed({ code, stdout, stderr }: Ended, exitCode: number, words: RegExp, apiCode?: string): void {
  assert.equal(code, exitCode, stdout.slice(-1000) + stderr);
  assert.match(stderr, words);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no trace of the program');
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
  assert.deepEqual([last['event'], last['exitCode'], last['code']], ['failed', exitCode, apiCode]);
  assert.deepEqual(filesIn(out), good);
}

suite('a fault of the platform', () => {
  const always = 1000;
  const html = '<!doctype html><h1>Maintenance</h1>';
  type Case = [name: string, fault: Omit<Fault, 'path' | 'times'>, exitCode: number, apiCode: string, words: RegExp];
  const cases: Case[] = [
    ['an error', { status: 500, body: '' }, EXIT.platform, 'server', /failure of its own.*Try again later/],
    ['a gateway without it', { status: 502, body: html }, EXIT.platform, 'server', /failure of its own/],
    ['a refusal', { status: 403, body: html }, EXIT.denied, 'forbidden', /refuses.*--token-env/],
    [
      'a key that is wrong',
      { status: 401, body: 'Invalid API Key' },
      EXIT.denied,
      'unauthorized',
      /does not accept the token/,
    ],
    ['too many requests', { retryAfter: 3600 }, EXIT.platform, 'rate-limited', /patience/],
    ['no API', { status: 404, body: html }, EXIT.platform, 'platform-disabled', /no public API.*--platform/],
    ['a page instead of an answer', { body: html }, EXIT.platform, 'not-a-platform', /something else than its API/],
    [
      'half an answer',
      { body: '{"data":{"q0":{"edges":[' },
      EXIT.platform,
      'not-a-platform',
      /something else than its API/,
    ],
    ['an answer of another shape', { body: { data: { q0: [] } } }, EXIT.platform, 'bad-response', /something else/],
    ['a broken connection', { cut: true }, EXIT.platform, 'network', /cannot be reached/],
  ];
  for (const [name, effect, exitCode, apiCode, words] of cases)
    test(`leaves the last good state: ${name}`, async () => {
      await fault({ times: always, ...effect });
      assertFailed(await run(), exitCode, words, apiCode);
    });

  test('leaves the last good state when it comes in the middle of the reading', async () => {
    // The first three requests are answered as ever.
    await fault({ times: 3, latencyMs: 1 }, { times: always, status: 403, body: '' });
    assertFailed(await run(), EXIT.denied, /refuses/, 'forbidden');
  });

  test('leaves the last good state when it comes from the API that tells the rest', async () => {
    await fault({ path: '/graphql/internal', times: always, status: 500, body: '' });
    assertFailed(await run(), EXIT.platform, /failure of its own/, 'server');
  });

  test('leaves the last good state when no answer comes', async () => {
    await fault({ times: always, latencyMs: 600_000 });
    const clock = new HurriedClock();
    const ringing = setInterval(() => clock.runOut(), 5);
    const reason: unknown = await sync({ platform: sandbox.platform, out }).then(
      () => 'It has worked.',
      (failure: unknown) => failure,
    );
    clearInterval(ringing);
    useClock();
    const { exitCode, code, message } = failureOf(reason);
    assert.deepEqual([exitCode, code], [EXIT.platform, 'timeout']);
    assert.match(message, /too long to answer/);
    assert.deepEqual(filesIn(out), good);
  });

  test('leaves the last good state when the platform is down', async () => {
    await sandbox.stopPlatform();
    const ended = await run();
    await sandbox.startPlatform();
    assertFailed(ended, EXIT.platform, /cannot be reached.*--platform/, 'network');
  });

  test('leaves the last good state when a step is hidden that was asked for', async () => {
    const project = 'SELECT project_id FROM step WHERE id = ?';
    sql().run(`UPDATE project SET visibility = 'ADMIN' WHERE id = (${project})`, rawId(step));
    const ended = await run();
    sql().run(`UPDATE project SET visibility = 'PUBLIC' WHERE id = (${project})`, rawId(step));
    assertFailed(ended, EXIT.usage, /no such object, or does not show it/, 'not-found');
  });
});

test('a command that is stopped leaves the last good state, and says so', async () => {
  await fault({ times: 1000, latencyMs: 600_000 });
  const child = start(program, argsOf(out));
  const asked = async (): Promise<boolean> => {
    const log = (await (await fetch(`${sandbox.platform}/sandbox/requests`)).json()) as {
      path: string;
      status: number;
    }[];
    return log.some(({ path, status }) => path === '/graphql' && status === 0);
  };
  await fetch(`${sandbox.platform}/sandbox/requests`, { method: 'DELETE' });
  const ending = end(child);
  while (!(await asked()));
  child.kill('SIGTERM');
  const { code, stderr } = await ending;
  assert.equal(code, 143);
  assert.match(stderr, /Stopped/);
  assert.deepEqual(filesIn(out), good);
});

test('a folder that cannot be one is a fault of files', async () => {
  const file = path.join(scratch, 'file');
  writeFileSync(file, '');
  const { code, stderr } = await end(start(program, argsOf(file)));
  assert.equal(code, EXIT.files);
  assert.match(stderr, /file/i);
});

test('what passes holds nothing up, and after all that the next run brings everything in step', async () => {
  await fault(
    { times: 1, status: 500, body: '' },
    { times: 1, latencyMs: 1500 },
    { times: 1, cut: true },
    { times: 1, retryAfter: 1 },
  );
  const { code, stderr } = await run();
  assert.equal(code, EXIT.ok, stderr);
  const files = filesIn(out);
  assert.notDeepEqual(files, good);
  const titles = readFileSync(path.join(out, 'projects.ndjson'), 'utf8').trimEnd().split('\n');
  assert.ok(titles.every((line) => (JSON.parse(line) as { title: string }).title.endsWith(' (suite)')));
  const calm = path.join(scratch, 'calm');
  assert.equal((await end(start(program, argsOf(calm)))).code, EXIT.ok);
  assert.equal(
    readFileSync(path.join(calm, 'projects.csv'), 'utf8'),
    readFileSync(path.join(out, 'projects.csv'), 'utf8'),
  );
});
