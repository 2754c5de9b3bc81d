import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { inspect } from 'node:util';

import { ApiError, CapClient } from '../../src/client.js';
import { useClock } from '../../src/core/clock.js';
import { HurriedClock } from '../platform/http-platform.js';
import { all, startTown, type Town } from './support.js';

let town: Town;
let client: CapClient;
let clock: HurriedClock;
before(async () => {
  town = await startTown();
  client = new CapClient({ platform: town.url });
});
after(() => town.sandbox.stop());
beforeEach(async () => {
  clock = new HurriedClock();
  await town.requests();
});
afterEach(async () => {
  useClock();
  await town.fault({});
});

const projects = (): Promise<unknown[]> => all(client.projects());

suite('what fails once', () => {
  const passing: [name: string, fault: object][] = [
    ['an error of the server', { status: 502, body: '<h1>Bad Gateway</h1>' }],
    ['a connection that breaks', { cut: true }],
    ['a platform that asks for patience', { status: 429, retryAfter: 2, body: '' }],
  ];
  for (const [name, fault] of passing)
    test(`is tried again: ${name}`, async () => {
      await town.fault({ path: '/graphql', times: 2, ...fault });
      assert.ok((await projects()).length > 100);
      assert.equal((await town.requests()).length, 4);
      if ('retryAfter' in fault) assert.deepEqual(clock.waits, [2000, 2000]);
      else assert.ok(clock.waits.length === 2 && clock.waits.every((wait) => wait >= 400));
    });

  test('is tried again in the middle of a list, which goes on where it was', async () => {
    const seen = new Set<string>();
    for await (const { id } of client.projects()) {
      if (seen.size === 0) await town.fault({ path: '/graphql', times: 1, status: 500, body: '' });
      assert.ok(!seen.has(id));
      seen.add(id);
    }
    assert.ok(seen.size > 100);
  });
});

suite('what goes on failing', () => {
  const failing: [code: string, requests: number, fault: object][] = [
    ['server', 3, { status: 500, body: 'oops' }],
    ['network', 3, { cut: true }],
    ['rate-limited', 3, { status: 429, retryAfter: 1, body: '' }],
    ['rate-limited', 1, { status: 429, retryAfter: 3600, body: '' }],
    ['unauthorized', 1, { status: 401, body: 'Invalid API Key' }],
    ['forbidden', 1, { status: 403, body: '' }],
    ['platform-disabled', 1, { status: 404, body: '<html></html>' }],
    ['not-a-platform', 1, { body: '<html>Maintenance</html>' }],
    ['bad-response', 1, { body: { data: { q0: { totalCount: 1, edges: [] } } } }],
    [
      'bad-response',
      1,
      { body: { data: { q0: { totalCount: 'many', pageInfo: { hasNextPage: false }, edges: [] } } } },
    ],
    ['bad-response', 1, { body: { data: { q0: { totalCount: 1, pageInfo: { hasNextPage: true }, edges: [] } } } }],
    ['server', 1, { body: { errors: [{ message: 'Internal server Error', path: ['q0'] }], data: { q0: null } } }],
    [
      'server',
      1,
      {
        body: {
          errors: [{ message: 'Internal server Error', path: ['q0', 'edges', 0, 'node', 'url'] }],
          data: { q0: { totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null }, edges: [null] } },
        },
      },
    ],
  ];
  for (const [code, requests, fault] of failing)
    test(`has a code: ${code} for ${JSON.stringify(fault)}`, async () => {
      await town.fault({ path: '/graphql', times: 5, ...fault });
      await assert.rejects(projects(), (reason) => reason instanceof ApiError && reason.code === code);
      assert.equal((await town.requests()).length, requests);
    });

  test('is given up after a while, when no answer comes', async () => {
    await town.fault({ path: '/graphql', times: 5, latencyMs: 600_000 });
    const reading = projects();
    const ringing = setInterval(() => clock.runOut(), 5);
    await assert.rejects(reading, { code: 'timeout' });
    clearInterval(ringing);
  });

  test('is a hole in the list where an object is hidden, and no failure', async () => {
    const page = { totalCount: 2, pageInfo: { hasNextPage: false, endCursor: null }, edges: [null, { node: null }] };
    const warnings = [{ message: 'Access denied to this field.', path: ['q0', 'edges', 1, 'node'] }];
    await town.fault({ path: '/graphql', times: 1, body: { data: { q0: page }, extensions: { warnings } } });
    assert.deepEqual(await projects(), []);
  });

  test('is a platform without its public API', async () => {
    town.flag('public_api', false);
    await assert.rejects(projects(), { code: 'platform-disabled' });
    town.flag('public_api', true);
  });
});

/** Waits for the first request. */
async function asked(): Promise<void> {
  const end = Date.now() + 60_000;
  while ((await town.requests()).length === 0) assert.ok(Date.now() < end, 'Nothing was asked.');
}

