import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import fc from 'fast-check';
import { Kind, parse } from 'graphql';

import { useClock } from '../../src/core/clock.js';
import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import { compose, type Ask } from '../../src/platform/compose.js';
import type { Document } from '../../src/platform/documents/typed.js';
import { Loader } from '../../src/platform/loader.js';
import { executed, fragment, HurriedClock, reading, startHttpPlatform, type HttpPlatform } from './http-platform.js';

const TITLE = 'fragment Title on Project { id title }';
const VOTES = 'fragment Votes on Project { votes { totalCount } }';
const SINGLE = 'query Single($id: ID!) { node(id: $id) { ... on Project { title } } }';
const title = fragment<{ title: string }>(TITLE);
const votes = fragment<{ votes: { totalCount: number } }>(VOTES);
// See `fragment`.
const single = SINGLE as unknown as Document<{ node: { title: string } | null }, { id: string }>;

const projects = (count: number): Record<string, object> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const id = `p${String(index)}`;
      return [id, { __typename: 'Project', id, title: `Projet ${String(index)}`, votes: { totalCount: index } }];
    }),
  );

let platform: HttpPlatform;

before(async () => {
  platform = await startHttpPlatform();
});
after(() => platform.stop());
beforeEach(() => {
  platform.arrived.length = 0;
  platform.answer = executed('preview', projects(200));
  new HurriedClock();
});
afterEach(() => useClock());

const loader = (): Loader =>
  new Loader({ url: `${platform.url}/graphql`, headers: { Accept: 'application/json' }, credentials: 'omit' });
const titleOf = (from: Loader, id: string, lang = 'fr'): Promise<string | null> =>
  from.node(id, title, (node) => String(node.at('title').raw), reading(lang));
const votesOf = (from: Loader, id: string): Promise<number | null> =>
  from.node(id, votes, (node) => Number(node.at('votes').at('totalCount').raw), reading());
const fieldOf = (from: Loader, id: string): Promise<string | null> =>
  from.field(single, { id }, (node) => String(node.at('title').raw), reading());

/** The outcome of a reading: a value, or the code that it failed with. */
const outcome = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.catch((reason: unknown) => {
    assert.ok(reason instanceof ApiError, String(reason));
    return reason.code satisfies ErrorCode;
  });

suite('what is asked for in one tick', () => {
  test('goes in one request, and each gets its own answer', async () => {
    const from = loader();
    const asked = [
      titleOf(from, 'p3'),
      votesOf(from, 'p7'),
      titleOf(from, 'p1'),
      fieldOf(from, 'p9'),
      fieldOf(from, 'p8'),
    ];
    await Promise.resolve();
    asked.push(votesOf(from, 'p3'), titleOf(from, 'absent'), fieldOf(from, 'absent'));
    const expected = ['Projet 3', 7, 'Projet 1', 'Projet 9', 'Projet 8', 3, null, null];
    assert.deepEqual(await Promise.all(asked), expected);
    assert.equal(platform.arrived.length, 1);
  });

  test('is split by fifty: 20 are 1 request, 50 are 1, 51 are 2, 120 are 3', async () => {
    for (const [count, requests] of [
      [20, 1],
      [50, 1],
      [51, 2],
      [120, 3],
    ] as const) {
      platform.arrived.length = 0;
      const from = loader();
      const ids = Array.from({ length: count }, (_, index) => `p${String(index)}`);
      const titles = await Promise.all(ids.map((id) => titleOf(from, id)));
      assert.deepEqual(
        titles,
        ids.map((id) => `Projet ${id.slice(1)}`),
      );
      assert.equal(platform.arrived.length, requests);
      for (const { variables } of platform.arrived)
        assert.ok(Object.values(variables).every((list) => Array.isArray(list) && list.length <= 50));
    }
  });

  test('has a request for each language', async () => {
    const from = loader();
    await Promise.all([titleOf(from, 'p1', 'fr'), titleOf(from, 'p2', 'en'), titleOf(from, 'p3', 'fr')]);
    assert.deepEqual(platform.arrived.map(({ headers }) => headers['accept-language']).sort(), ['en', 'fr']);
  });

  test('in the next tick goes in the next request', async () => {
    const from = loader();
    await titleOf(from, 'p1');
    await titleOf(from, 'p2');
    assert.equal(platform.arrived.length, 2);
  });

  test('makes the same bytes whatever the order of asking', async () => {
    const asks = ['p5', 'p1', 'p9', 'absent'].flatMap((id) => [
      (from: Loader) => titleOf(from, id),
      (from: Loader) => votesOf(from, id),
      (from: Loader) => fieldOf(from, id),
    ]);
    const bodies = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(asks, { minLength: asks.length }), async (shuffled) => {
        platform.arrived.length = 0;
        const from = loader();
        await Promise.all(shuffled.map((ask) => ask(from)));
        bodies.add(platform.arrived.map(({ body }) => body).join('\n'));
      }),
      { numRuns: 25 },
    );
    assert.equal(bodies.size, 1);
  });

  test('is always one document that parses, with a value for each variable', () => {
    const ask = fc.oneof(
      fc.record({ document: fc.constantFrom(TITLE, VOTES), id: fc.string() }),
      fc.record({ document: fc.constant(SINGLE), variables: fc.record({ id: fc.string() }) }),
    );
    fc.assert(
      fc.property(fc.array(ask, { minLength: 1, maxLength: 12 }), (asks: Ask[]) => {
        const { query, variables, places } = compose(asks);
        const [operation] = parse(query).definitions;
        assert.ok(operation?.kind === Kind.OPERATION_DEFINITION);
        const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
        assert.deepEqual(declared.sort(), Object.keys(variables).sort());
        assert.equal(places.length, asks.length);
        assert.equal(new Set(places.map((place) => place.join('.'))).size, asks.length);
      }),
    );
  });

  test('carries ids as variables only, so that none can change the document', async () => {
    const id = '"){__typename} viewer{id} #';
    assert.equal(await titleOf(loader(), id), null);
    assert.ok(!platform.arrived[0]?.query.includes('viewer'));
    assert.ok(JSON.stringify(platform.arrived[0]?.variables).includes('viewer'));
  });
});

