import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { useClock } from '../../src/core/clock.js';
import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import { Loader } from '../../src/platform/loader.js';
import {
  fragment,
  HurriedClock,
  reading,
  startHttpPlatform,
  until,
  type HttpPlatform,
  type Reply,
} from './http-platform.js';

const SECRET = 'UHJvamVjdDpzZWNyZXQ=';
const title = fragment<{ title: string }>('fragment Title on Project { title }');

let platform: HttpPlatform;
let clock: HurriedClock;

before(async () => {
  platform = await startHttpPlatform();
});
after(() => platform.stop());
beforeEach(() => {
  platform.arrived.length = 0;
  platform.given.up = 0;
  clock = new HurriedClock();
});
afterEach(() => useClock());

const loader = (url = `${platform.url}/graphql`): Loader =>
  new Loader({ url, headers: { Accept: 'application/json' }, credentials: 'omit' });
const read = (options = reading(), url?: string): Promise<string | null> =>
  loader(url).node(SECRET, title, (node) => String(node.at('title').raw), options);

/** A good answer to whatever was asked. */
const good = ({ query }: { query: string }): Reply => {
  const alias = /{\s*(\w+)\s*:/.exec(query)?.[1] ?? '';
  return { body: { data: { [alias]: [{ __typename: 'Project', title: 'Budget participatif' }] } } };
};

async function failure(attempt: Promise<unknown>): Promise<ApiError> {
  const reason: unknown = await attempt.then(
    () => undefined,
    (rejected: unknown) => rejected,
  );
  assert.ok(reason instanceof ApiError, `It threw ${String(reason)}`);
  return reason;
}

/** All that an error would show in a console or a report. */
function shown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack, JSON.stringify(error), shown(error.cause)].join('\n');
}

suite('an answer that is not one becomes a code', () => {
  const html = (status: number, body = '<!doctype html><h1>Erreur</h1>'): Reply => ({
    status,
    type: 'text/html; charset=UTF-8',
    body,
  });
  const cases: [name: string, reply: Reply, code: ErrorCode, tries: number][] = [
    [
      '400 with the errors of GraphQL',
      { status: 400, body: { errors: [{ message: 'Syntax Error: …' }] } },
      'bad-request',
      1,
    ],
    ['400 with a text', html(400, 'Wrong public query'), 'bad-request', 1],
    ['401 with a text', html(401, 'Invalid API Key'), 'unauthorized', 1],
    ['403 with a page', html(403), 'forbidden', 1],
    ['404 with a page: the public API is off', html(404), 'platform-disabled', 1],
    ['405 with an empty text in JSON', { status: 405, body: '""' }, 'bad-response', 1],
    ['429', html(429), 'rate-limited', 3],
    ['429 in JSON', { status: 429, body: { errors: [{ message: 'Slow down.' }] } }, 'rate-limited', 3],
    ['500 with a page', html(500), 'server', 3],
    ['502 with a page', html(502), 'server', 3],
    ['503 in JSON', { status: 503, body: { data: null } }, 'server', 3],
    ['200 with a page', html(200), 'not-a-platform', 1],
    ['200 with JSON that calls itself a page', { type: 'text/html', body: { data: {} } }, 'not-a-platform', 1],
    ['200 with JSON that breaks off', { body: '{"data":{' }, 'bad-response', 1],
    ['200 with nothing', { body: '' }, 'bad-response', 1],
    ['200 with null', { body: 'null' }, 'not-a-platform', 1],
    ['200 with a number', { body: '12' }, 'not-a-platform', 1],
    ['200 with a list', { body: [{ data: {} }] }, 'bad-response', 1],
    ['200 with an object of something else', { body: { success: true } }, 'not-a-platform', 1],
    ['200 with neither data nor errors', { body: {} }, 'not-a-platform', 1],
    ['200 with a text for data', { body: { data: 'oui' } }, 'not-a-platform', 1],
    ['a connection that breaks off', 'cut', 'network', 3],
  ];
  for (const [name, reply, code, tries] of cases)
    test(`${name}: ${code}, after ${String(tries)} ${tries === 1 ? 'try' : 'tries'}`, async () => {
      platform.answer = () => reply;
      const error = await failure(read());
      assert.equal(error.code, code);
      assert.equal(platform.arrived.length, tries);
      assert.ok(!shown(error).includes(SECRET), 'What was asked for is nobody’s business.');
      assert.ok(!shown(error).includes('Erreur'), 'Nor is what somebody else’s page says.');
    });

  test('404 of the page’s own site: not-a-platform, and nothing of what was asked', async () => {
    platform.answer = () => html(404);
    Object.assign(globalThis, { location: new URL(platform.url) });
    try {
      const error = await failure(read());
      assert.equal(error.code, 'not-a-platform');
      assert.ok(!shown(error).includes(SECRET));
    } finally {
      Reflect.deleteProperty(globalThis, 'location');
    }
  });

  test('nobody at the address: network', async () => {
    const gone = await startHttpPlatform();
    await gone.stop();
    const error = await failure(read(reading(), `${gone.url}/graphql`));
    assert.equal(error.code, 'network');
    assert.ok(error.cause);
    assert.equal(clock.waits.length, 2);
  });

  test('a wrong shape names the path to it', async () => {
    platform.answer = (request) =>
      JSON.parse(JSON.stringify(good(request)).replace('"Budget participatif"', '{}')) as Reply;
    const named = loader().node(
      SECRET,
      title,
      (node) =>
        node
          .at('title')
          .at('length' as never)
          .at('x' as never),
      reading(),
    );
    const error = await failure(named);
    assert.equal(error.code, 'bad-response');
    assert.match(error.message, /0\.title\.length/);
  });
});

