/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { globalId, rawId } from '../../sandbox/platform/ids.js';
import { openBooth, refusalOf } from './voting-booth.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => {
  assert.deepEqual(booth.masked, [], 'nothing failed behind a masked message');
  booth.restore();
});
after(() => store.close());

const day = 86_400_000;

async function refusal(input: { proposalId: string; stepId: string }): Promise<string> {
  return refusalOf(await booth.send('addProposalVote', input, 'vote { id }', users.citizen), 'addProposalVote');
}

test('a vote is anonymous unless it says otherwise', async () => {
  assert.equal((await booth.vote('citizen', 'simple', 0)).data.addProposalVote.vote.anonymous, true);
  const shown = await booth.vote('citizen', 'simple', 1, 'vote { anonymous }', { anonymously: false });
  assert.equal(shown.data.addProposalVote.vote.anonymous, false);
});

test('the ids are checked first, the proposal before the step', async () => {
  const { step, proposal } = booth.choice('simple', 0);
  assert.equal(await refusal({ proposalId: 'nobody', stepId: 'nowhere' }), 'Unknown proposal with id: nobody');
  assert.equal(await refusal({ proposalId: step, stepId: step }), `Unknown proposal with id: ${step}`);
  assert.equal(await refusal({ proposalId: proposal, stepId: 'nowhere' }), 'Unknown step with id: nowhere');
  const { consultations, projects } = store.state();
  for (const stepId of [Object.values(consultations)[0] ?? '', projects.budget])
    assert.equal(await refusal({ proposalId: proposal, stepId }), `Wrong step with id: ${stepId}`);
});

test('raw ids do as well as global ones', async () => {
  const { step, proposal } = booth.choice('simple', 0);
  const input = { proposalId: rawId(proposal), stepId: globalId('AbstractStep', rawId(step)) };
  const { data } = await booth.send('addProposalVote', input, 'vote { step { id } }', users.citizen);
  assert.equal(data.addProposalVote.vote.step.id, step);
});

test('a proposal must belong to the step, which says in its own words that it does not', async () => {
  const proposalId = booth.proposal('simple', 0);
  assert.equal(
    await refusal({ proposalId, stepId: booth.step('limited') }),
    'This proposal is not associated to this selection step.',
  );
  assert.equal(
    await refusal({ proposalId, stepId: booth.step('threshold') }),
    'This proposal is not associated to this collect step.',
  );
});

test('a proposal of a project that is hidden from the voter is unknown', async () => {
  const project = store.sql.get<{ project_id: string }>(
    'SELECT project_id FROM step WHERE id = ?',
    rawId(booth.step('simple')),
  );
  booth.change('project', project?.project_id ?? '', { visibility: 'ADMIN' });
  const { step, proposal } = booth.choice('simple', 0);
  assert.equal(await refusal({ proposalId: proposal, stepId: step }), `Unknown proposal with id: ${proposal}`);
});

test('a step without votes is not votable', async () => {
  booth.change('step', booth.step('simple'), { vote_type: 'DISABLED' });
  assert.equal(refusalOf(await booth.vote('citizen', 'simple', 0), 'addProposalVote'), 'This step is not votable.');
});

test('the limit of votes is checked before whether one voted already', async () => {
  for (const index of [0, 1, 2]) await booth.vote('citizen', 'limited', index);
  for (const index of [3, 0])
    assert.equal(
      refusalOf(await booth.vote('citizen', 'limited', index), 'addProposalVote'),
      'You have reached the limit of votes.',
    );
  assert.equal(booth.rows('citizen', 'limited').length, 3);
});

test('a second vote for the same proposal is refused', async () => {
  await booth.vote('citizen', 'simple', 0);
  assert.equal(refusalOf(await booth.vote('citizen', 'simple', 0), 'addProposalVote'), 'proposal.vote.already_voted');
});

