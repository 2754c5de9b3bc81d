import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { createGzip } from 'node:zlib';

import { CapClient } from '../../src/client/client.js';
import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import { Loader } from '../../src/platform/loader.js';
import { endSession, openSession } from '../../src/platform/ballot/sign-in.js';
import { Platform } from '../../src/platform/endpoints.js';
import { fragment, HurriedClock, reading, settingsFor } from '../platform/http-platform.js';
import { endless, type Endless } from '../support/endless.js';
import { startServer } from '../support/server.js';
import { all } from './support.js';

const MB = 1_000_000;
/** What may be on its way when an answer is given up. */
const SLACK = MB;

beforeEach(() => new HurriedClock());
afterEach(() => useClock());

const isTooLong = (reason: unknown): boolean =>
  reason instanceof ApiError && reason.code === 'bad-response' && /too long/.test(reason.message);

const title = fragment<{ title: string }>('fragment Title on Project { title }');

/** Reads as a page does. */
const asPage = (send: typeof fetch, url = 'https://participez.valmont.example/graphql'): Promise<unknown> =>
  new Loader({ url, headers: {}, credentials: 'omit', fetch: send }).node('id', title, String, reading());

const asProgram = (send?: typeof fetch, platform = 'https://participez.valmont.example', token?: string) =>
  all(new CapClient({ platform, fetch: send, token, rules: 'off' }).projects());

function assertGivenUp({ taken }: Endless, limit: number): void {
  assert.ok(taken.cancelled, 'The rest is not asked for.');
  assert.ok(taken.bytes >= limit && taken.bytes <= limit + SLACK, `${String(taken.bytes)} bytes were taken`);
}

suite('an answer without an end', () => {
  for (const status of [200, 500])
    test(`is given up in a page after 8 MB, with HTTP ${String(status)}`, async () => {
      const answer = endless({ status });
      await assert.rejects(
        asPage(() => Promise.resolve(answer.response)),
        isTooLong,
      );
      assertGivenUp(answer, 8 * MB);
    });

  for (const token of [undefined, 'a-key-of-somebody'])
    test(`is given up in a program after 64 MB${token ? ', with a key' : ''}`, async () => {
      const answer = endless();
      await assert.rejects(
        asProgram(() => Promise.resolve(answer.response), undefined, token),
        isTooLong,
      );
      assertGivenUp(answer, 64 * MB);
    });

  test('has its request ended, too', async () => {
    let signal: AbortSignal | null | undefined;
    const answer = endless();
    await assert.rejects(
      asPage((_, init) => {
        signal = init?.signal;
        return Promise.resolve(answer.response);
      }),
    );
    assert.ok(signal?.aborted);
  });

  test('is given up by whoever signs in or out', async () => {
    const { fetch: real, location, isSecureContext } = globalThis as { [name: string]: unknown };
    const platform = new Platform(settingsFor('https://participez.valmont.example'));
    Object.assign(globalThis, { location: new URL('https://participez.valmont.example/'), isSecureContext: true });
    try {
      for (const act of [
        () => openSession(platform, { email: 'a', password: 'b' }, { restricted: false }),
        () => endSession(platform),
      ]) {
        const answer = endless();
        globalThis.fetch = () => Promise.resolve(answer.response);
        await assert.rejects(act(), isTooLong);
        assertGivenUp(answer, 8 * MB);
      }
    } finally {
      Object.assign(globalThis, { fetch: real, location, isSecureContext });
    }
  });
});

test('an answer of 20 MB is taken by a program, and not by a page', async () => {
  const field = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };
  const text = JSON.stringify({ data: { q0: field } }) + ' '.repeat(20 * MB);
  const send: typeof fetch = () =>
    Promise.resolve(new Response(text, { headers: { 'Content-Type': 'application/json' } }));
  assert.deepEqual(await asProgram(send), []);
  await assert.rejects(asPage(send), isTooLong);
});

test('an answer of 0.4 MB that unpacks to 400 MB is counted as it unpacks', async () => {
  const server = await startServer((response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
    const gzip = createGzip({ level: 9 });
    gzip.pipe(response);
    const part = Buffer.alloc(MB, 0x20);
    let left = 400;
    const more = (): void => {
      if (response.destroyed) return;
      if (left--) gzip.write(part, () => setImmediate(more));
      else gzip.end();
    };
    more();
  });
  try {
    await assert.rejects(asProgram(undefined, server.url), isTooLong);
    await assert.rejects(asPage(fetch, `${server.url}/graphql`), isTooLong);
  } finally {
    await server.stop();
  }
});
