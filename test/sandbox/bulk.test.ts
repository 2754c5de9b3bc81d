/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { createApi } from '../../sandbox/platform/api.js';
import type { Endpoint } from '../../sandbox/platform/endpoint.js';
import { globalId } from '../../sandbox/platform/ids.js';
import { openStore, type Store, type StoreOptions } from '../../sandbox/platform/store.js';
import type { Answer } from './platform-api.js';

const bulk = { projects: 1200, contributions: 1500, proposals: 230, events: 150 };
const baseUrl = 'http://localhost:4401';
const stores: Store[] = [];
after(() => stores.forEach((store) => store.close()));

function open(options: Partial<StoreOptions> = {}) {
  const store = openStore({ baseUrl, bulk, ...options });
  stores.push(store);
  const api = createApi(store, (error) => assert.fail(error));
  const ask = async (query: string, endpoint: Endpoint = 'internal'): Promise<Answer> =>
    (await api.execute({ endpoint, query })).body;
  /** Follows the cursors of a list to its end: the ids, and the total that each page told. */
  const readAll = async (list: (page: string) => string, find: (data: Answer) => Answer, between = () => {}) => {
    const ids: string[] = [];
    const totals = new Set<number>();
    for (let after: string | null = null; ; between()) {
      const body = await ask(list(`first: 100, after: ${JSON.stringify(after)}`));
      const { totalCount, edges, pageInfo } = find(body.data);
      ids.push(...edges.map(({ node }: Answer) => node.id));
      totals.add(totalCount);
      if (!pageInfo.hasNextPage) return { ids, totals: [...totals] };
      assert.ok(edges.length > 0, 'a page with a successor is not empty');
      after = pageInfo.endCursor;
    }
  };
  return { store, ask, readAll };
}

const page = 'totalCount pageInfo { hasNextPage endCursor } edges { node { id } }';
const projects = (args: string) => `{ projects(${args}) { ${page} } }`;

const platform = open();
const { store } = platform;
const lifted = open({ mostProjects: Infinity });
const count = (sql: string, ...values: string[]): number => store.sql.number(sql, ...values);

test('the town has as much more as was asked for', () => {
  const plain = openStore({ baseUrl });
  stores.push(plain);
  const more = (table: string): number =>
    count(`SELECT count(*) FROM ${table}`) - plain.sql.number(`SELECT count(*) FROM ${table}`);
  assert.equal(more('project'), bulk.projects + 2, 'the consultation and the ballot have a project each');
  assert.equal(more('opinion') + more('version') + more('argument') + more('source'), bulk.contributions);
  assert.equal(more('proposal'), bulk.proposals);
  assert.equal(more('event'), bulk.events);
  assert.deepEqual(store.sql.all('PRAGMA foreign_key_check'), []);
});

test('a reset keeps what was added', () => {
  const before = store.sql.all('SELECT id FROM argument ORDER BY id');
  store.reset();
  assert.deepEqual(store.sql.all('SELECT id FROM argument ORDER BY id'), before);
});

test('a list of projects ends at the thousandth, and its total says no more', async () => {
  const { ids, totals } = await platform.readAll(projects, (data) => data.projects);
  assert.deepEqual(totals, [1000]);
  assert.equal(new Set(ids).size, 1000);
  assert.equal(ids.length, 1000);
  const newest = store.sql.all<{ id: string }>(
    `SELECT id FROM project WHERE visibility = 'PUBLIC' AND (locale IS NULL OR locale = 'fr-FR')
      ORDER BY published_at DESC, id LIMIT 1000`,
  );
  assert.deepEqual(
    ids,
    newest.map(({ id }) => globalId('Project', id)),
  );
});

test('the limit counts what a filter has left', async () => {
  const limited = open({ mostProjects: 150 });
  const closed = (args: string) => `{ projects(status: "3", ${args}) { ${page} } }`;
  const all = await lifted.readAll(closed, (data) => data.projects);
  const some = await limited.readAll(closed, (data) => data.projects);
  assert.ok(all.ids.length > 300);
  assert.deepEqual(some, { ids: all.ids.slice(0, 150), totals: [150] });
});

