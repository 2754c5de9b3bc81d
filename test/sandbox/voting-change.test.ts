/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { openBooth, refusalOf } from './voting-booth.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => {
  assert.deepEqual(booth.masked, [], 'nothing failed behind a masked message');
  booth.restore();
});
after(() => store.close());

const day = 86_400_000;

function close(key: string): void {
  booth.change('step', booth.step(key), { end_at: store.now() - day });
}

async function refusal(mutation: string, input: object): Promise<string> {
  return refusalOf(await booth.send(mutation, input, '__typename', users.citizen), mutation);
}

test('a withdrawal checks the ids, then the vote, then the dates', async () => {
  const { step, proposal } = booth.choice('simple', 0);
  const remove = (proposalId: string, stepId: string) => refusal('removeProposalVote', { proposalId, stepId });
  assert.equal(await remove('nobody', step), 'Unknown proposal with id: nobody');
  assert.equal(await remove(proposal, 'nowhere'), 'Unknown step with id: nowhere');
  const project = store.state().projects.budget;
  assert.equal(await remove(proposal, project), `Wrong step with id: ${project}`);
  close('simple');
  assert.equal(await remove(proposal, step), 'You have not voted for this proposal in this step.');
  booth.restore();
  await booth.vote('citizen', 'simple', 0);
  close('simple');
  assert.equal(await remove(proposal, step), 'This step is no longer contributable.');
  assert.equal(booth.rows('citizen', 'simple').length, 1);
});

test('a withdrawal names the vote that was, by its number', async () => {
  const { id } = (await booth.vote('citizen', 'simple', 0)).data.addProposalVote.vote;
  const fields = 'previousVoteId areRemainingVotesAccounted proposal { id } step { id } viewer { id }';
  const { data } = await booth.withdraw('citizen', 'simple', 0, fields);
  assert.deepEqual(data.removeProposalVote, {
    previousVoteId: id,
    areRemainingVotesAccounted: true,
    proposal: { id: booth.proposal('simple', 0) },
    step: { id: booth.step('simple') },
    viewer: { id: Buffer.from(`User:${users.citizen}`).toString('base64') },
  });
  assert.equal(booth.rows('citizen', 'simple').length, 0);
});

test('a step that is switched off takes no votes but gives them back', async () => {
  await booth.vote('citizen', 'simple', 0);
  booth.change('step', booth.step('simple'), { enabled: 0 });
  assert.equal((await booth.vote('citizen', 'simple', 1)).data.addProposalVote.errorCode, 'CONTRIBUTION_NOT_ALLOWED');
  assert.ok((await booth.withdraw('citizen', 'simple', 0)).data.removeProposalVote.previousVoteId);
});

test('a vote that was set aside can be withdrawn too', async () => {
  await booth.vote('citizen', 'requirements', 0);
  assert.ok((await booth.withdraw('citizen', 'requirements', 0)).data.removeProposalVote.previousVoteId);
  assert.equal(booth.rows('citizen', 'requirements').length, 0);
});

async function update(key: string, votes: { id: string; anonymous: boolean }[]) {
  const fields =
    'clientMutationId step { id viewerVotes(orderBy: { field: POSITION, direction: ASC }) { edges { node { id ranking } } } }';
  return booth.send('updateProposalVotes', { step: booth.step(key), votes }, fields, users.citizen);
}

async function votedFor(key: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push((await booth.vote('citizen', key, index)).data.addProposalVote.vote.id);
  return ids;
}

const secretly = (id: string) => ({ id, anonymous: true });

test('a whole ballot is sent in its order, which becomes the ranking', async () => {
  const [first = '', second = '', third = ''] = await votedFor('ranking', 3);
  const { data } = await update('ranking', [second, third, first].map(secretly));
  assert.deepEqual(data.updateProposalVotes.step, {
    id: booth.step('ranking'),
    viewerVotes: {
      edges: [
        { node: { id: second, ranking: 0 } },
        { node: { id: third, ranking: 1 } },
        { node: { id: first, ranking: 2 } },
      ],
    },
  });
});

test('what the list leaves out is deleted, and an empty list deletes everything', async () => {
  const [first = '', , third = ''] = await votedFor('simple', 3);
  await update('simple', [{ id: third, anonymous: false }, secretly(first)]);
  assert.deepEqual(
    booth.rows('citizen', 'simple').map(({ id, anonymous }) => [String(id), anonymous]),
    [
      [first, 1],
      [third, 0],
    ],
  );
  await update('simple', []);
  assert.deepEqual(booth.rows('citizen', 'simple'), []);
});

