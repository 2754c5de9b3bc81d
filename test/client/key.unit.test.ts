import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';

import { CapClient } from '../../src/client/client.js';
import { checkToken, tracesOf } from '../../src/client/key.js';
import { useClock } from '../../src/core/clock.js';
import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import { HurriedClock } from '../platform/http-platform.js';
import { startServer } from '../support/server.js';
import { all } from './support.js';

const token = 'Zk3-9f_secret.7a+b/Qx~==';
const platform = 'https://participez.valmont.example';

beforeEach(() => new HurriedClock());
afterEach(() => useClock());

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const each = (text: string, write: (code: number) => string): string =>
  Array.from(text, (sign) => write(sign.charCodeAt(0))).join('');
const two = (code: number): string => code.toString(16).padStart(2, '0');

/** Ways in which somebody may say a key again. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'in an address': encodeURIComponent,
  'in an address, every sign of it': (text) => each(text, (code) => `%${two(code)}`),
  'in an address of an address': (text) => encodeURIComponent(each(text, (code) => `%${two(code)}`)),
  'in JSON': (text) => each(text, (code) => `\\u00${two(code)}`),
  'in JSON of JSON': (text) => each(text, (code) => `\\\\u00${two(code).toUpperCase()}`),
  'in JSON of PHP': (text) => text.replaceAll('/', '\\/'),
  'in HTML': (text) => each(text, (code) => `&#${code};`),
  'in HTML, in hexadecimal': (text) => each(text, (code) => `&#x${two(code)};`),
  'in hexadecimal': hex,
  'in hexadecimal with spaces': (text) => each(text, (code) => `${two(code)} `).trim(),
  'in base64': base64,
  'in base64 without its end': (text) => base64(text).replace(/=+$/, ''),
  'in base64 for addresses': (text) => Buffer.from(text, 'latin1').toString('base64url'),
  'in base64, one place on': (text) => base64(`:${text}`),
  'in base64, two places on': (text) => base64(`u:${text}!`),
  'in base64 as a header': (text) => base64(`Bearer ${text}`),
  'in base64 in an address': (text) => encodeURIComponent(base64(text)),
  backwards: (text) => [...text].reverse().join(''),
};

suite('the traces of a key', () => {
  for (const [name, write] of Object.entries(FORMS))
    test(`are found: ${name}`, () => {
      const key = fc.stringMatching(/^[\w.~+/-]{8,40}={0,2}$/);
      fc.assert(
        fc.property(key, fc.string(), fc.string(), (key, before, after) => {
          assert.match(before + write(key) + after, tracesOf(key));
        }),
      );
    });

  test('are not found where there are none', () => {
    const text = JSON.stringify({ title: 'Budget participatif 2027', id: base64('Project:8f2'), url: platform });
    assert.equal(text.search(tracesOf(token)), -1);
  });

  test('are looked for in a time that grows with the text alone', () => {
    // Every place of these could be the beginning of something long.
    for (const sign of ['\\', '%25', '&#0', 'Z', '%']) assert.equal(sign.repeat(300_000).search(tracesOf(token)), -1);
  });
});

suite('a key is sent', () => {
  const to =
    (settings: { platform: string; api?: string }, key = token) =>
    () =>
      checkToken(key, { api: settings.platform, ...settings });

  for (const settings of [
    { platform },
    { platform, api: `${platform}/gateway` },
    { platform: 'http://localhost:8080' },
    { platform: 'http://127.0.0.1' },
    { platform: 'http://127.1' },
    { platform: 'http://[::1]:81' },
  ])
    test(`to ${JSON.stringify(settings)}`, () => assert.doesNotThrow(to(settings)));

  for (const settings of [
    { platform: 'http://participez.valmont.example' },
    { platform, api: 'https://valmont.example' },
    { platform, api: 'https://participez.valmont.example:8443' },
    { platform, api: 'http://participez.valmont.example' },
    { platform, api: 'http://localhost' },
    { platform: 'http://localhost.valmont.example' },
    { platform: 'http://127.0.0.1.valmont.example' },
    // The network may be asked where that is.
    { platform: 'http://participez.localhost' },
  ])
    test(`not to ${JSON.stringify(settings)}`, () => {
      assert.throws(to(settings), (reason) => reason instanceof TypeError && !tracesOf(token).test(reason.message));
    });

  for (const wrong of ['', ' ', `${token}\n`, 'two\nlines', 'a b', 'clé', 'a"b', 'a\\b', '==', '\u0000', 'a\u007f'])
    test(`not if it is ${JSON.stringify(wrong)}`, () => {
      assert.throws(to({ platform }, wrong), (reason) => {
        assert.ok(reason instanceof TypeError);
        assert.match(reason.message, /line break or another character/);
        return true;
      });
    });

  test('not with an address that holds a password, which is in no message either', () => {
    for (const address of ['https://maire:motdepasse@participez.valmont.example', 'https://motdepasse@valmont.example'])
      for (const options of [{ platform: address }, { platform, api: address }])
        assert.throws(
          () => new CapClient(options),
          (reason) => reason instanceof TypeError && !reason.message.includes('motdepasse'),
        );
  });
});

/** All that somebody could print of a failure. */
const shown = (reason: unknown): string => inspect(reason, { depth: 20, showHidden: true, maxStringLength: Infinity });