suite('an answer with errors', () => {
  const failing =
    (message: string, category = 'internal') =>
    (): never => {
      throw Object.assign(new Error(message), { extensions: { category } });
    };
  const server = failing('Internal server Error');

  test('keeps the parts that are good', async () => {
    platform.answer = executed('preview', { ...projects(5), p2: { __typename: 'Project', id: 'p2', title: server } });
    const from = loader();
    const outcomes = ['p1', 'p2', 'p3'].map((id) => outcome(titleOf(from, id)));
    assert.deepEqual(await Promise.all(outcomes), ['Projet 1', 'server', 'Projet 3']);
    assert.equal(platform.arrived.length, 1);
  });

  test('tells a refusal from a failure', async () => {
    const refused = failing('Access denied to this field.', 'user');
    platform.answer = executed('preview', { p1: { __typename: 'Project', id: 'p1', title: refused } });
    assert.equal(await outcome(titleOf(loader(), 'p1')), 'forbidden');
  });

  test('is not taken for an object that is not there, neither in a list nor alone', async () => {
    platform.answer = ({ query }) => {
      const aliases = [...query.matchAll(/(\w+)\s*:\s*(nodes?)\b\s*\(/g)];
      return {
        body: {
          data: Object.fromEntries<unknown>(
            aliases.map(([, alias = '', field]) => [alias, field === 'nodes' ? [null] : null]),
          ),
          errors: aliases.map(([, alias = '', field]) => ({
            message: 'Internal server Error',
            extensions: { category: 'internal' },
            path: field === 'nodes' ? [alias, 0, 'title'] : [alias, 'title'],
          })),
        },
      };
    };
    const from = loader();
    assert.deepEqual(await Promise.all([outcome(titleOf(from, 'p1')), outcome(fieldOf(from, 'p2'))]), [
      'server',
      'server',
    ]);
  });

  test('whose data is null fails for all that was asked', async () => {
    platform.answer = () => ({
      body: { data: null, errors: [{ message: 'Internal server Error', extensions: { category: 'internal' } }] },
    });
    const from = loader();
    assert.deepEqual(await Promise.all([outcome(titleOf(from, 'p1')), outcome(votesOf(from, 'p2'))]), [
      'server',
      'server',
    ]);
  });

  test('whose data is null by a warning is forbidden', async () => {
    platform.answer = () => ({
      body: {
        data: null,
        extensions: { warnings: [{ message: 'Access denied to this field.', extensions: { category: 'user' } }] },
      },
    });
    assert.equal(await outcome(titleOf(loader(), 'p1')), 'forbidden');
  });

  test('of GraphQL itself is a bad request', async () => {
    platform.answer = () => ({
      body: { errors: [{ message: 'Cannot query field "x".', extensions: { category: 'graphql' } }] },
    });
    assert.equal(await outcome(titleOf(loader(), 'p1')), 'bad-request');
  });

  test('that concerns another object leaves this one unknown, not failed', async () => {
    platform.answer = executed('preview', { p2: { __typename: 'Project', id: 'p2', title: server } });
    const from = loader();
    assert.deepEqual(await Promise.all([outcome(titleOf(from, 'absent')), outcome(titleOf(from, 'p2'))]), [
      null,
      'server',
    ]);
  });

  test('with a list that is too short is a bad response for what is missing', async () => {
    platform.answer = ({ query }) => ({
      body: { data: { [/{\s*(\w+)\s*:/.exec(query)?.[1] ?? '']: [{ title: 'Projet' }] } },
    });
    const from = loader();
    const outcomes = await Promise.all([outcome(titleOf(from, 'p1')), outcome(titleOf(from, 'p2'))]);
    assert.deepEqual(outcomes, ['Projet', 'bad-response']);
  });

  test('of any shape is an answer, nothing, or a failure with a code', async () => {
    const part = fc.jsonValue({ maxDepth: 3 });
    const path = fc.oneof(
      fc.constant(undefined),
      fc.constant(null),
      fc.array(fc.oneof(fc.constant('x'), fc.nat(2))),
      fc.string(),
    );
    const fault = fc.oneof(fc.record({ message: part, path, extensions: part }), part);
    const body = fc.record(
      {
        data: fc.oneof(part, fc.dictionary(fc.constantFrom('a', 'b'), part)),
        errors: fc.oneof(fc.array(fault, { maxLength: 3 }), part),
        extensions: fc.oneof(fc.record({ warnings: fc.oneof(fc.array(fault, { maxLength: 3 }), part) }), part),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(body, part), async (answer) => {
        platform.answer = ({ query }) => {
          const alias = /{\s*(\w+)\s*:/.exec(query)?.[1] ?? '';
          const named = (text: string): string => text.replace(/"(a|x)"(?=[:,\]])/g, JSON.stringify(alias));
          return { body: named(JSON.stringify(answer)) };
        };
        await outcome(titleOf(loader(), 'p1'));
      }),
      { numRuns: 400 },
    );
  });
});
