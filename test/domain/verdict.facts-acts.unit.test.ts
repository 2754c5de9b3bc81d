/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call,
   @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, suite, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { refusalOf } from '../sandbox/voting-booth.js';
import { openFactsPage } from './verdict.page.js';

const page = await openFactsPage();
const { booth } = page;
afterEach(() => page.restore());
after(() => page.close());

const day = 86_400_000;
const rows = (key: string) => booth.rows('citizen', key);
const idOf = (key: string, index: number): string =>
  String(rows(key).find(({ proposal_id: id }) => id === rawId(booth.proposal(key, index)))?.id);
const code = async (key: string, index: number): Promise<unknown> =>
  (await booth.vote('citizen', key, index)).data.addProposalVote.errorCode;
const refused = async (key: string, index: number): Promise<string> =>
  refusalOf(await booth.vote('citizen', key, index), 'addProposalVote');
const change = (key: string, fields: Record<string, number | string | null>): void =>
  booth.change('step', booth.step(key), fields);
const close = (key: string): void => change(key, { end_at: booth.store.now() - day });

/** Sends the whole ballot; the answer, or the refusal. */
async function send(key: string, votes: readonly { readonly id: string; readonly anonymous: boolean }[]) {
  const input = { step: booth.step(key), votes };
  return booth.send('updateProposalVotes', input, 'step { id }', booth.users.citizen);
}
const chosen = async (key: string): Promise<string[]> =>
  (await page.ballot(key)).chosen.map(({ proposalId }) => proposalId);

suite('a vote', () => {
  test('is anonymous unless the voter says otherwise', async () => {
    await page.vote('simple', 0);
    assert.equal((await page.ballot('simple')).chosen[0]?.vote?.anonymous, true);
    await booth.vote('citizen', 'simple', 1, 'errorCode', { anonymously: false });
    assert.deepEqual(
      (await page.ballot('simple')).chosen.map(({ vote }) => vote?.anonymous),
      [true, false],
    );
  });

  test('is refused for the first of all reasons, and the page knows each beforehand', async () => {
    const foreign = { proposalId: booth.proposal('simple', 0), stepId: booth.step('limited') };
    const answer = await booth.send('addProposalVote', foreign, 'errorCode', booth.users.citizen);
    assert.equal(refusalOf(answer, 'addProposalVote'), 'This proposal is not associated to this selection step.');
    const elsewhere = { ...(await page.proposal('simple', 0)), inStep: false };
    assert.equal((await page.verdict('limited')).obstacleTo(elsewhere), 'not-votable');

    await page.vote('limited', 0, 1, 2);
    assert.equal(await page.obstacle('limited', 3), 'vote-limit-reached');
    assert.equal(await refused('limited', 3), 'You have reached the limit of votes.');

    // With the limit reached and the money gone, it is the limit.
    change('limited', { vote_type: 'BUDGET', budget: 16_200 });
    assert.equal(await page.obstacle('limited', 3), 'vote-limit-reached');
    assert.equal(await refused('limited', 3), 'You have reached the limit of votes.');
    change('limited', { votes_limit: 4 });
    assert.equal(await page.obstacle('limited', 3), 'not-enough-budget');
    assert.equal(await refused('limited', 3), 'proposal.vote.not_enough_credits');

    change('limited', { vote_type: 'DISABLED' });
    assert.equal(await page.obstacle('limited', 3), 'not-votable');
    assert.equal(await refused('limited', 3), 'This step is not votable.');
  });

  test('is given once: the page offers to take it back instead', async () => {
    await page.vote('simple', 0);
    assert.equal(await page.obstacle('simple', 0), null);
    assert.equal(await refused('simple', 0), 'proposal.vote.already_voted');
    assert.equal(rows('simple').length, 1);
  });

  test('comes too late, too early, or for an archived project: one code for all, three reasons on the page', async () => {
    assert.equal(await page.obstacle('closed', 0), 'step-closed');
    assert.equal(await page.obstacle('future', 0), 'step-future');
    assert.equal(await page.obstacle('simple', -1), 'archived');
    for (const [key, index] of [
      ['closed', 0],
      ['future', 0],
      ['simple', -1],
    ] as const)
      assert.equal(await code(key, index), 'CONTRIBUTION_NOT_ALLOWED', key);
  });

  test('on a closed step that asks for a confirmed address is taken all the same; the page does not offer it', async () => {
    close('requirements');
    assert.equal(await page.obstacle('requirements', 0), 'step-closed');
    assert.equal(await code('requirements', 0), null);
  });

  test('with another voter’s telephone number is refused by a code that no page can know beforehand', async () => {
    const phone = { phone: '+33639980042', phone_confirmed: 1 };
    await booth.vote('second', 'simple', 0);
    booth.change('user', booth.users.second, phone);
    booth.change('user', booth.users.citizen, phone);
    assert.equal(await page.obstacle('simple', 0), null);
    assert.equal(await code('simple', 0), 'PHONE_ALREADY_USED');
  });

  test('of nobody is not taken, and nobody has a ballot', async () => {
    page.voter = undefined;
    const { step, proposal } = booth.choice('simple', 0);
    const { errors } = await booth.send('addProposalVote', { stepId: step, proposalId: proposal }, 'errorCode');
    assert.equal(errors[0].message, 'Access denied to this field.');
    assert.deepEqual(await chosen('simple'), []);
    assert.equal((await page.proposal('simple', 0)).own, null);
  });

  test('that lacks a condition is set aside: seen by its voter, in no ballot and no count, and dropped by the next', async () => {
    const before = (await page.proposal('requirements', 0)).count;
    await page.vote('requirements', 0);
    const { own, count } = await page.proposal('requirements', 0);
    assert.deepEqual([own?.waitsFor, own?.accounted, count], ['requirements', false, before]);
    assert.deepEqual(await chosen('requirements'), []);
    await page.vote('requirements', 1);
    assert.equal((await page.proposal('requirements', 0)).own, null);
    assert.equal((await page.proposal('requirements', 1)).own?.waitsFor, 'requirements');
    assert.equal((await page.verdict('requirements')).votesLeft, 2, 'it uses up none of the votes');
  });

  test('moves the count in the answer to it, and the proposal’s own says so', async () => {
    const fields = `voteEdge { node { proposal { votes(stepId: "${booth.step('simple')}", first: 0) { totalCount } } } }`;
    const before = (await page.proposal('simple', 0)).count?.online ?? 0;
    const { voteEdge } = (await booth.vote('citizen', 'simple', 0, fields)).data.addProposalVote;
    assert.equal(voteEdge.node.proposal.votes.totalCount, before + 1);
    assert.equal((await page.proposal('simple', 0)).own?.accounted, true);
  });
});