suite('an abort', () => {
  test('ends the request that is under way, and the waiting for a next try', async () => {
    useClock();
    const abort = new AbortController();
    await town.fault({ path: '/graphql', times: 5, status: 429, retryAfter: 15, body: '' });
    const reading = all(client.projects({ signal: abort.signal }));
    await asked();
    abort.abort(new Error('enough'));
    await assert.rejects(reading, /enough/);
    assert.equal((await town.requests()).length, 0);
  });

  test('of the client ends all that it does', async () => {
    const abort = new AbortController();
    const ending = new CapClient({ platform: town.url, signal: abort.signal });
    await town.fault({ path: '/graphql', times: 5, latencyMs: 600_000 });
    const readings = [all(ending.projects()), all(ending.events()), ending.project(String(town.state.projects.budget))];
    await asked();
    abort.abort();
    for (const reading of readings) await assert.rejects(reading, { name: 'AbortError' });
  });
});

suite('a key', () => {
  const token = 'secret-7f3a9c';

  test('that nobody has is refused, and in no word of what is thrown', async () => {
    const stranger = new CapClient({ platform: town.url, token });
    await assert.rejects(all(stranger.projects()), (reason) => {
      assert.equal((reason as ApiError).code, 'unauthorized');
      assert.doesNotMatch(inspect(reason, { depth: 9, showHidden: true }), /secret/);
      return true;
    });
    assert.doesNotMatch(inspect(stranger, { depth: 9, showHidden: true }), /secret/);
    assert.doesNotMatch(JSON.stringify(stranger), /secret/);
  });

  for (const fault of [{ cut: true }, { status: 500, body: '' }, { body: '<html>' }])
    test(`is in no word of a failure by ${JSON.stringify(fault)}`, async () => {
      await town.fault({ path: '/graphql', times: 3, ...fault });
      const mayor = new CapClient({ platform: town.url, token });
      await assert.rejects(
        all(mayor.projects()),
        (reason) => !inspect(reason, { depth: 9, showHidden: true }).includes('secret'),
      );
    });

  test('goes to the public API alone, and only there', async () => {
    const mayor = new CapClient({ platform: town.url, token: town.state.accounts.admin.token });
    await all(mayor.proposals(String(town.state.steps.budget)));
    const sent = (await town.requests()).map(({ path, headers }) => [path, headers.authorization !== undefined]);
    assert.ok(sent.some(([path]) => path === '/graphql/internal'));
    assert.ok(sent.every(([path, keyed]) => keyed === (path === '/graphql')));
  });

  test('does not follow a way that leads elsewhere', async () => {
    const keys: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      keys.push(request.headers.authorization);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const detour = createServer((_, response) => {
      const { port } = elsewhere.address() as AddressInfo;
      response.writeHead(307, { Location: `http://127.0.0.1:${port}/graphql` }).end();
    }).listen(0, '127.0.0.1');
    await once(detour, 'listening');
    const { port } = detour.address() as AddressInfo;
    await assert.rejects(all(new CapClient({ platform: `http://127.0.0.1:${port}`, token }).projects()));
    assert.ok(keys.every((key) => key === undefined));
    for (const server of [elsewhere, detour]) server.closeAllConnections();
    for (const server of [elsewhere, detour]) server.close();
  });

  const refused: [name: string, options: ConstructorParameters<typeof CapClient>[0]][] = [
    ['without https', { platform: 'http://participez.ville.fr', token }],
    ['to another origin', { platform: 'https://participez.ville.fr', api: 'https://gateway.example', token }],
    ['with a line break', { platform: 'https://participez.ville.fr', token: `${token}\n` }],
    ['without a character', { platform: 'https://participez.ville.fr', token: '' }],
  ];
  for (const [name, options] of refused)
    test(`is not sent ${name}`, () => {
      assert.throws(
        () => new CapClient(options),
        (reason) => reason instanceof TypeError && !reason.message.includes('secret'),
      );
    });
});

suite('an option that cannot be used', () => {
  const platform = 'https://participez.ville.fr';
  const bad: [options: object, message: RegExp][] = [
    [{ platform: 'participez' }, /no address of a platform/],
    [{ platform: '' }, /no address of a platform/],
    [{ platform, api: 'ftp://x' }, /no address of an API/],
    [{ platform, timeZone: 'Europe/Valmont' }, /no time zone/],
    [{ platform, rules: 'on' }, /none of auto, off/],
  ];
  for (const [options, message] of bad)
    test(`is refused: ${JSON.stringify(options)}`, () => {
      assert.throws(() => new CapClient(options as { platform: string }), { name: 'TypeError', message });
    });

  test('is refused: an order that there is not', () => {
    assert.throws(() => client.projects({ order: 'best' as 'newest' }), /"best" is no order/);
  });
});
