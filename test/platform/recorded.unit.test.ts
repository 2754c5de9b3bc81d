import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { useClock } from '../../src/core/clock.js';
import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import { METRICS, type CountTarget, type Metric } from '../../src/domain/counts.js';
import { readCount } from '../../src/platform/count.js';
import { Platform } from '../../src/platform/endpoints.js';
import { readProject } from '../../src/platform/project.js';
import {
  HurriedClock,
  reading,
  settingsFor,
  startHttpPlatform,
  type Arrived,
  type HttpPlatform,
  type Reply,
} from './http-platform.js';

/** Answers of a real platform, where somebody has put them beside the project. */
const folder = fileURLToPath(new URL('../../../shared/platform/responses', import.meta.url));

const CODES: readonly ErrorCode[] = [
  'network',
  'timeout',
  'offline',
  'rate-limited',
  'unauthorized',
  'forbidden',
  'not-found',
  'platform-disabled',
  'invalid-id',
  'not-a-platform',
  'bad-request',
  'bad-response',
  'server',
];
const KINDS: readonly CountTarget['kind'][] = ['project', 'step', 'proposal', 'consultation', 'questionnaire'];

type Json = Readonly<Record<string, unknown>>;

interface Recorded {
  readonly name: string;
  readonly status?: number;
  readonly response: Json & { readonly status?: number; readonly contentType?: string; readonly body?: unknown };
}

const recorded = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Recorded)
  : [];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of an answer that could have been the answer to a question for one object. */