test('a list touches nobody else’s votes', async () => {
  const other = (await booth.vote('second', 'simple', 0)).data.addProposalVote.vote.id;
  await update('simple', [{ id: other, anonymous: false }]);
  assert.deepEqual(
    booth.rows('second', 'simple').map(({ id, anonymous }) => [String(id), anonymous]),
    [[other, 1]],
  );
});

test('a list is refused for a step that is unknown or of another kind, in words of its own', async () => {
  assert.equal(await refusal('updateProposalVotes', { step: 'nowhere', votes: [] }), 'Unknown step with id "nowhere"');
  const project = store.state().projects.budget;
  assert.equal(
    await refusal('updateProposalVotes', { step: project, votes: [] }),
    `Not good step with id "${project}"`,
  );
});

test('on a closed step nothing can be deleted or moved, but names can still be shown or hidden', async () => {
  const [first = '', second = ''] = await votedFor('ranking', 2);
  close('ranking');
  assert.equal(
    refusalOf(await update('ranking', [{ id: first, anonymous: false }]), 'updateProposalVotes'),
    'This step is not contribuable.',
  );
  assert.deepEqual(
    booth.rows('citizen', 'ranking').map(({ anonymous }) => anonymous),
    [1, 1],
    'a refusal leaves everything as it was',
  );
  await update(
    'ranking',
    [second, first].map((id) => ({ id, anonymous: false })),
  );
  assert.deepEqual(
    booth.rows('citizen', 'ranking').map(({ anonymous, ranking }) => [anonymous, ranking]),
    [
      [0, 0],
      [0, 1],
    ],
  );
});

test('a list that falls below the minimum is taken, and what remains no longer counts', async () => {
  const ids = await votedFor('minimum', 3);
  assert.equal((await update('minimum', ids.slice(1).map(secretly))).errors, undefined);
  assert.deepEqual(
    booth.rows('citizen', 'minimum').map(({ is_accounted: is }) => is),
    [0, 0],
  );
});

test('a list is not weighed against the budget', async () => {
  const ids = await votedFor('budget', 2);
  for (const index of [0, 1]) booth.change('proposal', booth.proposal('budget', index), { estimation: 300_000 });
  assert.equal((await update('budget', ids.map(secretly))).errors, undefined);
  assert.equal(booth.rows('citizen', 'budget').length, 2);
});

test('one switch shows or hides the name on all votes of a step', async () => {
  const ids = await votedFor('simple', 2);
  await booth.vote('citizen', 'limited', 0);
  const input = { stepId: booth.step('simple'), anonymous: false };
  const { data } = await booth.send('updateVotesVisibility', input, 'votes { id anonymous }', users.citizen);
  assert.deepEqual(
    data.updateVotesVisibility.votes,
    ids.map((id) => ({ id, anonymous: false })),
  );
  assert.equal(booth.rows('citizen', 'limited')[0]?.anonymous, 1);
});

test('every change of votes needs somebody who is signed in', async () => {
  const { step, proposal } = booth.choice('simple', 0);
  const inputs = {
    removeProposalVote: { stepId: step, proposalId: proposal },
    updateProposalVotes: { step, votes: [] },
    updateVotesVisibility: { stepId: step, anonymous: true },
    updateRequirement: { values: [] },
  };
  for (const [mutation, input] of Object.entries(inputs))
    assert.equal(refusalOf(await booth.send(mutation, input, '__typename'), mutation), 'Access denied to this field.');
});

test('votes without an account are not part of this sandbox, which says so before anything is done', async () => {
  for (const mutation of ['addProposalSmsVote', 'removeProposalSmsVote', 'updateAnonymousProposalVotes']) {
    const body = await booth.ask('internal', `mutation { ${mutation}(input: {}) { clientMutationId } }`);
    assert.equal(body.errors[0].extensions.category, 'graphql');
    assert.equal(body.data, undefined);
  }
});

test('a box that a step asks for is ticked and cleared', async () => {
  const fields = '... on ProposalStep { requirements { edges { node { id type } } } }';
  const { edges } = (await booth.read('citizen', booth.step('requirements'), fields)).data.node.requirements;
  const box = edges.find(({ node }: { node: { type: string } }) => node.type === 'CHECKBOX').node.id;
  for (const value of [true, true, false]) {
    const { data } = await booth.send(
      'updateRequirement',
      { values: [{ requirementId: box, value }] },
      'requirements { id viewerMeetsTheRequirement } viewer { id }',
      users.citizen,
    );
    assert.deepEqual(data.updateRequirement.requirements, [{ id: box, viewerMeetsTheRequirement: value }]);
  }
  assert.equal(
    await refusal('updateRequirement', { values: [{ requirementId: 'nothing', value: true }] }),
    'Unknown requirement with id: nothing',
  );
});
