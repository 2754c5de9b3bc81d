/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { openBooth } from './voting-booth.js';
import { startPlatformClient } from './platform-client.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => {
  booth.restore();
  store.sql.run('DELETE FROM participant');
});
after(() => store.close());

interface Line {
  readonly id: string;
  readonly title: string;
  readonly estimation: number | null;
}

interface Asker {
  readonly userId?: string;
  readonly ip?: string;
}

/** All proposals of a step, page after page. */
async function list(key: string, args: string, asker: Asker = {}): Promise<Line[]> {
  const query = `query ($id: ID!, $after: String) { node(id: $id) { ... on ProposalStep {
    proposals(first: 100, after: $after, ${args}) { pageInfo { hasNextPage endCursor } edges { node { id title estimation } } } } } }`;
  const found: Line[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await booth.ask('internal', query, {
      ...asker,
      variables: { id: booth.step(key), after },
    });
    assert.equal(errors, undefined);
    const { edges, pageInfo } = data.node.proposals;
    found.push(...edges.map(({ node }: { node: Line }) => node));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

const ids = (lines: readonly Line[]): string[] => lines.map(({ id }) => id);

test('five hundred proposals come in pages, each once, in every order', async () => {
  for (const order of ['RANDOM', 'VOTES', 'COST', 'PUBLISHED_AT', 'CREATED_AT']) {
    const found = ids(await list('many', `orderBy: [{ field: ${order}, direction: DESC }]`, { ip: '192.0.2.1' }));
    assert.equal(found.length, 500, order);
    assert.deepEqual(new Set(found), new Set(store.state().proposals['many']), order);
  }
});

test('a random order is one person’s own: by account, else by address', async () => {
  const random = async (asker: Asker): Promise<string> =>
    ids(await list('budget', 'orderBy: [{ field: RANDOM }]', asker)).join();
  const [here, there] = [{ ip: '192.0.2.1' }, { ip: '192.0.2.2' }];
  assert.equal(await random(here), await random(here));
  assert.notEqual(await random(here), await random(there));
  const [one, two] = [{ userId: users.citizen }, { userId: users.second }];
  assert.equal(
    await random({ ...one, ...here }),
    await random({ ...one, ...there }),
    'an account moves with its owner',
  );
  assert.notEqual(await random({ ...one, ...here }), await random({ ...two, ...here }));
});

test('over the wire, the address is the one that a gateway tells', async () => {
  const client = await startPlatformClient();
  try {
    const step = client.sandbox.store.state().steps['many'];
    const query = `{ node(id: "${step ?? ''}") { ... on SelectionStep { proposals(first: 9, orderBy: [{ field: RANDOM }]) { edges { node { id } } } } } }`;
    const from = async (address: string): Promise<string> =>
      (await client.postJson('/graphql/internal', { query }, { 'X-Forwarded-For': address })).text();
    assert.equal(await from('192.0.2.1'), await from('192.0.2.1'));
    assert.notEqual(await from('192.0.2.1'), await from('192.0.2.2'));
  } finally {
    await client.sandbox.stop();
  }
});

test('a search finds words whatever their case and accents, and a sign is nothing but itself', async () => {
  const [first = ''] = (await list('budget', 'term: "VELOS cargos"')).map(({ title }) => title);
  assert.match(first, /Vélos cargos/);
  assert.equal((await list('budget', 'term: "%"')).length, 0);
  assert.equal((await list('many', 'term: "kiosque saint-eloi"')).length, 1);
});

test('filters narrow a list to one category, district, theme and status, and go together', async () => {
  const fields = `form { categories { id } districts { id } } statuses { id }`;
  const { form, statuses } = (await booth.read(undefined, booth.step('closed'), `... on ProposalStep { ${fields} }`))
    .data.node;
  const all = await list('closed', '');
  assert.equal(all.length, 17);
  const parts = async (name: string, choices: readonly { id: string }[]): Promise<string[]> => {
    const found: string[] = [];
    for (const { id } of choices) found.push(...ids(await list('closed', `${name}: "${id}"`)));
    return found.sort();
  };
  assert.deepEqual(await parts('category', form.categories), ids(all).sort());
  const [placed, judged] = [await parts('district', form.districts), await parts('status', statuses)];
  assert.equal(placed.length, 16, 'the archived one has no place');
  assert.deepEqual(judged, placed);
  const won = await list('closed', `status: "${statuses[0].id as string}"`);
  const here = await list(
    'closed',
    `status: "${statuses[0].id as string}", district: "${form.districts[5].id as string}"`,
  );
  assert.ok(won.length > here.length && here.length > 0);
});

test('the results of the closed vote: its winners are what its budget pays for, in the order of all votes', async () => {
  const step = booth.step('closed');
  const query = `query ($id: ID!) { node(id: $id) { ... on SelectionStep { budget proposals(state: PUBLISHED) { edges { node {
    title estimation district { name } status(step: $id) { name color } votes(stepId: $id, first: 0) { totalCount }
    paperVotesTotalCount(stepId: $id) } } } } } }`;
  const { budget, proposals } = (await booth.ask('internal', query, { variables: { id: step } })).data.node;
  const lines: {
    estimation: number | null;
    status: { name: string; color: string };
    district: { name: string };
    votes: number;
  }[] = proposals.edges.map(({ node }: { node: { votes: { totalCount: number }; paperVotesTotalCount: number } }) => ({
    ...node,
    votes: node.votes.totalCount + node.paperVotesTotalCount,
  }));
  assert.equal(lines.length, 16);
  assert.equal(new Set(lines.map(({ district }) => district.name)).size, 6);
  lines.sort((a, b) => b.votes - a.votes);
  let left: number = budget;
  let exactly = 0;
  for (const { estimation, status } of lines) {
    const fits = (estimation ?? 0) <= left;
    assert.equal(status.name, fits ? 'Lauréate' : 'Non retenue');
    if (fits && estimation === left) exactly += 1;
    if (fits) left -= estimation ?? 0;
  }
  assert.equal(exactly, 1, 'one winner takes all that was left');
  assert.equal(left, 0);
});

test('the budget vote has every kind of cost', async () => {
  const step = store.sql.get<{ budget: number }>('SELECT budget FROM step WHERE id = ?', rawId(booth.step('budget')));
  const costs = (await list('budget', 'state: PUBLISHED')).map(({ estimation }) => estimation);
  const budget = step?.budget ?? 0;
  assert.equal(costs.length, 25, 'one of 26 is archived');
  assert.ok(costs.includes(null));
  assert.ok(costs.some((cost) => (cost ?? 0) > budget));
  // Three proposals leave exactly what a fourth costs.
  const four = [120_000, 92_000, 56_000, 32_000];
  assert.equal(
    four.reduce((sum, cost) => sum + cost),
    budget,
  );
  for (const cost of four) assert.ok(costs.includes(cost));
});

test('an account-less voter shows or hides the name beside all votes, as an account does', async () => {
  const { step, proposal } = booth.choice('simple', 0);
  const added = await booth.send(
    'addProposalSmsVote',
    { stepId: step, proposalId: proposal },
    'participantToken vote { anonymous }',
  );
  const { participantToken, vote } = added.data.addProposalSmsVote;
  assert.equal(vote.anonymous, true);
  const input = { stepId: step, anonymous: false, participantToken };
  const shown = await booth.send('updateVotesVisibility', input, 'votes { anonymous proposal { id } }');
  assert.deepEqual(shown.data.updateVotesVisibility.votes, [{ anonymous: false, proposal: { id: proposal } }]);
  const nobody = await booth.send('updateVotesVisibility', { ...input, participantToken: 'nobody' }, 'votes { id }');
  assert.equal(nobody.errors[0].message, 'Access denied to this field.');
});
