/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call,
   @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { openBooth, refusalOf } from './voting-booth.js';
import type { Answer } from './platform-api.js';

const booth = openBooth();
const { store, users } = booth;
const { sql } = store;
afterEach(() => {
  booth.restore();
  sql.run('DELETE FROM participant');
  booth.masked.length = 0;
});
after(() => store.close());

const added = 'errorCode participantToken vote { id isAccounted anonymous published ranking completionStatus }';

function add(key: string, index: number, token?: string, fields = added): Promise<Answer> {
  const { step, proposal } = booth.choice(key, index);
  return booth.send('addProposalSmsVote', { stepId: step, proposalId: proposal, token }, fields);
}

function remove(key: string, index: number, token: string, fields = 'errorCode previousVoteId'): Promise<Answer> {
  const { step, proposal } = booth.choice(key, index);
  return booth.send('removeProposalSmsVote', { stepId: step, proposalId: proposal, token }, fields);
}

/** Somebody new, who has voted once. */
async function newcomer(key: string, index: number): Promise<string> {
  return String((await add(key, index)).data.addProposalSmsVote.participantToken);
}

/** As the platform's cookie holds a token. */
const cookie = (token: string): string => Buffer.from(token).toString('base64');

/** What a step and a proposal say of the votes of a token. */
async function votesOf(key: string, index: number, token?: string): Promise<Answer> {
  const { step, proposal } = booth.choice(key, index);
  const { data } = await booth.ask(
    'internal',
    `query ($step: ID!, $proposal: ID!, $token: String) {
      step: node(id: $step) { ... on ProposalStep {
        viewerVotes(token: $token, orderBy: { field: POSITION, direction: ASC }) {
          totalCount creditsSpent edges { node { id anonymous proposal { id } } }
        }
      } }
      proposal: node(id: $proposal) { ... on Proposal {
        votes(stepId: $step) { totalCount }
        contributorVote(step: $step, token: $token) { id completionStatus }
      } }
    }`,
    { variables: { step, proposal, token } },
  );
  return { ...data.step.viewerVotes, ...data.proposal };
}

const participants = (): number => sql.number('SELECT count(*) FROM participant');

test('a first vote makes a participant, whose token is given raw', async () => {
  const before = await votesOf('simple', 0);
  const { errorCode, participantToken, vote } = (await add('simple', 0)).data.addProposalSmsVote;
  assert.equal(errorCode, null);
  assert.match(participantToken, /^[0-9a-f]{32}$/);
  const { id, ...rest } = vote;
  assert.match(id, /^\d+$/);
  assert.deepEqual(rest, {
    isAccounted: true,
    anonymous: true,
    published: true,
    ranking: null,
    completionStatus: 'COMPLETED',
  });
  const now = await votesOf('simple', 0, cookie(participantToken));
  assert.equal(now.votes.totalCount, before.votes.totalCount + 1);
  assert.deepEqual(now.contributorVote, { id, completionStatus: 'COMPLETED' });
});

test('mutations take the token raw or in base64, reading takes it in base64 only', async () => {
  const token = await newcomer('simple', 0);
  for (const [i, sent] of [token, cookie(token)].entries())
    assert.equal((await add('simple', i + 1, sent)).data.addProposalSmsVote.participantToken, token);
  assert.equal(participants(), 1);
  assert.equal((await votesOf('simple', 0, cookie(token))).totalCount, 3);
  for (const sent of [token, undefined, cookie('f'.repeat(32))]) {
    const { totalCount, edges, contributorVote } = await votesOf('simple', 0, sent);
    assert.deepEqual({ totalCount, edges, contributorVote }, { totalCount: 0, edges: [], contributorVote: null });
  }
});

test('a token that nobody has makes somebody new without a word', async () => {
  const unknown = 'a'.repeat(32);
  const { errorCode, participantToken } = (await add('simple', 0, cookie(unknown))).data.addProposalSmsVote;
  assert.equal(errorCode, null);
  assert.notEqual(participantToken, unknown);
  assert.equal(participants(), 1);
});