test('a step that is closed, to come or switched off gives a code, and no vote', async () => {
  for (const key of ['closed', 'future', 'simple']) {
    if (key === 'simple') booth.change('step', booth.step('simple'), { enabled: 0 });
    const { errors, data } = await booth.vote('citizen', key, 0);
    assert.equal(errors, undefined);
    assert.deepEqual(data.addProposalVote, { errorCode: 'CONTRIBUTION_NOT_ALLOWED', vote: null });
    assert.equal(booth.rows('citizen', key).length, 0);
  }
});

test('an archived proposal cannot be voted for', async () => {
  const { data } = await booth.vote('citizen', 'simple', -1);
  assert.deepEqual(data.addProposalVote, { errorCode: 'CONTRIBUTION_NOT_ALLOWED', vote: null });
});

test('a step that asks for a confirmed e-mail address forgets to look at its dates', async () => {
  booth.change('step', booth.step('requirements'), { end_at: store.now() - day });
  const { data } = await booth.vote('citizen', 'requirements', 0);
  assert.equal(data.addProposalVote.errorCode, null);
  assert.equal(booth.rows('citizen', 'requirements').length, 1);
});

test('a telephone number votes once in a step, and only where it is confirmed', async () => {
  await booth.vote('second', 'simple', 0);
  booth.change('user', users.citizen, { phone: '+33639980042', phone_confirmed: 0 });
  assert.equal((await booth.vote('citizen', 'simple', 0)).data.addProposalVote.errorCode, null);
  booth.change('user', users.citizen, { phone_confirmed: 1 });
  const { data } = await booth.vote('citizen', 'simple', 1);
  assert.deepEqual(data.addProposalVote, { errorCode: 'PHONE_ALREADY_USED', vote: null });
  assert.equal((await booth.vote('citizen', 'limited', 1)).data.addProposalVote.errorCode, null, 'in another step');
  booth.change('user', users.second, { phone_confirmed: 0 });
  assert.equal((await booth.vote('citizen', 'simple', 1)).data.addProposalVote.errorCode, null, 'another’s is not');
});

test('nobody signed in is denied in the platform’s one sentence', async () => {
  const { step, proposal } = booth.choice('simple', 0);
  const body = await booth.send('addProposalVote', { stepId: step, proposalId: proposal }, 'vote { id }');
  assert.deepEqual(body, {
    errors: [
      {
        message: 'Access denied to this field.',
        extensions: { category: 'user' },
        locations: [{ line: 1, column: 44 }],
        path: ['addProposalVote'],
      },
    ],
    data: { addProposalVote: null },
  });
});

function accounted(): number[] {
  return booth.rows('citizen', 'minimum').map(({ is_accounted: is }) => is);
}

test('no vote counts before the minimum, then all do, and none again below it', async () => {
  for (const expected of [[0], [0, 0], [1, 1, 1], [1, 1, 1, 1]]) {
    const { vote } = (await booth.vote('citizen', 'minimum', expected.length - 1)).data.addProposalVote;
    assert.deepEqual(accounted(), expected);
    assert.equal(vote.isAccounted, expected[0] === 1);
  }
  for (const expected of [
    [1, 1, 1],
    [0, 0],
  ]) {
    const { data } = await booth.withdraw('citizen', 'minimum', expected.length);
    assert.equal(data.removeProposalVote.areRemainingVotesAccounted, expected[0] === 1);
    assert.deepEqual(accounted(), expected);
  }
});

test('the minimum holds whether or not its flag shows it', async () => {
  booth.change('feature_flag', 'votes_min', { enabled: 0 });
  await booth.vote('citizen', 'minimum', 0);
  assert.deepEqual(accounted(), [0]);
});

