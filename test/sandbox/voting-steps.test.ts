/* eslint-disable @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { openBooth, refusalOf } from './voting-booth.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => booth.restore());
after(() => store.close());

const day = 86_400_000;

async function ofStep(key: string, fields: string, voter?: 'citizen') {
  return (await booth.read(voter, booth.step(key), `... on ProposalStep { ${fields} }`)).data.node;
}

test('each seeded step votes in the way of its name', async () => {
  const found: Record<string, string[]> = {};
  for (const key of Object.keys(store.state().steps)) found[key] = (await ofStep(key, 'voteTypes')).voteTypes;
  assert.deepEqual(found, {
    budget: ['BUDGET'],
    closed: ['BUDGET'],
    future: ['MAX'],
    envelope: ['BUDGET'],
    many: ['BUDGET'],
    limited: ['MAX'],
    minimum: ['MAX', 'MIN'],
    ranking: ['MAX', 'RANKING'],
    requirements: ['MAX'],
    secret: ['MAX', 'SECRET_BALLOT'],
    simple: ['SIMPLE'],
    threshold: ['THRESHOLD'],
  });
});

test('a step that carries a budget says so even when its votes are simple ones', async () => {
  booth.change('step', booth.step('simple'), { budget: 5000 });
  assert.deepEqual(await ofStep('simple', 'voteType voteTypes budget'), {
    voteType: 'SIMPLE',
    voteTypes: ['BUDGET'],
    budget: 5000,
  });
});

test('a step tells every setting of its vote', async () => {
  const fields = `votesLimit votesMin votesRanking budget voteThreshold isSecretBallot publishedVoteDate canDisplayBallot
    votable open votesHelpText voteButtonIcon`;
  assert.deepEqual(await ofStep('budget', fields), {
    votesLimit: null,
    votesMin: null,
    votesRanking: false,
    budget: 300000,
    voteThreshold: null,
    isSecretBallot: false,
    publishedVoteDate: null,
    canDisplayBallot: true,
    votable: true,
    open: true,
    votesHelpText: '<p>Choisissez autant de projets que vous voulez, dans la limite de 300 000 €.</p>',
    voteButtonIcon: 'MONEY_PIGGY',
  });
  const { data } = await booth.read(
    undefined,
    booth.step('threshold'),
    '... on CollectStep { actionButtonLabel voteThreshold }',
  );
  assert.deepEqual({ ...data.node }, { actionButtonLabel: 'SUPPORT', voteThreshold: 100 });
});

test('a secret ballot is shown from the date on which its results are published', async () => {
  const shown = async () => (await ofStep('secret', 'canDisplayBallot')).canDisplayBallot;
  assert.equal(await shown(), false);
  booth.change('step', booth.step('secret'), { published_vote_date: store.now() + day });
  assert.equal(await shown(), false);
  booth.change('step', booth.step('secret'), { published_vote_date: store.now() - day });
  assert.equal(await shown(), true);
});

test('whether a step is votable does not depend on its dates, whether it is open does', async () => {
  assert.deepEqual(await ofStep('closed', 'votable open'), { votable: true, open: false });
  assert.deepEqual(await ofStep('future', 'votable open'), { votable: true, open: false });
  booth.change('step', booth.step('simple'), { vote_type: 'DISABLED' });
  assert.deepEqual(await ofStep('simple', 'votable open voteTypes'), {
    votable: false,
    open: true,
    voteTypes: ['DISABLED'],
  });
});

test('a proposal knows the step to vote in, and all those where it may be voted for', async () => {
  const collect = store.sql.get<{ id: string }>(
    `SELECT f.step_id AS id FROM proposal p JOIN proposal_form f ON f.id = p.form_id WHERE p.id = ?`,
    rawId(booth.proposal('simple', 0)),
  );
  const ask = async () =>
    (
      await booth.read(
        undefined,
        booth.proposal('simple', 0),
        '... on Proposal { currentVotableStep { id } votableSteps { id } }',
      )
    ).data.node;
  assert.deepEqual(await ask(), {
    currentVotableStep: { id: booth.step('simple') },
    votableSteps: [{ id: booth.step('simple') }],
  });
  booth.change('step', collect?.id ?? '', { vote_type: 'SIMPLE' });
  const { currentVotableStep, votableSteps } = await ask();
  assert.equal(votableSteps.length, 2);
  assert.equal(currentVotableStep.id, booth.step('simple'), 'the one that is open');
});

test('one proposal may be voted for once in each of its steps', async () => {
  const proposal = booth.proposal('simple', 0);
  const collect = store.sql.get<{ id: string }>(
    `SELECT f.step_id AS id FROM proposal p JOIN proposal_form f ON f.id = p.form_id WHERE p.id = ?`,
    rawId(proposal),
  );
  const stepId = collect?.id ?? '';
  booth.change('step', stepId, { vote_type: 'SIMPLE', end_at: store.now() + day });
  const here = await booth.vote('citizen', 'simple', 0);
  const there = await booth.send('addProposalVote', { proposalId: proposal, stepId }, 'vote { id }', users.citizen);
  assert.notEqual(here.data.addProposalVote.vote.id, there.data.addProposalVote.vote.id);
});

async function pointsOf(index: number): Promise<number> {
  const fields = `... on Proposal { votes(stepId: "${booth.step('ranking')}", first: 0) { totalPointsCount } }`;
  return (await booth.read(undefined, booth.proposal('ranking', index), fields)).data.node.votes.totalPointsCount;
}

test('the first place is worth as many points as there are votes to give, the next ones less by one each', async () => {
  const before = await Promise.all([0, 1, 2, 3, 4].map(pointsOf));
  for (const index of [0, 1, 2, 3, 4]) await booth.vote('citizen', 'ranking', index);
  const after = await Promise.all([0, 1, 2, 3, 4].map(pointsOf));
  assert.deepEqual(
    after.map((points, i) => points - (before[i] ?? 0)),
    [5, 4, 3, 2, 1],
  );
  const summed = store.sql.number(
    `SELECT sum(5 - ranking) FROM proposal_vote WHERE step_id = ? AND is_accounted = 1 AND proposal_id = ?`,
    rawId(booth.step('ranking')),
    rawId(booth.proposal('ranking', 0)),
  );
  assert.equal(after[0], summed);
});

test('a new vote takes the place behind all others, and only where places count', async () => {
  for (const index of [2, 0, 1]) await booth.vote('citizen', 'ranking', index);
  assert.deepEqual(
    booth.rows('citizen', 'ranking').map(({ ranking }) => ranking),
    [0, 1, 2],
  );
  assert.equal((await booth.vote('citizen', 'limited', 0)).data.addProposalVote.vote.ranking, null);
});

test('a withdrawal leaves its place free, so that two votes may share one until the whole order is sent', async () => {
  for (const index of [0, 1, 2]) await booth.vote('citizen', 'ranking', index);
  await booth.withdraw('citizen', 'ranking', 0);
  await booth.vote('citizen', 'ranking', 3);
  const rows = booth.rows('citizen', 'ranking');
  assert.deepEqual(
    rows.map(({ ranking }) => ranking),
    [1, 2, 2],
  );
  const votes = rows.map(({ id }) => ({ id: String(id), anonymous: true }));
  await booth.send('updateProposalVotes', { step: booth.step('ranking'), votes }, 'step { id }', users.citizen);
  assert.deepEqual(
    booth.rows('citizen', 'ranking').map(({ ranking }) => ranking),
    [0, 1, 2],
  );
});

test('votes come newest first unless their places are asked for', async () => {
  let now = Date.now();
  const clocked = openBooth(() => now);
  for (const index of [3, 1, 2]) {
    now += 1000;
    await clocked.vote('citizen', 'ranking', index);
  }
  const order = async (args: string) => {
    const fields = `... on ProposalStep { viewerVotes${args} { edges { node { ranking } } } }`;
    const { data } = await clocked.read('citizen', clocked.step('ranking'), fields);
    return data.node.viewerVotes.edges.map(({ node }: { node: { ranking: number } }) => node.ranking);
  };
  assert.deepEqual(await order(''), [2, 1, 0]);
  assert.deepEqual(await order('(orderBy: { field: POSITION, direction: ASC })'), [0, 1, 2]);
  clocked.store.close();
});

function price(...costs: (number | null)[]): void {
  costs.forEach((estimation, i) => booth.change('proposal', booth.proposal('budget', i), { estimation }));
}

test('what is left of a budget may be spent to the last euro, and not one more', async () => {
  price(200_000, 100_001, 100_000, 1);
  await booth.vote('citizen', 'budget', 0);
  assert.equal(
    refusalOf(await booth.vote('citizen', 'budget', 1), 'addProposalVote'),
    'proposal.vote.not_enough_credits',
  );
  assert.equal((await booth.vote('citizen', 'budget', 2)).data.addProposalVote.errorCode, null);
  assert.equal(
    refusalOf(await booth.vote('citizen', 'budget', 3), 'addProposalVote'),
    'proposal.vote.not_enough_credits',
  );
});

test('a proposal without an estimation costs nothing, whatever is left', async () => {
  price(300_000, null);
  await booth.vote('citizen', 'budget', 0);
  assert.equal((await booth.vote('citizen', 'budget', 1)).data.addProposalVote.vote.isAccounted, true);
});

test('only a step that is called a budget looks at money', async () => {
  price(300_000, 300_000, 300_000);
  booth.change('step', booth.step('budget'), { vote_type: 'SIMPLE' });
  for (const index of [0, 1]) assert.ok((await booth.vote('citizen', 'budget', index)).data.addProposalVote.vote);
  booth.change('step', booth.step('budget'), { vote_type: 'BUDGET', budget: 0 });
  assert.ok((await booth.vote('citizen', 'budget', 2)).data.addProposalVote.vote, 'a budget of zero is none');
});

const creditFields = 'viewerVotes { totalCount creditsSpent creditsLeft }';

test('credits are whole numbers, and are told at the step and at the viewer', async () => {
  price(100.9, 200.9);
  await booth.vote('citizen', 'budget', 0);
  await booth.vote('citizen', 'budget', 1);
  const credits = { creditsSpent: 301, creditsLeft: 299_699 };
  assert.deepEqual((await ofStep('budget', creditFields, 'citizen')).viewerVotes, { totalCount: 2, ...credits });
  const mine = async (args: string) =>
    (
      await booth.ask('internal', `{ viewer { proposalVotes${args} { creditsSpent creditsLeft } } }`, {
        userId: users.citizen,
      })
    ).data.viewer.proposalVotes;
  assert.deepEqual({ ...(await mine(`(stepId: "${booth.step('budget')}")`)) }, credits);
  assert.deepEqual({ ...(await mine('')) }, { creditsSpent: null, creditsLeft: null });
});

test('in a step without a budget what is left is what was spent, below zero', async () => {
  booth.change('proposal', booth.proposal('simple', 0), { estimation: 400 });
  await booth.vote('citizen', 'simple', 0);
  assert.deepEqual((await ofStep('simple', creditFields, 'citizen')).viewerVotes, {
    totalCount: 1,
    creditsSpent: 400,
    creditsLeft: -400,
  });
});

test('nobody signed in is told figures that look like a ballot nothing was chosen on', async () => {
  assert.deepEqual((await ofStep('budget', creditFields)).viewerVotes, {
    totalCount: 0,
    creditsSpent: 0,
    creditsLeft: 300_000,
  });
});