test('one votes once for a proposal', async () => {
  const token = await newcomer('simple', 0);
  const { data } = await add('simple', 0, cookie(token));
  assert.deepEqual(data.addProposalSmsVote, {
    errorCode: 'PROPOSAL_ALREADY_VOTED',
    participantToken: null,
    vote: null,
  });
  assert.equal((await votesOf('simple', 0, cookie(token))).totalCount, 1);
});

test('at the limit the votes come along, but not for a token in base64', async () => {
  const token = await newcomer('limited', 0);
  for (const index of [1, 2]) await add('limited', index, token);
  for (const [sent, count] of [
    [token, 3],
    [cookie(token), 0],
  ] as const) {
    const { data } = await add('limited', 3, sent, 'errorCode votes { totalCount edges { node { id } } }');
    const { errorCode, votes } = data.addProposalSmsVote;
    assert.deepEqual([errorCode, votes.totalCount, votes.edges.length], ['VOTE_LIMIT_REACHED', count, count]);
  }
});

test('a refusal takes the whole answer away from those who ask for the participant', async () => {
  const token = await newcomer('simple', 0);
  for (const [mutation, answer] of [
    ['addProposalSmsVote', await add('simple', 0, token, 'errorCode participant { id }')],
    ['removeProposalSmsVote', await remove('simple', 0, 'nobody', 'errorCode participant { id }')],
  ] as const) {
    assert.equal(answer.data[mutation], null);
    assert.deepEqual(answer.errors[0].path, [mutation, 'participant']);
  }
  const fine = await add('simple', 1, token, 'participant { displayName phoneConfirmed }');
  assert.equal(fine.data.addProposalSmsVote.participant.phoneConfirmed, false);
});

test('a telephone number votes once in a step, be it with an account or without', async () => {
  const phone = '+33600000001';
  booth.change('user', users.citizen, { phone, phone_confirmed: 1 });
  await booth.vote('citizen', 'simple', 0);
  const token = await newcomer('simple', 0);
  sql.run('UPDATE participant SET phone = ?, phone_confirmed = 1 WHERE token = ?', phone, token);
  assert.equal((await add('simple', 1, token)).data.addProposalSmsVote.errorCode, 'PHONE_ALREADY_USED');
  assert.equal((await booth.vote('citizen', 'simple', 1)).data.addProposalVote.errorCode, 'PHONE_ALREADY_USED');
  sql.run('UPDATE participant SET phone_confirmed = 0');
  assert.equal((await add('simple', 1, token)).data.addProposalSmsVote.errorCode, null);
});

test('a closed step takes no vote and gives none back', async () => {
  const token = await newcomer('simple', 0);
  booth.change('step', booth.step('simple'), { end_at: store.now() - 1, timeless: 0 });
  const closed = 'This step is no longer contributable.';
  assert.equal(refusalOf(await add('simple', 1, token), 'addProposalSmsVote'), closed);
  assert.equal(refusalOf(await remove('simple', 0, token), 'removeProposalSmsVote'), closed);
});

test('a disabled step takes no vote, but gives one back', async () => {
  const token = await newcomer('simple', 0);
  booth.change('step', booth.step('simple'), { enabled: 0 });
  const closed = 'This step is no longer contributable.';
  assert.equal(refusalOf(await add('simple', 1, token), 'addProposalSmsVote'), closed);
  assert.equal((await remove('simple', 0, token)).data.removeProposalSmsVote.errorCode, null);
});

test('only a proposal that costs more than the whole budget is too dear', async () => {
  booth.change('step', booth.step('simple'), { vote_type: 'BUDGET', budget: 1000 });
  for (const [index, estimation] of [900, 1000, 1001].entries())
    booth.change('proposal', booth.proposal('simple', index), { estimation });
  const token = await newcomer('simple', 0);
  assert.equal((await add('simple', 1, token)).data.addProposalSmsVote.errorCode, null);
  assert.equal((await votesOf('simple', 0, cookie(token))).creditsSpent, 1900);
  assert.equal(refusalOf(await add('simple', 2, token), 'addProposalSmsVote'), 'proposal.vote.not_enough_credits');
  assert.equal(refusalOf(await add('simple', 2), 'addProposalSmsVote'), 'proposal.vote.not_enough_credits');
  assert.equal(participants(), 1, 'who is refused is not kept');
});

