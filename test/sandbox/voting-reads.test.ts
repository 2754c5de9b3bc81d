/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { openBooth } from './voting-booth.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => booth.restore());
after(() => store.close());

const day = 86_400_000;

async function ofProposal(voter: 'citizen' | 'second' | 'admin' | undefined, key: string, fields: string, index = 0) {
  const body = await booth.read(voter, booth.proposal(key, index), `... on Proposal { ${fields} }`);
  return { ...body, proposal: body.data.node };
}

test('asked anonymously for the viewer’s vote, a proposal is lost whole, unless the field is left out', async () => {
  const asked = `title viewerHasVote(step: "${booth.step('simple')}")`;
  const lost = await ofProposal(undefined, 'simple', asked);
  assert.equal(lost.proposal, null);
  assert.equal(lost.errors, undefined);
  assert.equal(lost.extensions.warnings[0].message, 'Access denied to this field.');

  const query = `query ($id: ID!, $step: ID!, $isAuthenticated: Boolean!) {
    node(id: $id) { ... on Proposal { viewerHasVote(step: $step) @include(if: $isAuthenticated) } }
  }`;
  const { step, proposal } = booth.choice('simple', 0);
  const answer = async (userId?: string) =>
    booth.ask('internal', query, { userId, variables: { id: proposal, step, isAuthenticated: userId !== undefined } });
  assert.deepEqual(await answer(), { data: { node: {} } });
  assert.deepEqual(await answer(users.citizen), { data: { node: { viewerHasVote: false } } });
});

test('the viewer’s nullable vote is null with a warning, and a contributor’s vote needs no role', async () => {
  const step = booth.step('simple');
  const { proposal, extensions } = await ofProposal(undefined, 'simple', `title viewerVote(step: "${step}") { id }`);
  assert.equal(proposal.viewerVote, null);
  assert.equal(extensions.warnings.length, 1);
  const other = await ofProposal(undefined, 'simple', `contributorVote(step: "${step}") { id }`);
  assert.deepEqual([other.proposal.contributorVote, other.extensions], [null, undefined]);
});

test('a step gives the viewer’s votes to whoever asks, and none to nobody', async () => {
  await booth.vote('citizen', 'simple', 0);
  const fields = '... on ProposalStep { viewerVotes { totalCount edges { node { proposal { id } } } } }';
  const votes = async (voter?: 'citizen' | 'second') =>
    (await booth.read(voter, booth.step('simple'), fields)).data.node.viewerVotes;
  assert.deepEqual(await votes('citizen'), {
    totalCount: 1,
    edges: [{ node: { proposal: { id: booth.proposal('simple', 0) } } }],
  });
  assert.deepEqual(await votes('second'), { totalCount: 0, edges: [] });
  assert.deepEqual(await votes(), { totalCount: 0, edges: [] });
});

test('the viewer’s own list leaves out unpublished votes unless they are asked for, the step’s list does not', async () => {
  await booth.vote('unconfirmed', 'simple', 0);
  const step = booth.step('simple');
  const query = `{ viewer {
    published: proposalVotes(stepId: "${step}") { totalCount }
    all: proposalVotes(stepId: "${step}", includeUnpublished: true) { totalCount }
  } }`;
  const { viewer } = (await booth.ask('internal', query, { userId: users.unconfirmed })).data;
  assert.deepEqual(viewer, { published: { totalCount: 0 }, all: { totalCount: 1 } });
  const fields = '... on ProposalStep { viewerVotes { totalCount } }';
  assert.equal((await booth.read('unconfirmed', step, fields)).data.node.viewerVotes.totalCount, 1);
});

test('the public count has online votes that are published and counted, and no paper votes', async () => {
  const key = 'budget';
  const step = rawId(booth.step(key));
  const proposal = rawId(booth.proposal(key, 0));
  const counted = store.sql.number(
    `SELECT count(*) FROM proposal_vote WHERE step_id = ? AND proposal_id = ? AND published_at IS NOT NULL
      AND is_accounted = 1 AND completion_status = 'COMPLETED'`,
    step,
    proposal,
  );
  const paper = store.sql.number(
    'SELECT total_count FROM paper_vote WHERE step_id = ? AND proposal_id = ?',
    step,
    proposal,
  );
  const fields = `votes(stepId: "${booth.step(key)}", first: 0) { totalCount } paperVotesTotalCount(stepId: "${booth.step(key)}")`;
  assert.deepEqual((await ofProposal(undefined, key, fields)).proposal, {
    votes: { totalCount: counted },
    paperVotesTotalCount: paper,
  });
  assert.ok(counted > 0 && paper > 0);
});

test('votes below the minimum are not in the count, and come into it together', async () => {
  const fields = `votes(stepId: "${booth.step('minimum')}", first: 0) { totalCount }`;
  const counts = async () => {
    const all = [0, 1, 2].map(async (index) => (await ofProposal(undefined, 'minimum', fields, index)).proposal);
    return (await Promise.all(all)).map(({ votes }) => votes.totalCount as number);
  };
  const before = await counts();
  for (const index of [0, 1]) await booth.vote('citizen', 'minimum', index);
  assert.deepEqual(await counts(), before);
  await booth.vote('citizen', 'minimum', 2);
  assert.deepEqual(
    await counts(),
    before.map((count) => count + 1),
  );
});