async function failure(work: Promise<unknown>): Promise<ApiError> {
  const reason: unknown = await work.then(
    () => 'It has worked.',
    (rejected: unknown) => rejected,
  );
  assert.ok(reason instanceof ApiError, shown(reason));
  assert.doesNotMatch(shown(reason), tracesOf(token));
  return reason;
}

suite('a platform that says the key again is not heard', () => {
  const reading = (send: typeof fetch, more: object = {}) =>
    all(new CapClient({ platform, token, fetch: send, rules: 'off', ...more }).projects());
  const answer = (status: number, body: string): (() => Promise<Response>) => {
    return () => Promise.resolve(new Response(body, { status, headers: { 'Content-Type': 'application/json' } }));
  };
  const fault = (words: string): string =>
    JSON.stringify({ errors: [{ message: words, path: ['q0', words], extensions: { category: words } }], data: null });
  const denial = (words: string): string =>
    JSON.stringify({ errors: [{ message: `Access denied to ${words}`, path: ['q0'] }], data: { q0: null } });
  const listed = (words: string): string =>
    JSON.stringify({ data: { q0: { totalCount: words, pageInfo: { hasNextPage: false }, edges: [] } } });

  for (const [name, write] of Object.entries(FORMS))
    test(name, async () => {
      const words = write(token);
      for (const [status, code] of [
        [401, 'unauthorized'],
        [403, 'forbidden'],
        [404, 'platform-disabled'],
        [500, 'server'],
      ] as [number, ErrorCode][])
        for (const body of [words, fault(words)])
          assert.equal((await failure(reading(answer(status, body)))).code, code);
      for (const body of [words, fault(words), denial(words), listed(words), `{"data":"${words}`]) {
        const error = await failure(reading(answer(200, body)));
        assert.equal(error.code, 'bad-response');
        assert.match(error.message, /holds the key/);
      }
    });

  test('in two parts', async () => {
    const text = listed(base64(token));
    for (let cut = 1; cut < text.length; cut++) {
      const parts = [text.slice(0, cut), text.slice(cut)].map((part) => new TextEncoder().encode(part));
      const body = new ReadableStream({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          controller.close();
        },
      });
      const send = () => Promise.resolve(new Response(body, { headers: { 'Content-Type': 'application/json' } }));
      assert.match((await failure(reading(send))).message, /holds the key/);
    }
  });

  test('from the API that is asked without it, as well', async () => {
    const both: typeof fetch = (input, init) =>
      (input as URL).pathname.endsWith('/internal') ? answer(200, fault(hex(token)))() : fetch(input, init);
    const step = new CapClient({ platform, token, fetch: both }).count({ kind: 'step', id: 'U3RlcA==' }, 'votes');
    await failure(step);
  });

  test('in what a broken connection leaves behind', async () => {
    const send = () =>
      Promise.reject(
        new TypeError(`fetch failed ${token}`, { cause: Object.assign(new Error(token), { data: token }) }),
      );
    assert.equal((await failure(reading(send))).code, 'network');
    const refused = Object.assign(new Error(token), { code: 'ECONNREFUSED' });
    const gone = await failure(reading(() => Promise.reject(new TypeError('', { cause: refused }))));
    assert.match(gone.message, /ECONNREFUSED/);
  });
});

suite('a key is not sent on', () => {
  for (const status of [301, 302, 303, 307, 308])
    test(`by HTTP ${status}, neither to another origin nor within its own`, async () => {
      const keys: (string | undefined)[] = [];
      const elsewhere = await startServer((response, key) => {
        keys.push(key);
        response.end('{}');
      });
      let requests = 0;
      let target = '';
      const detour = await startServer((response) => {
        requests++;
        response.writeHead(status, { Location: target }).end(token);
      });
      try {
        for (target of [`${elsewhere.url}/graphql`, `${detour.url}/elsewhere`, `//${token}.example/`]) {
          requests = 0;
          const client = new CapClient({ platform: detour.url, token, rules: 'off' });
          const error = await failure(all(client.projects()));
          assert.equal(error.code, 'bad-response');
          assert.match(error.message, /leads to another/);
          assert.equal(requests, 1, target);
        }
        assert.deepEqual(keys, []);
      } finally {
        await detour.stop();
        await elsewhere.stop();
      }
    });
});
