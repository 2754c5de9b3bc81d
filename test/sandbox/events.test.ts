/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, afterEach, beforeEach, test } from 'node:test';

import type { Endpoint } from '../../sandbox/platform/endpoint.js';
import { rawId } from '../../sandbox/platform/ids.js';
import { openPlatform, type Answer } from './platform-api.js';

const platform = openPlatform();
const { store, ask } = platform;
const { projects, accounts } = store.state();
const admin = platform.userId(accounts.admin.email);
const citizen = platform.userId(accounts.citizen.email);
const second = platform.userId(accounts.second.email);
after(() => store.close());
beforeEach(() => store.db.exec('BEGIN'));
afterEach(() => store.db.exec('ROLLBACK'));
// The transactions of the platform are a part of the one that each test takes back.
store.sql.transaction = (work) => work();

const text = { locale: 'FR_FR', title: 'Fête de la Lorette', body: '<p>Bal au bord de l’eau.</p>' };
const input = { startAt: '2027-06-19 18:00:00', endAt: '2027-06-19 23:30:00', translations: [text] };
interface Ask {
  readonly userId?: string | undefined;
  readonly endpoint?: Endpoint;
}

const eventFields = `id title body link url viewerDidAuthor timeRange { startAt endAt } createdAt updatedAt
  translations { locale title body link }`;

function mutate(
  name: 'addEvent' | 'changeEvent' | 'deleteEvent',
  given: object,
  { userId = admin, endpoint }: Ask = {},
) {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input!`;
  const fields = {
    addEvent: `eventEdge { cursor node { ${eventFields} } } userErrors { message }`,
    changeEvent: `event { ${eventFields} } userErrors { message }`,
    deleteEvent: `deletedEventId${endpoint === 'internal' ? ' event { deletedAt reviewStatus participants { totalCount } media { url } }' : ''}`,
  };
  const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${fields[name]} clientMutationId } }`;
  return ask(endpoint ?? 'preview', query, { variables: { input: given }, userId });
}

const anonymous = { userId: 'nobody' };

async function add(given: object = {}, options: Ask = {}): Promise<Answer> {
  const body = await mutate('addEvent', { ...input, ...given }, options);
  assert.equal(body.errors, undefined, JSON.stringify(body.errors));
  assert.deepEqual([...body.data.addEvent.userErrors], []);
  return body.data.addEvent.eventEdge.node;
}

const complaint = ({ message, extensions, path }: Answer): object => ({ message, extensions, path });
const plain = (value: unknown): Answer => JSON.parse(JSON.stringify(value));

async function listed(endpoint: Endpoint = 'preview', userId?: string): Promise<string[]> {
  const body = await ask(endpoint, '{ events(first: 100) { edges { node { id } } } }', { userId });
  return body.data.events.edges.map((edge: Answer) => edge.node.id);
}

