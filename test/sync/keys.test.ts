import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, afterEach, beforeEach, suite, test } from 'node:test';
import { inspect } from 'node:util';

import { tracesOf } from '../../src/client/key.js';
import { useClock } from '../../src/core/clock.js';
import { EXIT, failureOf } from '../../src/sync/report.js';
import { HurriedClock } from '../platform/http-platform.js';
import { startServer } from '../support/server.js';
import { bundleProgram, end, start, type Ended } from './killed.program.js';
import { openDesk, type Meeting } from './support/agenda.js';

const program = await bundleProgram();
const desk = await openDesk();
const { sandbox, stateFile, token } = desk;
after(async () => {
  await desk.close();
  program.remove();
});
beforeEach(() => new HurriedClock());
afterEach(() => {
  useClock();
  desk.clear();
});

const walk: Meeting = { uid: 'b@valmont', title: 'Balade', start: '20270620T140000' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');

/** Both commands of the program that take a key. */
const commands: Readonly<Record<string, (platform: string, ...more: readonly string[]) => readonly string[]>> = {
  sync: (platform, ...more) => ['sync', '--platform', platform, '--out', `${desk.folder}/out`, ...more],
  'events push': (platform, ...more) => ['events', 'push', desk.file, '--platform', platform, '--lag', '0', ...more],
};

for (const [name, args] of Object.entries(commands)) {
  const run = (platform: string, key: string, ...more: readonly string[]): Promise<Ended> => {
    desk.write([walk]);
    return end(start(program, [...args(platform, ...more), '--token-env', 'CAP_TOKEN'], { CAP_TOKEN: key }));
  };

  suite(`the key of ${name}`, () => {
    test('is not sent to an API on another host', async () => {
      const keys: (string | undefined)[] = [];
      const elsewhere = await startServer((response, key) => {
        keys.push(key);
        response.end('{}');
      });
      try {
        const ended = await run(sandbox.platform, token, '--api', elsewhere.url);
        assert.equal(ended.code, EXIT.usage, ended.stderr);
        assert.match(ended.stderr, /it is not sent to http:\/\/127/);
        assert.deepEqual(keys, []);
      } finally {
        await elsewhere.stop();
      }
    });

    test('is not printed when it holds a line break', async () => {
      const ended = await run(sandbox.platform, 'first-half\nsecond-half');
      assert.equal(ended.code, EXIT.usage, ended.stderr);
      assert.match(ended.stderr, /line break/);
      assert.doesNotMatch(ended.stdout + ended.stderr, /half/);
    });

    test('is taken without the white space that a file has around it', async () => {
      const ended = await run(sandbox.platform, ` ${token}\n`);
      assert.equal(ended.code, EXIT.ok, ended.stderr);
    });

    for (const status of [200, 401, 403, 500])
      for (const write of [base64, hex, encodeURIComponent])
        test(`is not printed when the platform says it again, HTTP ${status}, ${write.name}`, async () => {
          const key = 'c0ffee/5f81+unknown';
          const words = write(key);
          const errors = [{ message: `Access denied: ${words}`, path: ['q0'], extensions: { category: 'user' } }];
          const echo = await startServer((response) => {
            response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': words });
            response.end(JSON.stringify({ errors, data: { q0: words } }));
          });
          try {
            const ended = await run(echo.url, key);
            assert.equal(ended.code, status === 401 || status === 403 ? EXIT.denied : EXIT.platform, ended.stderr);
            assert.doesNotMatch(ended.stdout + ended.stderr, tracesOf(key));
          } finally {
            await echo.stop();
          }
        });
  });
}

suite('a platform that answers an event with the key', () => {
  for (const [place, answer] of Object.entries({
    'as its ID': (words: string) => ({ data: { addEvent: { eventEdge: { node: { id: words } }, userErrors: [] } } }),
    'as a reason': (words: string) => ({ data: { addEvent: { eventEdge: null, userErrors: [{ message: words }] } } }),
    'as a fault': (words: string) => ({
      data: { addEvent: null },
      errors: [{ message: words, extensions: { category: 'user' } }],
    }),
  }))
    test(`${place} gets it into no report, and into no state`, async () => {
      desk.write([walk]);
      const report = await desk.push({
        fetch: (url, init) =>
          typeof init?.body === 'string' && init.body.includes('AddEvent')
            ? Promise.resolve(Response.json(answer(base64(`id:${token}`))))
            : fetch(url, init),
      });
      assert.equal(report.failed[0]?.failure.code, 'bad-response');
      assert.doesNotMatch(inspect([report, desk.told], { depth: 9 }), tracesOf(token));
      assert.ok(existsSync(stateFile));
      assert.doesNotMatch(readFileSync(stateFile, 'utf8'), tracesOf(token));
    });
});

test('whom the platform does not let in gets none of its words to pass on', async () => {
  desk.write([walk]);
  const errors = [{ message: 'Access denied, whatever that says in any code', path: ['q0'] }];
  const pushing = desk.push({ fetch: () => Promise.resolve(Response.json({ data: { q0: null }, errors })) });
  const reason: unknown = await pushing.catch((rejected: unknown) => rejected);
  const { code, message } = failureOf(reason);
  assert.equal(code, 'forbidden');
  assert.doesNotMatch(message, /whatever/);
});
