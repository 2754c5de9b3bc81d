import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ClientPlatform } from '../../src/client/client-platform.js';
import { CapClient } from '../../src/client/client.js';
import { ApiError } from '../../src/core/errors.js';
import { readOwnEvents } from '../../src/platform/agenda.js';
import { readCount } from '../../src/platform/count.js';
import { readEvents } from '../../src/platform/event-list.js';
import { readProjects } from '../../src/platform/project-list.js';
import { readResults } from '../../src/platform/results.js';
import { all } from '../client/support.js';
import { reading, settingsFor } from './http-platform.js';

const HOST = 'https://participez.valmont.example';
/** Whoever comes by so often would come for ever. */
const OFTEN = 100;

/** A platform whose lists lead from one of these places to the next, and round again. */
function circling(places: readonly string[], access: 'public' | 'session') {
  const asked = { times: 0 };
  const send: typeof fetch = () => {
    const endCursor = places[asked.times % places.length];
    assert.ok(++asked.times < OFTEN, 'It is read for ever.');
    const list = { totalCount: 9, pageInfo: { hasNextPage: true, endCursor }, edges: [] };
    const step = { __typename: 'SelectionStep', canDisplayBallot: true, votesRanking: false, budget: null };
    return Promise.resolve(Response.json({ data: { q0: { ...list, ...step, proposals: list } } }));
  };
  return { asked, send, platform: new ClientPlatform(settingsFor(HOST, { access }), undefined, send) };
}
type Circling = ReturnType<typeof circling>;

const wanted = { theme: '', district: '', status: 'open', order: 'newest' } as const;
const readers: Readonly<Record<string, readonly ['public' | 'session', (of: Circling) => Promise<unknown>]>> = {
  'objects for a program': ['public', ({ send }) => all(new CapClient({ platform: HOST, fetch: send }).projects())],
  'the events of an account': ['public', ({ platform }) => readOwnEvents(platform, '2000-01-01 00:00:00', reading())],
  'a search': ['public', ({ platform }) => readProjects(platform, wanted, 12, null, reading())],
  'events to come': [
    'public',
    ({ platform }) => readEvents(platform, { project: '', when: 'upcoming' }, 12, null, reading()),
  ],
  'the results of a vote': ['session', ({ platform }) => readResults(platform, 'U3RlcA==', reading())],
  'the votes of a step': [
    'session',
    ({ platform }) => readCount(platform, { kind: 'step', id: 'U3RlcA==' }, 'votes', reading()),
  ],
};

for (const [name, [access, read]] of Object.entries(readers))
  suite(`a list that leads in a circle: ${name}`, () => {
    for (const places of [['a'], ['a', 'b'], ['a', 'b', 'c'], ['']])
      test(`by way of ${JSON.stringify(places)}`, async () => {
        const circle = circling(places, access);
        const reason: unknown = await read(circle).catch((rejected: unknown) => rejected);
        // A place without a name is the end of a list for some, and for nobody its beginning.
        if (!(places.includes('') && !(reason instanceof Error)))
          assert.ok(reason instanceof ApiError && /in circles/.test(reason.message), String(reason));
        assert.ok(circle.asked.times <= places.length + 2, String(circle.asked.times));
      });
  });

test('a list that leads ever on is given up as well', async () => {
  let place = 0;
  const send: typeof fetch = () => {
    const list = { totalCount: 9, pageInfo: { hasNextPage: true, endCursor: String(place++) }, edges: [] };
    return Promise.resolve(Response.json({ data: { q0: list } }));
  };
  const platform = new ClientPlatform(settingsFor(HOST), undefined, send);
  await assert.rejects(readOwnEvents(platform, '2000-01-01 00:00:00', reading()), { code: 'bad-response' });
  assert.ok(place < OFTEN, String(place));
});