test('a vote that lacks a requirement is set aside', async () => {
  sql.run(
    "INSERT INTO requirement (id, step_id, type, position) VALUES ('asked', ?, 'FRANCE_CONNECT', 0)",
    rawId(booth.step('simple')),
  );
  const { vote, participantToken } = (await add('simple', 0)).data.addProposalSmsVote;
  sql.run("DELETE FROM requirement WHERE id = 'asked'");
  assert.deepEqual([vote.completionStatus, vote.isAccounted], ['MISSING_REQUIREMENTS', false]);
  const { totalCount, contributorVote } = await votesOf('simple', 0, cookie(participantToken));
  assert.deepEqual([totalCount, contributorVote.completionStatus], [0, 'MISSING_REQUIREMENTS']);
});

test('a participant is among the contributors until the last vote is withdrawn', async () => {
  const fields =
    '... on SelectionStep { contributors { totalCount } } ... on CollectStep { contributors { totalCount } }';
  const count = async (): Promise<number> => {
    const { data } = await booth.read(undefined, booth.step('simple'), fields);
    return data.node.contributors.totalCount;
  };
  const before = await count();
  const token = await newcomer('simple', 0);
  assert.equal(await count(), before + 1);
  const { previousVoteId } = (await remove('simple', 0, cookie(token))).data.removeProposalSmsVote;
  assert.match(previousVoteId, /^\d+$/);
  assert.equal(await count(), before);
  assert.equal(
    refusalOf(await remove('simple', 0, token), 'removeProposalSmsVote'),
    'You have not voted for this proposal in this step.',
  );
});

test('who is unknown has nothing to withdraw', async () => {
  const { data, errors } = await remove('simple', 0, 'b'.repeat(32));
  assert.equal(errors, undefined);
  assert.deepEqual(data.removeProposalSmsVote, { errorCode: 'PARTICIPANT_NOT_FOUND', previousVoteId: null });
});

test('a ballot is ordered, shown and shortened at once', async () => {
  booth.change('step', booth.step('simple'), { votes_ranking: 1 });
  const token = await newcomer('simple', 0);
  for (const index of [1, 2]) await add('simple', index, token);
  const [first, , last] = (await votesOf('simple', 0, cookie(token))).edges.map(({ node }: Answer) => node);
  const votes = [
    { id: last.id, anonymous: false },
    { id: first.id, anonymous: true },
  ];
  const input = { token: cookie(token), step: booth.step('simple'), votes };
  const { errors } = await booth.send('updateAnonymousProposalVotes', input, 'step { id }');
  assert.equal(errors, undefined);
  assert.deepEqual(
    (await votesOf('simple', 0, cookie(token))).edges.map(({ node }: Answer) => node),
    [{ ...last, anonymous: false }, first],
  );
});

test('the ballot of a token that nobody has is a fault of the platform', async () => {
  const input = { token: 'c'.repeat(32), step: booth.step('simple'), votes: [] };
  const { data, errors } = await booth.send('updateAnonymousProposalVotes', input, 'step { id }');
  assert.equal(data.updateAnonymousProposalVotes, null);
  assert.equal(errors[0].message, 'Internal server Error');
  assert.equal(booth.masked.length, 1);
});

test('a participant is found by the token', async () => {
  const token = await newcomer('simple', 0);
  const query = `query ($token: String) { participant(token: $token) {
    email isEmailConfirmed proposalVotes(stepId: "${booth.step('simple')}") { totalCount }
  } }`;
  const ask = async (sent: string) =>
    (await booth.ask('internal', query, { variables: { token: sent } })).data.participant;
  assert.deepEqual(await ask(cookie(token)), {
    email: null,
    isEmailConfirmed: false,
    proposalVotes: { totalCount: 1 },
  });
  assert.equal(await ask('d'.repeat(32)), null);
});
