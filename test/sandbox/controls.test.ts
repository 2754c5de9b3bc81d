import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import type { LoggedRequest } from '../../sandbox/platform/http/request-log.js';
import { startPlatformClient, type PlatformClient } from './platform-client.js';

const PROBE = '{ isAuthenticated }';

let client: PlatformClient;

before(async () => {
  client = await startPlatformClient();
});
after(() => client.sandbox.stop());
beforeEach(async () => {
  await ask('/sandbox/requests', { method: 'DELETE' });
});

const ask: PlatformClient['ask'] = (...request) => client.ask(...request);
const post: PlatformClient['post'] = (...request) => client.post(...request);
const postJson: PlatformClient['postJson'] = (...request) => client.postJson(...request);

async function fault(settings: object): Promise<void> {
  assert.equal((await postJson('/sandbox/faults', settings)).status, 200);
}

async function requests(): Promise<LoggedRequest[]> {
  return (await ask('/sandbox/requests')).json() as Promise<LoggedRequest[]>;
}

test('faults spoil the next requests of their path in order, and never a preflight', async () => {
  await fault({ path: '/graphql', times: 1, status: 503, body: 'En maintenance' });
  await fault({ path: '/graphql', times: 2, status: 429, retryAfter: 2 });
  await fault({ path: '/graphql', times: 1, body: { data: null } });
  assert.equal((await ask('/graphql', { method: 'OPTIONS' })).status, 200);
  assert.equal((await postJson('/graphql/internal', { query: PROBE })).status, 200);

  const down = await postJson('/graphql', { query: '{ __typename }' });
  assert.deepEqual([down.status, await down.text()], [503, 'En maintenance']);
  assert.equal(down.headers.get('access-control-allow-origin'), '*');
  for (let time = 0; time < 2; time++) {
    const limited = await postJson('/graphql', { query: '{ __typename }' });
    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('retry-after'), '2');
    assert.equal(limited.headers.get('access-control-expose-headers'), 'Retry-After');
  }
  assert.deepEqual(await (await postJson('/graphql', { query: '{ __typename }' })).json(), { data: null });
  assert.deepEqual(await (await postJson('/graphql', { query: '{ __typename }' })).json(), {
    data: { __typename: 'Query' },
  });
});

test('a fault can delay an answer, and can cut the connection', async () => {
  await fault({ path: '/graphql', times: 1, latencyMs: 120 });
  await fault({ path: '/graphql', times: 1, cut: true });
  const start = performance.now();
  assert.equal((await postJson('/graphql', { query: '{ __typename }' })).status, 200);
  assert.ok(performance.now() - start >= 115);
  await assert.rejects(postJson('/graphql', { query: '{ __typename }' }));
  assert.deepEqual(
    (await requests()).map(({ status }) => status),
    [200, 0],
  );
});

test('faults are cleared by an empty one and by a reset', async () => {
  const spoiled = { path: '/graphql', times: 5, status: 500 };
  const clearings = [() => postJson('/sandbox/faults', {}), () => post('/sandbox/reset', undefined)];
  for (const clear of clearings) {
    await fault(spoiled);
    assert.equal((await postJson('/graphql', { query: '{ __typename }' })).status, 500);
    assert.ok((await clear()).ok);
    assert.equal((await postJson('/graphql', { query: '{ __typename }' })).status, 200);
  }
});

test('a fault that makes no sense is refused with a sentence', async () => {
  const path = '/graphql';
  const bad = [
    [],
    { times: 1, status: 500 },
    { path, status: 500 },
    { path, times: 0, status: 500 },
    { path, times: 1 },
    { path, times: 1, status: '500' },
    { path, times: 1, latency: 5 },
    { path: 'graphql', times: 1, cut: true },
  ];
  for (const settings of bad) {
    const answer = await postJson('/sandbox/faults', settings);
    const { error } = (await answer.json()) as { error: string };
    assert.equal(answer.status, 400, JSON.stringify(settings));
    assert.match(error, /^[A-Z“].+\.$/);
  }
  assert.equal((await postJson('/graphql', { query: '{ __typename }' })).status, 200);
});

test('the log keeps what was asked, without the sandbox’s own paths', async () => {
  const body = JSON.stringify({ query: '{ __typename }' });
  await post('/graphql?x=1', body, { 'Content-Type': 'application/json', 'X-Trace': 'é' });
  await ask('/nowhere');
  const log = await requests();
  assert.deepEqual(
    log.map((entry) => [entry.method, entry.path, entry.status, entry.body]),
    [
      ['POST', '/graphql', 200, body],
      ['GET', '/nowhere', 404, ''],
    ],
  );
  assert.equal(log[0]?.headers['content-type'], 'application/json');
  assert.ok(Date.parse(log[0]?.at ?? '') > Date.now() - 60_000);
  await ask('/sandbox/requests', { method: 'DELETE' });
  assert.deepEqual(await requests(), []);
});