test('without a step there are no points', async () => {
  const { proposal } = await ofProposal(undefined, 'ranking', 'votes(first: 0) { totalCount totalPointsCount }');
  assert.ok(proposal.votes.totalCount > 0);
  assert.equal(proposal.votes.totalPointsCount, 0);
});

test('a secret ballot answers 0 for its step to citizens, tells the town, and leaks without a step', async () => {
  const step = booth.step('secret');
  await booth.vote('citizen', 'secret', 0);
  const real = store.sql.number(
    'SELECT count(*) FROM proposal_vote WHERE step_id = ? AND proposal_id = ?',
    rawId(step),
    rawId(booth.proposal('secret', 0)),
  );
  const fields = `inStep: votes(stepId: "${step}", first: 0) { totalCount } leaked: votes(first: 0) { totalCount }`;
  for (const voter of [undefined, 'citizen', 'admin'] as const) {
    const { inStep, leaked } = (await ofProposal(voter, 'secret', fields)).proposal;
    assert.deepEqual([inStep.totalCount, leaked.totalCount], [voter === 'admin' ? real : 0, real]);
  }
  booth.change('step', step, { published_vote_date: store.now() - day });
  assert.equal((await ofProposal(undefined, 'secret', fields)).proposal.inStep.totalCount, real);
});

test('the viewer’s own secret vote is still told to the viewer', async () => {
  await booth.vote('citizen', 'secret', 0);
  const { proposal } = await ofProposal('citizen', 'secret', `viewerHasVote(step: "${booth.step('secret')}")`);
  assert.equal(proposal.viewerHasVote, true);
});

test('why a vote is not published depends on when its step ends and its voter confirms', async () => {
  await booth.vote('unconfirmed', 'simple', 0);
  const reason = async () => {
    const fields = `viewerVote(step: "${booth.step('simple')}") { published notPublishedReason }`;
    return (await booth.read('unconfirmed', booth.proposal('simple', 0), `... on Proposal { ${fields} }`)).data.node
      .viewerVote;
  };
  assert.deepEqual(await reason(), { published: false, notPublishedReason: 'WAITING_AUTHOR_CONFIRMATION' });
  booth.change('step', booth.step('simple'), { end_at: store.now() - day });
  assert.deepEqual(await reason(), { published: false, notPublishedReason: 'AUTHOR_NOT_CONFIRMED' });
  booth.change('user', users.unconfirmed, { email_confirmed_at: store.now() });
  assert.deepEqual(await reason(), { published: false, notPublishedReason: 'AUTHOR_CONFIRMED_TOO_LATE' });
});

test('an anonymous vote has an author for its author alone', async () => {
  const authors = async (voter: 'citizen' | 'second') => {
    const fields = `votes(stepId: "${booth.step('simple')}", first: 1) { edges { node { anonymous author { _id } } } }`;
    return (await ofProposal(voter, 'simple', fields)).proposal.votes.edges[0].node;
  };
  await booth.vote('citizen', 'simple', 0);
  assert.deepEqual(await authors('citizen'), { anonymous: true, author: { _id: users.citizen } });
  assert.deepEqual(await authors('second'), { anonymous: true, author: null });
  const input = { stepId: booth.step('simple'), anonymous: false };
  await booth.send('updateVotesVisibility', input, 'votes { id }', users.citizen);
  assert.deepEqual(await authors('second'), { anonymous: false, author: { _id: users.citizen } });
});

test('the platform’s own total counts the votes that count, of every kind', async () => {
  const total = async (onlyAccounted: boolean) =>
    (await booth.ask('internal', `{ votes(onlyAccounted: ${onlyAccounted}, first: 0) { totalCount } }`)).data.votes
      .totalCount as number;
  const tables = ['opinion_vote', 'version_vote', 'argument_vote', 'source_vote'];
  const others = tables.map((table) =>
    store.sql.number(`SELECT count(*) FROM ${table} WHERE published_at IS NOT NULL`),
  );
  const proposals = store.sql.number(
    'SELECT count(*) FROM proposal_vote WHERE published_at IS NOT NULL AND is_accounted = 1',
  );
  const before = await total(true);
  assert.equal(
    before,
    others.reduce((sum, count) => sum + count, proposals),
  );
  const all = await total(false);
  await booth.vote('citizen', 'minimum', 0);
  await booth.vote('citizen', 'requirements', 0);
  assert.equal(await total(true), before);
  assert.equal(await total(false), all + 1, 'a vote that was set aside is in no list');
});

test('a session is probed without harm, and what a page needs to offer a way in is open to all', async () => {
  const query = `{ isAuthenticated featureFlags { type enabled }
    ssoConfigurations { edges { node { __typename name enabled } } } siteParameter(keyname: "login.text.top") { value } }`;
  const { data, extensions } = await booth.ask('internal', query);
  assert.equal(extensions, undefined);
  assert.equal(data.isAuthenticated, false);
  assert.equal(data.featureFlags.find(({ type }: { type: string }) => type === 'votes_min').enabled, true);
  assert.ok(
    data.ssoConfigurations.edges.some(
      ({ node }: { node: { __typename: string; enabled: boolean } }) =>
        node.__typename === 'FranceConnectSSOConfiguration' && node.enabled,
    ),
  );
  assert.match(data.siteParameter.value, /compte citoyen/);
  const own = await booth.ask('internal', '{ isAuthenticated viewer { displayName } }', { userId: users.citizen });
  assert.deepEqual(own.data, { isAuthenticated: true, viewer: { displayName: 'Lucie Fontaine' } });
});
