import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import { EXIT } from '../../src/sync/report.js';
import { bundleProgram, end, start as startProgram } from './killed.program.js';
import { expected, icsOf, openDesk, type Meeting } from './support/agenda.js';

const VARIABLE = 'TEST_PLATFORM_TOKEN';

const desk = await openDesk();
const { sandbox, token } = desk;
after(() => desk.close());

const program = await bundleProgram();
after(() => program.remove());

const start = (args: readonly string[], env: Readonly<Record<string, string>> = { [VARIABLE]: token }) =>
  startProgram(program, ['events', 'push', ...args], env);

type Moment = 'before' | 'behind' | 'later';

/** A way to the platform on which a run is killed at one of its mutations: before it arrives, before its answer, or after. */
async function openTrap() {
  let left = Infinity;
  let moment: Moment = 'later';
  let kill = (): unknown => undefined;
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    void (async () => {
      const body = await textOf(request);
      const hit = /mutation/.test(body) && --left === 0;
      if (hit && moment === 'before') {
        kill();
        return response.destroy();
      }
      const answer = await fetch(sandbox.platform + (request.url ?? ''), {
        method: 'POST',
        headers: headersOf(request),
        body,
      });
      const text = await answer.text();
      if (hit && moment === 'behind') {
        kill();
        return response.destroy();
      }
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
      // A few milliseconds, in which it writes down what it has done.
      if (hit) setTimeout(kill, Math.random() * 12);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next: { readonly left: number; readonly moment: Moment; readonly kill: () => unknown }) {
      ({ left, moment, kill } = next);
    },
    close: () => server.close(),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    ['accept', 'accept-language', 'authorization', 'content-type'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

const ROUNDS = 8;
const MOMENTS: readonly Moment[] = ['before', 'behind', 'later'];

/** One agenda of several that are pushed side by side, each by its own runs, and killed again and again. */
async function killAgainAndAgain(lane: number): Promise<void> {
  const trap = await openTrap();
  const file = join(desk.folder, `lane-${lane}.ics`);
  const args = [file, '--platform', trap.address, '--token-env', VARIABLE, '--lag', '0', '--allow-shrink'];
  const mine = (): ReturnType<typeof desk.stored> => desk.stored().filter(({ title }) => title.startsWith(`L${lane} `));
  let meetings: Meeting[] = [];
  let killed = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      meetings = versionOf(lane, round);
      writeFileSync(file, icsOf(meetings));
      const run = start(args);
      trap.set({
        left: 1 + Math.floor(Math.random() * 4),
        moment: MOMENTS[round % 3] ?? 'later',
        kill: () => run.kill('SIGKILL'),
      });
      const { code, stderr } = await end(run);
      if (code === null) killed++;
      else assert.equal(code, EXIT.ok, stderr);
      const titles = mine().map(({ title, start }) => `${title} ${start}`);
      assert.equal(new Set(titles).size, titles.length, `twice after round ${round}: ${titles.join(', ')}`);
      const state = `${file}.cap-widgets.json`;
      assert.doesNotThrow(() => JSON.parse(readFileSync(state, 'utf8')) as unknown);
      assert.ok(!readFileSync(state, 'utf8').includes(token));
    }
    trap.set({ left: Infinity, moment: 'later', kill: () => undefined });
    const last = await end(start(args));
    assert.equal(last.code, EXIT.ok, last.stderr);
    assert.deepEqual(mine(), expected(meetings));
    assert.ok(killed >= 2, `only ${killed} of ${ROUNDS} runs were killed`);
  } finally {
    trap.close();
  }
}

/** Every round has something to add, to change and to delete. */
const versionOf = (lane: number, round: number): Meeting[] =>
  Array.from({ length: 6 }, (_, i): Meeting => {
    const number = round * 2 + i;
    const day = String(1 + (number % 28)).padStart(2, '0');
    return {
      uid: `lane-${lane}-${number}`,
      title: `L${lane} rencontre ${number}`,
      start: `202706${day}T${String(9 + ((number + (i % 2) * round) % 9)).padStart(2, '0')}0000`,
      text: `Version ${i % 3 === 0 ? round : 0}`,
    };
  });

suite('a run that is killed', { concurrency: true }, () => {
  for (const lane of [1, 2, 3])
    test(`again and again, leaves no event twice, and the last one brings all (${lane})`, () =>
      killAgainAndAgain(lane));
});

suite('the command', { concurrency: true }, () => {
  const file = join(desk.folder, 'command.ics');
  writeFileSync(
    file,
    icsOf([
      { uid: 'x', title: 'Commande', start: '20270619T090000' },
      { uid: 'y', title: 'Illisible', start: '20270619T090000', lines: ['DTEND:20270618T090000'] },
    ]),
  );
  const none = join(desk.folder, 'none.ics');
  writeFileSync(none, icsOf([]));
  const good = [file, '--platform', sandbox.platform, '--token-env', VARIABLE];
  const dead = 'http://127.0.0.1:9';

  for (const [name, args, env, code, words] of [
    ['asks for a variable that is set', good, { [VARIABLE]: '' }, EXIT.usage, /--token-env names is not set/],
    ['needs a platform', [file, '--token-env', VARIABLE], undefined, EXIT.usage, /--platform/],
    ['takes dates as dates', [...good, '--until', 'bald'], undefined, EXIT.usage, /2027-06-30/],
    ['takes encodings that exist', [...good, '--encoding', 'utf-99'], undefined, EXIT.usage, /such as utf-8/],
    ['asks before it empties', [none, ...good.slice(1)], undefined, EXIT.usage, /say --allow-empty/],
    ['may be told that it is empty', [none, ...good.slice(1), '--allow-empty'], undefined, EXIT.ok, /^$/],
    ['takes zones that exist', [...good, '--time-zone', 'Paris'], undefined, EXIT.usage, /time zone/],
    [
      'sends no token in the clear',
      [file, '--platform', 'http://participez.example', '--token-env', VARIABLE],
      undefined,
      EXIT.usage,
      /https/,
    ],
    [
      'says that nobody is there',
      [file, '--platform', dead, '--token-env', VARIABLE],
      undefined,
      EXIT.platform,
      /cannot be reached/,
    ],
    ['says that the token is wrong', good, { [VARIABLE]: 'f'.repeat(32) }, EXIT.denied, /does not accept the token/],
    ['says that there is no file', [`${file}.none`, ...good.slice(1)], undefined, EXIT.files, /ENOENT/],
    ['does nothing on a dry run', [...good, '--dry-run'], undefined, EXIT.partial, /ends before it begins/],
  ] as const)
    test(name, async () => {
      const state = join(desk.folder, `${name}.json`);
      const ended = await end(start([...args, '--state', state], env));
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, words);
      assert.ok(![ended.stdout, ended.stderr].some((text) => text.includes(env?.[VARIABLE] || token)));
      assert.ok(!desk.stored().some(({ title }) => title === 'Commande'));
    });
});

test('the command tells each act as a line of JSON, and its problems in words', async () => {
  const file = join(desk.folder, 'command.ics');
  const ended = await end(start([file, '--platform', sandbox.platform, '--token-env', VARIABLE]));
  assert.equal(ended.code, EXIT.partial, ended.stderr);
  const told = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    told.map(({ event }) => event),
    ['act', 'done', 'problem', 'failed'],
  );
  assert.equal(told[0]?.['title'], 'Commande');
  assert.equal(told[1]?.['added'], 1);
  assert.match(ended.stderr, /1 not done/);
  assert.ok(desk.stored().some(({ title }) => title === 'Commande'));
});