test('an event is added for everybody to see, with its texts as they were sent', async () => {
  const event = plain(await add({ translations: [{ ...text, link: 'https://fete.valmont.example/' }] }));
  assert.match(event.createdAt, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  assert.match(event.url, /\/events\/fete-de-la-lorette$/);
  assert.deepEqual(
    { ...event, id: '', url: '', createdAt: '' },
    {
      id: '',
      url: '',
      createdAt: '',
      updatedAt: null,
      title: text.title,
      body: text.body,
      link: 'https://fete.valmont.example/',
      viewerDidAuthor: true,
      timeRange: { startAt: input.startAt, endAt: input.endAt },
      translations: [{ ...text, link: 'https://fete.valmont.example/' }],
    },
  );
  assert.ok((await listed()).includes(event.id));
  assert.equal(store.findPage(new URL(event.url).pathname)?.title, text.title);
});

test('two events of one title have an address each', async () => {
  const urls = [await add(), await add(), await add()].map(({ url }) => String(url).split('/').pop());
  assert.deepEqual(urls, ['fete-de-la-lorette', 'fete-de-la-lorette-1', 'fete-de-la-lorette-2']);
});

test('the key of an account is needed, and without the flag it must be the town’s', async () => {
  for (const userId of [anonymous.userId, citizen]) {
    const body = plain(await mutate('addEvent', input, { userId }));
    assert.deepEqual(body.data, { addEvent: null });
    assert.deepEqual(body.errors.map(complaint), [
      { message: 'Access denied to this field.', extensions: { category: 'user' }, path: ['addEvent'] },
    ]);
  }
});

test('what a citizen proposes waits for a review, out of everybody else’s sight', async () => {
  store.sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'allow_users_to_propose_events'");
  const { id } = await add({}, { userId: citizen });
  const status = await ask('internal', `{ node(id: "${id}") { ... on Event { reviewStatus } } }`, { userId: admin });
  assert.equal(status.data.node.reviewStatus, 'AWAITING');
  assert.ok((await listed('preview', citizen)).includes(id));
  assert.ok((await listed('preview', admin)).includes(id));
  for (const userId of [second, undefined]) {
    assert.ok(!(await listed('preview', userId)).includes(id));
    assert.equal((await ask('preview', `{ node(id: "${id}") { id } }`, { userId })).data.node, null);
  }
});

test('refusals that the answer carries', async () => {
  const refused = async (given: object, userId = admin): Promise<string> => {
    const { data, errors } = await mutate('addEvent', { ...input, ...given }, { userId, endpoint: 'internal' });
    assert.equal(errors, undefined);
    assert.equal(data.addEvent.eventEdge, null);
    assert.equal(data.addEvent.userErrors.length, 1);
    return data.addEvent.userErrors[0].message;
  };
  store.sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'allow_users_to_propose_events'");
  assert.equal(await refused({ customCode: 'x' }, citizen), 'You are not authorized to add customCode field.');
  assert.equal(await refused({ endAt: '2027-06-19 17:59:59' }), 'event-before-date-error');
  assert.equal(
    await refused({ guestListEnabled: true, translations: [{ ...text, link: 'https://billets.example/' }] }),
    'error-alert-choosing-subscription-mode',
  );
  assert.equal(await refused({ projects: [projects.budget, 'nothing'] }), 'No project matching id.');
  assert.equal(await refused({ steps: ['nothing'] }), 'No step matching id.');
  assert.equal(await refused({ author: 'nobody' }), 'No user or organization matching id');
});

test('complaints of the form are errors, one each', async () => {
  const before = store.sql.number('SELECT count(*) FROM event');
  const translations = [{ locale: 'FR_FR', title: ' ', body: '', link: 'javascript:alert(1)' }];
  for (const name of ['addEvent', 'changeEvent'] as const) {
    const id = (await listed())[0];
    const given = { ...input, translations, ...(name === 'changeEvent' ? { id } : {}) };
    const { data, errors } = plain(await mutate(name, given));
    assert.equal(data[name], null);
    assert.deepEqual(
      errors.map((error: Answer) => [error.message, error.extensions.category, error.path]),
      [
        ['This value should not be blank.', 'user', [name]],
        ['This value should not be blank.', 'user', [name]],
        ['This value is not a valid URL.', 'user', [name]],
      ],
    );
  }
  assert.equal(store.sql.number('SELECT count(*) FROM event'), before);
});

test('an event is changed; what is not named stays, and null takes away', async () => {
  const { id } = await add({ enabled: true, themes: [], maxRegistrations: 40 }, { endpoint: 'internal' });
  const english = { locale: 'EN_GB', title: 'Lorette fair', body: 'Dancing.', link: null };
  const change = async (given: object): Promise<Answer> => {
    const { data, errors } = plain(
      await mutate('changeEvent', { id, startAt: input.startAt, translations: [text], ...given }),
    );
    assert.equal(errors, undefined);
    assert.deepEqual(data.changeEvent.userErrors, []);
    return data.changeEvent.event;
  };
  const moved = await change({ startAt: '2027-06-20 10:00:00', translations: [english] });
  assert.deepEqual(moved.timeRange, { startAt: '2027-06-20 10:00:00', endAt: input.endAt });
  assert.deepEqual(moved.translations, [{ ...text, link: null }, english]);
  assert.match(moved.updatedAt, /^\d{4}-/);
  assert.equal((await change({ endAt: null })).timeRange.endAt, null);
  assert.equal(store.sql.number('SELECT max_registrations FROM event WHERE id = ?', rawId(id)), 40);
});

test('a change does not look at whether the end comes after the start', async () => {
  const { id } = await add();
  const { data } = plain(await mutate('changeEvent', { ...input, id, endAt: '2020-01-01 00:00:00' }));
  assert.equal(data.changeEvent.event.timeRange.endAt, '2020-01-01 00:00:00');
});

test('an unknown event and somebody else’s are both denied', async () => {
  const { id } = await add();
  store.sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'allow_users_to_propose_events'");
  const mine = await add({}, { userId: citizen });
  for (const [event, userId] of [
    ['abc', admin],
    [id, citizen],
    [mine.id, second],
    [mine.id, anonymous.userId],
  ]) {
    const change = plain(await mutate('changeEvent', { ...input, id: event }, { userId }));
    assert.deepEqual(change, { errors: change.errors, data: { changeEvent: null } });
    assert.equal(change.errors[0].message, 'Access denied to this field.');
    const removal = plain(await mutate('deleteEvent', { eventId: event }, { userId }));
    assert.equal(removal.data.deleteEvent, null);
    assert.deepEqual(removal.errors[0].path, ['deleteEvent']);
  }
  assert.ok((await listed()).includes(id));
});

test('a deleted event keeps its row and loses what hung on it, and nobody reads or deletes it again', async () => {
  const [raw = ''] = store.sql
    .all<{ id: string }>(
      `SELECT v.id FROM event v WHERE media_id IS NOT NULL AND enabled = 1
        AND id IN (SELECT event_id FROM event_registration) ORDER BY start_at`,
    )
    .map((row) => row.id);
  const id = Buffer.from(`Event:${raw}`).toString('base64');
  store.sql.run(
    "INSERT INTO comment (id, event_id, author_id, body, created_at) VALUES ('c', ?, ?, 'Oui', 1)",
    ...[raw, citizen],
  );
  const { data } = plain(await mutate('deleteEvent', { eventId: id, clientMutationId: 'x' }, { endpoint: 'internal' }));
  const { deletedEventId, event, clientMutationId } = data.deleteEvent;
  assert.deepEqual([deletedEventId, clientMutationId], [id, 'x']);
  assert.match(event.deletedAt, /^\d{4}-/);
  assert.deepEqual(
    { ...event, deletedAt: '' },
    { deletedAt: '', reviewStatus: 'DELETED', participants: { totalCount: 0 }, media: null },
  );
  assert.equal(store.sql.number('SELECT count(*) FROM event WHERE id = ? AND deleted_at IS NOT NULL', raw), 1);
  assert.equal(store.sql.number('SELECT count(*) FROM comment WHERE event_id = ?', raw), 0);
  assert.ok(!(await listed('internal')).includes(id));
  assert.equal((await ask('preview', `{ node(id: "${id}") { id } }`)).data.node, null);
  const again = plain(await mutate('deleteEvent', { eventId: id }));
  assert.equal(again.errors[0].message, 'Access denied to this field.');
});

test('dates are of the platform’s clock, in both changes of time', async () => {
  for (const startAt of ['2027-03-28 03:30:00', '2027-10-31 02:30:00', '2027-12-31 23:59:59']) {
    const event = await add({ startAt, endAt: null });
    assert.equal(event.timeRange.startAt, startAt);
  }
  const body = await mutate('addEvent', { ...input, startAt: '2027-06-19T18:00:00Z' });
  assert.equal(body.errors[0].extensions.category, 'graphql');
});

test('events are read in either order by opaque cursors, each once, and by project', async () => {
  const { id } = await add({ projects: [projects.budget] }, { endpoint: 'internal' });
  for (const direction of ['ASC', 'DESC']) {
    const starts: string[] = [];
    const ids = new Set<string>();
    for (let after: string | null = null; ;) {
      const query = `query ($after: String) { events(first: 4, after: $after, orderBy: { field: START_AT, direction: ${direction} }) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { id timeRange { startAt } } } } }`;
      const body: Answer = await ask('preview', query, { variables: { after } });
      const { totalCount, pageInfo, edges } = body.data.events;
      for (const { node } of edges) {
        starts.push(node.timeRange.startAt);
        ids.add(node.id);
      }
      if (!pageInfo.hasNextPage) {
        assert.equal(ids.size, totalCount);
        break;
      }
      after = pageInfo.endCursor;
    }
    assert.deepEqual(starts, direction === 'ASC' ? [...starts].sort() : [...starts].sort().reverse());
    assert.equal(starts.length, ids.size);
  }
  const own = await ask('preview', `{ events(project: "${projects.budget}") { edges { node { id } } } }`);
  const budget = own.data.events.edges.map((edge: Answer) => edge.node.id);
  assert.ok(budget.includes(id) && budget.length < (await listed()).length);
});

test('the internal list also asks for what is to come, by theme, district and status', async () => {
  const theme = store.sql.get<{ id: string }>("SELECT id FROM theme WHERE slug = 'nature-en-ville'")?.id ?? '';
  const district =
    store.sql.get<{ id: string }>("SELECT id FROM global_district WHERE slug = 'les-prairies'")?.id ?? '';
  const past = await add(
    { startAt: '2020-01-01 10:00:00', endAt: '2020-01-01 11:00:00', themes: [theme] },
    { endpoint: 'internal' },
  );
  const coming = await add(
    { districts: [Buffer.from(`GlobalDistrict:${district}`).toString('base64')], themes: [theme] },
    { endpoint: 'internal' },
  );
  const find = async (args: string): Promise<string[]> => {
    const { data } = await ask('internal', `{ events(first: 100, ${args}) { edges { node { id } } } }`);
    return data.events.edges.map((edge: Answer) => edge.node.id);
  };
  const has = async (args: string): Promise<boolean[]> => {
    const ids = await find(args);
    return [past, coming].map(({ id }) => ids.includes(id));
  };
  assert.deepEqual(await has('isFuture: true'), [false, true]);
  assert.deepEqual(await has('isFuture: false'), [true, false]);
  assert.deepEqual(await has(`theme: "${theme}"`), [true, true]);
  assert.deepEqual(await has(`district: "${Buffer.from(`GlobalDistrict:${district}`).toString('base64')}"`), [
    false,
    true,
  ]);
  assert.deepEqual(await has('search: "Lorette"'), [true, true]);
});

const recordings = new URL('../../../shared/platform/responses/', import.meta.url);
const skip = existsSync(recordings) ? false : 'the recorded answers are not beside the project';

for (const [name, field] of [
  ['mutation-add-event-custom-code-denied', 'addEvent'],
  ['mutation-add-event-two-registration-modes', 'addEvent'],
  ['mutation-change-event-custom-code', 'changeEvent'],
  ['mutation-delete-event-denied', 'deleteEvent'],
] as const) {
  test(`${name} is answered as it was recorded`, { skip }, async () => {
    store.sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'allow_users_to_propose_events'");
    const { variables, response } = JSON.parse(readFileSync(new URL(`${name}.json`, recordings), 'utf8'));
    const own = await add({}, { userId: citizen });
    const given = { ...variables.input, ...(field === 'changeEvent' ? { id: own.id } : {}) };
    const body = plain(
      await mutate(field, given, { userId: field === 'deleteEvent' ? admin : citizen, endpoint: 'internal' }),
    );
    if (response.errors) {
      assert.deepEqual(body.errors.map(complaint), response.errors.map(complaint));
      assert.deepEqual(body.data, response.data);
      return;
    }
    const { clientMutationId, ...payload } = body.data[field];
    assert.equal(clientMutationId, null);
    assert.deepEqual(payload, response.data[field]);
  });
}