suite('another try', { timeout: 120_000 }, () => {
  test('is made at most twice, ever later, and not at the same moment on every page', async () => {
    platform.answer = () => ({ status: 503, body: '' });
    const firsts = new Set<number>();
    for (let page = 0; page < 8; page++) {
      clock = new HurriedClock();
      await failure(read());
      const [first = 0, second = 0, ...more] = clock.waits;
      assert.deepEqual(more, []);
      assert.ok(first >= 200 && first <= 2_000, `${String(first)} ms`);
      assert.ok(second >= 2 * 400 * 0.5 * 2 && second <= 4_000, `${String(second)} ms`);
      firsts.add(first);
    }
    assert.ok(firsts.size > 1);
    assert.equal(platform.arrived.length, 8 * 3);
  });

  test('that succeeds is as good as the first', async () => {
    platform.answer = (request, attempt) => (attempt < 3 ? { status: 502, body: '' } : good(request));
    assert.equal(await read(), 'Budget participatif');
    assert.equal(platform.arrived.length, 3);
    assert.equal(new Set(platform.arrived.map(({ body }) => body)).size, 1, 'Every try asks for the same.');
  });

  test('waits for as many seconds as the platform asks', async () => {
    platform.answer = (request, attempt) =>
      attempt === 1 ? { status: 429, headers: { 'Retry-After': '3' }, body: '' } : good(request);
    assert.equal(await read(), 'Budget participatif');
    assert.ok(Number(clock.waits[0]) >= 3_000 && Number(clock.waits[0]) < 4_500, String(clock.waits));
  });

  test('waits up to the date that the platform names', async () => {
    const date = new Date(clock.start + 5_000).toUTCString();
    platform.answer = (request, attempt) =>
      attempt === 1 ? { status: 503, headers: { 'Retry-After': date }, body: '' } : good(request);
    assert.equal(await read(), 'Budget participatif');
    // A date has no milliseconds.
    assert.ok(Number(clock.waits[0]) > 3_900 && Number(clock.waits[0]) < 6_500, String(clock.waits));
  });

  for (const senseless of ['soon', '-5', new Date(0).toUTCString()])
    test(`keeps its own pace when the platform says "${senseless}"`, async () => {
      platform.answer = (request, attempt) =>
        attempt === 1 ? { status: 429, headers: { 'Retry-After': senseless }, body: '' } : good(request);
      assert.equal(await read(), 'Budget participatif');
      assert.ok(Number(clock.waits[0]) >= 200, String(clock.waits));
    });

  test('is left to the visitor when the platform asks for an hour', async () => {
    platform.answer = () => ({ status: 429, headers: { 'Retry-After': '3600' }, body: '' });
    // A wait that long would never end on this clock.
    const waited = pause(30_000, undefined, { ref: false }).then(() => 'still waiting');
    const error = await Promise.race([failure(read()), waited]);
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.code, 'rate-limited');
    assert.equal(platform.arrived.length, 1);
    assert.deepEqual(clock.waits, []);
  });

  test('is not made once nobody listens any more', async () => {
    const follower = new AbortController();
    platform.answer = () => ({ status: 503, body: '' });
    clock.after = (_, task) => {
      if (!follower.signal.aborted && platform.arrived.length) follower.abort();
      const timer = setTimeout(task);
      return () => clearTimeout(timer);
    };
    void read(reading('fr', follower.signal)).catch(() => undefined);
    await until(() => follower.signal.aborted);
    await pause(30);
    assert.equal(platform.arrived.length, 1);
  });
});