test('consent to letters is asked for with the first vote that counts, of those who have not given it', async () => {
  const asked = async (voter: 'citizen' | 'second', key: string, index: number) =>
    (await booth.vote(voter, key, index, 'shouldTriggerConsentInternalCommunication')).data.addProposalVote
      .shouldTriggerConsentInternalCommunication;
  assert.deepEqual([await asked('citizen', 'simple', 0), await asked('citizen', 'simple', 1)], [true, false]);
  assert.equal(await asked('second', 'simple', 0), false, 'who has given it');
  assert.equal(await asked('citizen', 'requirements', 0), false, 'a vote that was set aside');
  const minimum: boolean[] = [];
  for (const index of [0, 1, 2, 3]) minimum.push(await asked('citizen', 'minimum', index));
  assert.deepEqual(minimum, [false, false, true, false]);
});

test('the answer says whether the project has one participant more, and one less', async () => {
  const add = 'shouldIncrementProjectContributorsTotalCount';
  const remove = 'shouldDecrementContributorsTotalCount';
  const more: boolean[] = [];
  for (const index of [0, 1]) more.push((await booth.vote('citizen', 'simple', index, add)).data.addProposalVote[add]);
  assert.deepEqual(more, [true, false]);
  const less: boolean[] = [];
  for (const index of [0, 1])
    less.push((await booth.withdraw('citizen', 'simple', index, remove)).data.removeProposalVote[remove]);
  assert.deepEqual(less, [false, true]);
});

test('the answer carries what pages show next, read from the database at once', async () => {
  const stepId = booth.step('ranking');
  const count = () =>
    store.sql.number(
      'SELECT count(*) FROM proposal_vote WHERE step_id = ? AND proposal_id = ? AND is_accounted = 1 AND published_at IS NOT NULL',
      rawId(stepId),
      rawId(booth.proposal('ranking', 0)),
    );
  const before = count();
  const { data } = await booth.vote(
    'citizen',
    'ranking',
    0,
    `errorCode clientMutationId voteEdge { cursor node { id anonymous completionStatus
      proposal { id votes(stepId: "${stepId}", first: 0) { totalCount } viewerVote(step: "${stepId}") { completionStatus } }
      step { id votesMin votesLimit viewerVotes(orderBy: { field: POSITION, direction: ASC }) { totalCount edges { node { id } } } } } }
     viewer { proposalVotes(stepId: "${stepId}") { totalCount creditsLeft creditsSpent } }`,
    { clientMutationId: 'one' },
  );
  const { voteEdge, viewer, clientMutationId } = data.addProposalVote;
  assert.equal(clientMutationId, 'one');
  assert.match(voteEdge.node.id, /^\d+$/, 'ids of votes are plain numbers');
  assert.deepEqual(voteEdge.node.proposal, {
    id: booth.proposal('ranking', 0),
    votes: { totalCount: before + 1 },
    viewerVote: { completionStatus: 'COMPLETED' },
  });
  assert.equal(count(), before + 1);
  assert.deepEqual(voteEdge.node.step, {
    id: stepId,
    votesMin: null,
    votesLimit: 5,
    viewerVotes: { totalCount: 1, edges: [{ node: { id: voteEdge.node.id } }] },
  });
  assert.deepEqual(viewer.proposalVotes, { totalCount: 1, creditsLeft: 0, creditsSpent: 0 });
});

test('a vote of somebody whose e-mail address is not confirmed waits for it, and does not count', async () => {
  const stepId = booth.step('simple');
  const count = async () =>
    (
      await booth.read(
        undefined,
        booth.proposal('simple', 0),
        `... on Proposal { votes(stepId: "${stepId}", first: 0) { totalCount } }`,
      )
    ).data.node.votes.totalCount;
  const before = await count();
  const { data } = await booth.vote(
    'unconfirmed',
    'simple',
    0,
    'vote { published publishedAt isAccounted notPublishedReason }',
  );
  assert.deepEqual(data.addProposalVote.vote, {
    published: false,
    publishedAt: null,
    isAccounted: true,
    notPublishedReason: 'WAITING_AUTHOR_CONFIRMATION',
  });
  assert.equal(await count(), before);
});