function objectsIn(value: unknown): (Json | null)[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** The recorded answer as the answer to our own question: its object in each place where we have asked for one. */
function asAnswer(request: Arrived, body: unknown, object: Json | null | undefined): unknown {
  if (!isObject(body) || !('data' in body) || body['data'] === null) return body;
  const asked = [...request.query.matchAll(/(\w+)\s*:\s*(?:node\b|nodes\(ids:\s*\$(\w+)\))/g)];
  const data = asked.map(([, alias = '', ids]) => {
    const list = ids && request.variables[ids];
    return [alias, Array.isArray(list) ? list.map(() => object) : object];
  });
  return { ...body, data: Object.fromEntries(data) as Json };
}

let platform: HttpPlatform;

before(async () => {
  platform = await startHttpPlatform();
});
after(() => platform.stop());
beforeEach(() => {
  new HurriedClock();
});
afterEach(() => useClock());

/** Every reading that we have, in both accesses. What it throws must be a code of the contract. */
async function readAll(): Promise<{ metric: Metric | null; result: unknown }[]> {
  const readings: Promise<{ metric: Metric | null; result: unknown }>[] = [];
  const note = (metric: Metric | null, attempt: Promise<unknown>): void => {
    const caught = attempt.catch((reason: unknown) => {
      assert.ok(reason instanceof ApiError, `It threw ${String(reason)}`);
      assert.ok(CODES.includes(reason.code), reason.code);
      return reason;
    });
    readings.push(caught.then((result) => ({ metric, result })));
  };
  for (const access of ['public', 'session']) {
    const page = new Platform(settingsFor(platform.url, { access }));
    note(null, readProject(page, 'UHJvamVjdDox', reading()));
    for (const kind of KINDS)
      for (const metric of METRICS) note(metric, readCount(page, { kind, id: 'UHJvamVjdDox' }, metric, reading()));
  }
  return Promise.all(readings);
}

/** The numbers that an answer gives for a metric, wherever they are. */
function numbersIn(object: Json | null | undefined): number[] {
  return objectsIn(object).flatMap((one) => Object.values(one ?? {}).filter((value) => typeof value === 'number'));
}

const valueOf = (result: unknown): number | undefined =>
  isObject(result) && result['kind'] === 'tally' && typeof result['value'] === 'number' ? result['value'] : undefined;

suite('recorded answers', { skip: recorded.length === 0 && 'The recorded answers are not here.' }, () => {
  for (const { name, status = 200, response } of recorded.filter((one) => !one.name.startsWith('transport-')))
    test(`${name}: data or a code, and no number that the answer does not give`, async () => {
      const candidates = new Map(objectsIn(response['data']).map((object) => [JSON.stringify(object), object]));
      const objects = [...candidates.values()].slice(0, 12);
      for (const object of [...objects, null, undefined]) {
        platform.answer = (request): Reply => ({ status, body: asAnswer(request, response, object) });
        for (const { metric, result } of await readAll()) {
          const value = valueOf(result);
          if (value === undefined) continue;
          const numbers = numbersIn(object);
          const sum = numbers.reduce((total, number) => total + number, 0);
          assert.ok(
            numbers.includes(value) || value === sum,
            `${String(metric)} is ${String(value)}, out of ${String(numbers)}`,
          );
        }
      }
    });

  const expected: Readonly<Record<string, ErrorCode>> = {
    'transport-invalid-api-key': 'unauthorized',
    'transport-public-api-disabled-404': 'platform-disabled',
    'transport-syntax-error-400': 'bad-request',
    'transport-wrong-public-query': 'bad-request',
    'transport-internal-options-200-no-allow-headers': 'bad-response',
  };
  for (const { name, response } of recorded.filter((one) => one.name.startsWith('transport-')))
    test(`${name} is refused with a code, whatever was asked`, async () => {
      const { status = 200, contentType: type = 'application/json', body } = response;
      platform.answer = () => ({ status, type, body });
      for (const { metric, result } of await readAll()) {
        // The votes of a proposal are not asked of the public endpoint, and its own pages' endpoint may refuse.
        if (isObject(result) && result['kind'] === 'not-counted') continue;
        assert.ok(result instanceof ApiError, `${String(metric)}: ${JSON.stringify(result)}`);
        assert.equal(result.code, expected[name], result.message);
      }
    });

  const named = (name: string): Json => {
    const found = recorded.find((one) => one.name === name);
    assert.ok(found, `${name} is among the recorded answers`);
    return found.response;
  };
  const objectOf = (name: string, field: string): Json => (named(name)['data'] as Record<string, Json>)[field] ?? {};

  test('the counters of a recorded project are read as they are', async () => {
    const project = {
      __typename: 'Project',
      paperVotesTotalCount: 0,
      votableSteps: [],
      ...objectOf('internal-project-counters', 'project'),
    };
    platform.answer = (request) => ({ body: asAnswer(request, { data: {} }, project) });
    for (const access of ['public', 'session'])
      for (const [metric, value] of [
        ['votes', 19],
        ['contributions', 10],
        ['contributors', 20],
      ] as const) {
        const page = new Platform(settingsFor(platform.url, { access }));
        const count = await readCount(page, { kind: 'project', id: String(project['id' as never]) }, metric, reading());
        assert.equal(valueOf(count), value, `${access} ${metric}`);
      }
  });

  test('a recorded secret ballot has no number, although its answer has', async () => {
    const step = {
      pageInfo: {},
      publishedVoteDate: null,
      ...objectOf('internal-selection-secret-ballot-admin', 'selectionStep'),
    };
    const proposals = step['proposals' as never] as { edges: { node: Json }[] };
    const pageInfo = { hasNextPage: false, endCursor: null };
    const edges = proposals.edges.map(({ node }) => ({ node: { paperVotesTotalCount: 0, ...node } }));
    platform.answer = (request) => ({
      body: asAnswer(request, { data: {} }, { ...step, proposals: { ...proposals, pageInfo, edges } }),
    });
    const page = new Platform(settingsFor(platform.url, { access: 'session' }));
    const count = await readCount(page, { kind: 'step', id: 'step' }, 'votes', reading());
    assert.deepEqual(count, { kind: 'secret', publishedAt: null });
  });

  test('a recorded project that a visitor may not see is null', async () => {
    platform.answer = (request) => ({ body: asAnswer(request, named('internal-private-project-null-user'), null) });
    for (const access of ['public', 'session'])
      assert.equal(await readProject(new Platform(settingsFor(platform.url, { access })), 'hidden', reading()), null);
  });
});