suite('time', () => {
  test('that runs out three times is a timeout, and the attempts are given up', async () => {
    platform.answer = () => 'silence';
    const attempt = failure(read());
    for (const tries of [1, 2, 3]) {
      await until(() => platform.arrived.length === tries && clock.limits.size === 1);
      clock.runOut();
    }
    const error = await attempt;
    assert.equal(error.code, 'timeout');
    assert.ok(!shown(error).includes(SECRET));
    await until(() => platform.given.up === 3);
    assert.equal(clock.limits.size, 0);
  });

  test('is not measured any more once there is an answer', async () => {
    platform.answer = good;
    await read();
    assert.equal(clock.limits.size, 0);
  });
});

suite('a request', () => {
  test('is given up when its last follower goes, and not before', async () => {
    platform.answer = () => 'silence';
    const [one, other] = [new AbortController(), new AbortController()];
    const shared = loader();
    for (const [id, { signal }] of Object.entries({ a: one, b: other }))
      void shared.node(id, title, String, reading('fr', signal)).catch(() => undefined);
    await until(() => platform.arrived.length === 1);
    one.abort();
    await pause(30);
    assert.equal(platform.given.up, 0);
    other.abort();
    await until(() => platform.given.up === 1);
    assert.equal(platform.arrived.length, 1);
  });

  test('is not even made for a follower that has gone within the tick', async () => {
    const gone = new AbortController();
    void read(reading('fr', gone.signal)).catch(() => undefined);
    gone.abort();
    await pause(30);
    assert.equal(platform.arrived.length, 0);
  });

  test('is a form that every browser sends without asking first', async () => {
    const native = globalThis.fetch;
    const sent: (RequestInit | undefined)[] = [];
    globalThis.fetch = (input, init) => {
      sent.push(init);
      return native(input, init);
    };
    try {
      platform.answer = good;
      await read(reading('en'));
    } finally {
      globalThis.fetch = native;
    }
    const [init] = sent;
    const headers = new Headers(init?.headers);
    assert.deepEqual([...headers.keys()].sort(), ['accept', 'accept-language', 'content-type']);
    // The Fetch standard: what a safelisted value may not hold, and how long it may be.
    for (const [name, value] of headers) assert.ok(!/["():<>?@[\\\]{}\x7f]/.test(value) && value.length <= 128, name);
    assert.equal(headers.get('Accept-Language'), 'en');
    assert.equal(headers.get('Content-Type'), 'application/x-www-form-urlencoded');
    assert.equal(init?.credentials, 'omit');
    assert.equal(init?.method, 'POST');
    assert.equal(platform.arrived[0]?.method, 'POST');
    assert.deepEqual([...new URLSearchParams(platform.arrived[0]?.body).keys()].sort(), ['query', 'variables']);
    assert.equal(platform.arrived[0]?.headers.cookie, undefined);
  });
});
