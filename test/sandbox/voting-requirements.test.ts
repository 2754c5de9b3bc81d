/* eslint-disable @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { openBooth, refusalOf } from './voting-booth.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => {
  assert.deepEqual(booth.masked, [], 'nothing failed behind a masked message');
  booth.restore();
});
after(() => store.close());

async function seen(index: number) {
  const stepId = booth.step('requirements');
  const fields = `... on Proposal {
    viewerHasVote(step: "${stepId}") viewerVote(step: "${stepId}") { completionStatus isAccounted }
    contributorVote(step: "${stepId}") { completionStatus }
    votes(stepId: "${stepId}", first: 0, includeNotAccounted: true) { totalCount }
    currentVotableStep { viewerVotes { totalCount } }
  }`;
  return (await booth.read('citizen', booth.proposal('requirements', index), fields)).data.node;
}

test('a vote that lacks a requirement is stored, and hidden nearly everywhere, until the next one deletes it', async () => {
  const before = await seen(0);
  const { data } = await booth.vote('citizen', 'requirements', 0);
  assert.equal(data.addProposalVote.errorCode, null);
  const { vote } = data.addProposalVote;
  assert.deepEqual([vote.completionStatus, vote.isAccounted, vote.published], ['MISSING_REQUIREMENTS', false, true]);
  assert.deepEqual(await seen(0), {
    ...before,
    viewerHasVote: false,
    viewerVote: { completionStatus: 'MISSING_REQUIREMENTS', isAccounted: false },
    contributorVote: { completionStatus: 'MISSING_REQUIREMENTS' },
  });
  const second = await booth.vote('citizen', 'requirements', 1);
  assert.deepEqual(
    booth.rows('citizen', 'requirements').map(({ id }) => String(id)),
    [second.data.addProposalVote.vote.id],
  );
});

async function tickEverything(): Promise<void> {
  booth.change('user', users.citizen, { phone: '+33639980099', phone_confirmed: 1 });
  const fields = '... on ProposalStep { requirements { edges { node { __typename id } } } }';
  const { data } = await booth.read('citizen', booth.step('requirements'), fields);
  const boxes = data.node.requirements.edges.filter(
    ({ node }: { node: { __typename: string } }) => node.__typename === 'CheckboxRequirement',
  );
  const values = boxes.map(({ node }: { node: { id: string } }) => ({ requirementId: node.id, value: true }));
  await booth.send('updateRequirement', { values }, 'requirements { id }', users.citizen);
}

test('with all that is required a vote counts; one that was set aside is finished on the platform’s page', async () => {
  const { data } = await booth.vote('citizen', 'requirements', 0, 'vote { id requirementsUrl }');
  const { id, requirementsUrl } = data.addProposalVote.vote;
  assert.equal(
    requirementsUrl,
    `${store.baseUrl}/requirements/step/${rawId(booth.step('requirements'))}/contribution/${id}`,
  );
  const finish = () => booth.send('validateContribution', { contributionId: id }, 'redirectUrl', users.citizen);
  assert.match(refusalOf(await finish(), 'validateContribution'), /requirements/);
  await tickEverything();
  const { redirectUrl } = (await finish()).data.validateContribution;
  assert.equal(
    redirectUrl,
    (await booth.read('citizen', booth.step('requirements'), '... on Step { url }')).data.node.url,
  );
  assert.equal((await seen(0)).viewerHasVote, true);
  assert.equal((await booth.vote('citizen', 'requirements', 1)).data.addProposalVote.vote.isAccounted, true);
});

test('nobody else can finish somebody’s vote', async () => {
  const { data } = await booth.vote('citizen', 'requirements', 0, 'vote { id }');
  const input = { contributionId: data.addProposalVote.vote.id };
  assert.match(
    refusalOf(await booth.send('validateContribution', input, 'redirectUrl', users.second), 'validateContribution'),
    /^Unknown contribution/,
  );
  assert.equal(
    refusalOf(await booth.send('validateContribution', input, 'redirectUrl'), 'validateContribution'),
    'You must be logged in or send a participant token',
  );
});

test('requirements are asked for only by the vote that would reach the minimum', async () => {
  booth.change('step', booth.step('requirements'), { votes_min: 2 });
  const statuses: unknown[] = [];
  for (const index of [0, 1]) {
    const { vote } = (await booth.vote('citizen', 'requirements', index)).data.addProposalVote;
    statuses.push([vote.completionStatus, vote.isAccounted]);
  }
  assert.deepEqual(statuses, [
    ['COMPLETED', false],
    ['MISSING_REQUIREMENTS', false],
  ]);
});