test('the limit can be lifted, for measuring', async () => {
  const { ids, totals } = await lifted.readAll(projects, (data) => data.projects);
  const visible = count(
    `SELECT count(*) FROM project WHERE visibility = 'PUBLIC' AND coalesce(locale, 'fr-FR') = 'fr-FR'`,
  );
  assert.ok(visible > bulk.projects);
  assert.deepEqual(totals, [visible]);
  assert.equal(new Set(ids).size, visible);
});

test('projects differ in what a list shows', () => {
  for (const [column, least] of [
    ['title', bulk.projects],
    ['type_id', 6],
    ['published_at', 300],
  ] as const) {
    assert.ok(count(`SELECT count(DISTINCT ${column}) FROM project`) >= least, column);
  }
});

test('the contributions are read to the end, each once and in order, in both directions', async () => {
  const id = store.state().consultations['bulk'] ?? '';
  const list = (direction: string) => (args: string) =>
    `{ node(id: "${id}") { ... on Consultation {
      contributions(includeTrashed: true, orderBy: { field: CREATED_AT, direction: ${direction} }, ${args}) { ${page} } } } }`;
  const up = await platform.readAll(list('ASC'), (data) => data.node.contributions);
  const down = await platform.readAll(list('DESC'), (data) => data.node.contributions);
  const rows = store.sql.all<{ type: string; id: string }>(
    `SELECT type, n.id FROM contribution n JOIN consultation c ON c.id = n.consultation_id
      WHERE c.slug = 'valmont-en-2040' ORDER BY n.created_at, n.id`,
  );
  assert.equal(rows.length, bulk.contributions);
  assert.deepEqual(
    up.ids,
    rows.map((row) => globalId(row.type, row.id)),
  );
  assert.deepEqual(up.totals, [bulk.contributions]);
  assert.deepEqual(new Set(down.ids), new Set(up.ids));
  assert.equal(down.ids.length, bulk.contributions);
});

test('what is moderated while a reader goes through the list is gone from its next page', async () => {
  const id = store.state().consultations['bulk'] ?? '';
  const list = (args: string) =>
    `{ node(id: "${id}") { ... on Consultation {
      contributions(orderBy: { field: CREATED_AT, direction: ASC }, ${args}) { ${page} } } } }`;
  const before = await platform.readAll(list, (data) => data.node.contributions);
  assert.ok(before.ids.length < bulk.contributions, 'moderated ones are not listed');
  const [seen = '', coming = ''] = [before.ids[3], before.ids[250]];
  let pages = 0;
  const moderate = (): void => {
    if (++pages !== 1) return;
    for (const contribution of [seen, coming]) {
      const [type = '', raw = ''] = Buffer.from(contribution, 'base64').toString().split(':');
      store.sql.run(`UPDATE ${type.toLowerCase()} SET trashed_at = 1 WHERE id = ?`, raw);
    }
  };
  const now = await platform.readAll(list, (data) => data.node.contributions, moderate);
  store.reset();
  // Versions and remarks go with their opinion.
  const gone = before.ids.filter((each) => !now.ids.includes(each));
  assert.ok(now.ids.includes(seen), 'its page had been read');
  assert.ok(gone.includes(coming));
  assert.deepEqual(
    now.ids,
    before.ids.filter((each) => !gone.includes(each)),
    'nothing is skipped and nothing comes twice',
  );
});

test('the ballot is open, and its proposals are those that the state names', async () => {
  const { steps, proposals } = store.state();
  const body = await platform.ask(
    `{ node(id: "${steps['bulk'] ?? ''}") { ... on SelectionStep { state votable proposals(first: 5) { totalCount } } } }`,
  );
  assert.deepEqual(JSON.parse(JSON.stringify(body.data.node)), {
    state: 'OPENED',
    votable: true,
    proposals: { totalCount: bulk.proposals },
  });
  assert.equal(new Set(proposals['bulk']).size, bulk.proposals);
});