suite('a withdrawal', () => {
  test('needs a vote, and an open step', async () => {
    assert.equal(
      refusalOf(await booth.withdraw('citizen', 'simple', 0), 'removeProposalVote'),
      'You have not voted for this proposal in this step.',
    );
    await page.vote('simple', 0);
    assert.equal(await page.obstacle('simple', 0), null);
    close('simple');
    assert.equal(await page.obstacle('simple', 0), 'step-closed');
    assert.equal(
      refusalOf(await booth.withdraw('citizen', 'simple', 0), 'removeProposalVote'),
      'This step is no longer contributable.',
    );
  });

  test('says whether the votes that remain still count, as the page does', async () => {
    await page.vote('minimum', 0, 1, 2, 3);
    for (const [index, counts] of [
      [3, true],
      [2, false],
    ] as const) {
      const id = idOf('minimum', index);
      const { previousVoteId, areRemainingVotesAccounted } = (await booth.withdraw('citizen', 'minimum', index)).data
        .removeProposalVote;
      assert.equal(previousVoteId, id);
      assert.equal(areRemainingVotesAccounted, counts);
      assert.equal((await page.verdict('minimum')).counts, counts);
    }
  });

  test('makes room: for a vote, and for money', async () => {
    await page.vote('limited', 0, 1, 2);
    await booth.withdraw('citizen', 'limited', 1);
    assert.equal(await page.obstacle('limited', 3), null);
    await page.vote('limited', 3);
    assert.equal((await page.verdict('limited')).state, 'full');
  });
});

suite('the whole ballot, sent at once', () => {
  test('stands in the order of its list', async () => {
    await page.vote('ranking', 0, 1, 2);
    const ids = [2, 0, 1].map((index) => ({ id: idOf('ranking', index), anonymous: true }));
    assert.equal((await send('ranking', ids)).errors, undefined);
    assert.deepEqual(
      await chosen('ranking'),
      [2, 0, 1].map((index) => booth.proposal('ranking', index)),
    );
  });

  test('loses what its list leaves out; an empty list, everything', async () => {
    await page.vote('ranking', 0, 1, 2);
    await send('ranking', [{ id: idOf('ranking', 1), anonymous: true }]);
    assert.deepEqual(await chosen('ranking'), [booth.proposal('ranking', 1)]);
    await send('ranking', []);
    assert.deepEqual(await chosen('ranking'), []);
  });

  test('on a closed step shows or hides names, keeps its order, and loses nothing', async () => {
    await page.vote('ranking', 0, 1);
    close('ranking');
    const [first, second] = [0, 1].map((index) => idOf('ranking', index));
    const turned = [second, first].map((id) => ({ id: id ?? '', anonymous: false }));
    assert.equal((await send('ranking', turned)).errors, undefined);
    assert.deepEqual(
      rows('ranking').map(({ ranking, anonymous }) => [ranking, anonymous]),
      [
        [0, 0],
        [1, 0],
      ],
    );
    assert.equal(refusalOf(await send('ranking', []), 'updateProposalVotes'), 'This step is not contribuable.');
    assert.equal(rows('ranking').length, 2);
  });

  test('names its step in its own words when it is none', async () => {
    const input = { step: 'unknown', votes: [] };
    const answer = await booth.send('updateProposalVotes', input, 'step { id }', booth.users.citizen);
    assert.equal(refusalOf(answer, 'updateProposalVotes'), 'Unknown step with id "unknown"');
  });

  test('is looked at for neither money nor minimum: below it, nothing counts', async () => {
    await page.vote('minimum', 0, 1, 2);
    assert.equal((await page.verdict('minimum')).counts, true);
    const kept = [0, 1].map((index) => ({ id: idOf('minimum', index), anonymous: true }));
    assert.equal((await send('minimum', kept)).errors, undefined);
    const { counts, state } = await page.verdict('minimum');
    assert.deepEqual([counts, state], [false, 'incomplete']);

    await page.vote('budget', 0, 1);
    booth.change('proposal', booth.proposal('budget', 0), { estimation: 400_000 });
    const dear = [1, 0].map((index) => ({ id: idOf('budget', index), anonymous: true }));
    assert.equal((await send('budget', dear)).errors, undefined);
    assert.equal((await page.verdict('budget')).state, 'over-budget');
  });

  test('is answered with its step, where the votes can be read', async () => {
    await page.vote('ranking', 0, 1);
    const votes = [1, 0].map((index) => ({ id: idOf('ranking', index), anonymous: true }));
    const fields = 'step { viewerVotes(orderBy: { field: POSITION, direction: ASC }) { edges { node { id } } } }';
    const input = { step: booth.step('ranking'), votes };
    const { data } = await booth.send('updateProposalVotes', input, fields, booth.users.citizen);
    assert.deepEqual(
      data.updateProposalVotes.step.viewerVotes.edges.map(({ node }: { node: { id: string } }) => node.id),
      votes.map(({ id }) => id),
    );
  });

  test('shows or hides the name beside all votes with one act, on a closed step too', async () => {
    await page.vote('simple', 0, 1);
    close('simple');
    const input = { stepId: booth.step('simple'), anonymous: false };
    await booth.send('updateVotesVisibility', input, 'votes { id }', booth.users.citizen);
    assert.deepEqual(
      (await page.ballot('simple')).chosen.map(({ vote }) => vote?.anonymous),
      [false, false],
    );
  });
});

test('what is chosen stays what it is when its proposal is archived, and counts', async () => {
  await page.vote('simple', 0);
  booth.change('proposal', booth.proposal('simple', 0), { is_archived: 1 });
  const { counts, choices, state } = await page.verdict('simple');
  assert.deepEqual([counts, choices[0]?.lost, state], [true, 'archived', 'valid']);
});
