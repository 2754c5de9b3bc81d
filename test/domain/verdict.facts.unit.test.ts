/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, suite, test } from 'node:test';

import { judge, pointsAt } from '../../src/domain/verdict.js';
import { rawId } from '../../sandbox/platform/ids.js';
import { refusalOf } from '../sandbox/voting-booth.js';
import { openFactsPage } from './verdict.page.js';

const page = await openFactsPage();
const { booth } = page;
const { sql } = booth.store;
afterEach(() => page.restore());
after(() => page.close());

const day = 86_400_000;
const points = async (key: string): Promise<(number | null)[]> =>
  (await page.verdict(key)).choices.map((choice) => choice.points);
const places = async (key: string): Promise<(number | null | undefined)[]> =>
  (await page.ballot(key)).chosen.map(({ vote }) => vote?.position);
const order = async (key: string): Promise<string[]> =>
  (await page.ballot(key)).chosen.map(({ proposalId }) => proposalId);
const price = (key: string, index: number, estimation: number | null): void =>
  booth.change('proposal', booth.proposal(key, index), { estimation });
const proposals = (key: string, ...indexes: readonly number[]): string[] =>
  indexes.map((index) => booth.proposal(key, index));
/** What the platform says of the visitor's votes in a step. */
const platformSays = async (key: string, fields: string): Promise<Record<string, unknown>> =>
  (await booth.read(page.voter, booth.step(key), `... on ProposalStep { viewerVotes { ${fields} } }`)).data.node
    .viewerVotes;
const refused = async (key: string, index: number): Promise<string> =>
  refusalOf(await booth.vote(page.voter ?? 'citizen', key, index), 'addProposalVote');
/** Puts the whole ballot in an order. */
const arrange = async (key: string, ...indexes: readonly number[]): Promise<void> => {
  const votes = proposals(key, ...indexes).map((proposal) => {
    const row = booth.rows('citizen', key).find(({ proposal_id: id }) => id === rawId(proposal));
    return { id: String(row?.id), anonymous: true };
  });
  const { errors } = await booth.send(
    'updateProposalVotes',
    { step: booth.step(key), votes },
    'step { id }',
    booth.users.citizen,
  );
  assert.equal(errors, undefined);
};

suite('points', () => {
  test('the first place earns as many points as there are votes to give, and the fifth of five earns one', async () => {
    await page.vote('ranking', 0, 1, 2, 3, 4);
    assert.deepEqual(await points('ranking'), [5, 4, 3, 2, 1]);
    assert.deepEqual(await platformSays('ranking', 'totalPointsCount'), { totalPointsCount: 15 });
  });

  test('without a limit, points are reckoned from the minimum; with neither there are none to show', async () => {
    booth.change('step', booth.step('ranking'), { votes_limit: null, votes_min: 3 });
    await page.vote('ranking', 0, 1, 2, 3);
    const ballot = await page.ballot('ranking');
    assert.deepEqual(
      ballot.chosen.map((_, place) => pointsAt(ballot, place)),
      [3, 2, 1, 0],
    );
    assert.equal(pointsAt({ ...ballot, votesMin: null }, 0), null);
    assert.equal(pointsAt({ ...ballot, ranking: false }, 0), null);
  });

  test('a new vote takes the place behind all others', async () => {
    await page.vote('ranking', 3, 0, 5);
    assert.deepEqual(await places('ranking'), [0, 1, 2]);
    assert.deepEqual(await order('ranking'), proposals('ranking', 3, 0, 5));
  });

  test('a withdrawal leaves its place free, the next vote shares one, and the full order puts that right', async () => {
    await page.vote('ranking', 0, 1, 2);
    await booth.withdraw('citizen', 'ranking', 0);
    assert.deepEqual(await places('ranking'), [1, 2]);
    await page.vote('ranking', 3);
    assert.deepEqual(await places('ranking'), [1, 2, 2]);
    assert.deepEqual(await order('ranking'), proposals('ranking', 1, 2, 3), 'whoever came first stands first');
    await arrange('ranking', 1, 2, 3);
    assert.deepEqual(await places('ranking'), [0, 1, 2]);
    assert.deepEqual(await points('ranking'), [5, 4, 3]);
    assert.deepEqual(await platformSays('ranking', 'totalPointsCount'), { totalPointsCount: 12 });
  });

  test('the order has to be asked for: the platform gives the newest vote first', async () => {
    await page.vote('ranking', 0, 1, 2);
    await arrange('ranking', 2, 0, 1);
    sql.run('UPDATE proposal_vote SET published_at = id WHERE user_id = ?', booth.users.citizen);
    const { edges } = await platformSays('ranking', 'edges { node { proposal { id } } }');
    const ids = (edges as { node: { proposal: { id: string } } }[]).map(({ node }) => node.proposal.id);
    assert.deepEqual(ids, proposals('ranking', 2, 1, 0));
    assert.deepEqual(await order('ranking'), proposals('ranking', 2, 0, 1), 'the page asks for it');
  });
});

suite('money', () => {
  test('a proposal whose cost nobody has named costs nothing', async () => {
    const unpriced = 23;
    assert.equal((await page.proposal('budget', unpriced)).cost, null);
    await page.vote('budget', unpriced);
    assert.equal((await page.verdict('budget')).spent, 0);
    assert.deepEqual(await platformSays('budget', 'creditsSpent creditsLeft'), {
      creditsSpent: 0,
      creditsLeft: 300_000,
    });
  });

  test('all that is left may be spent, and not a cent more', async () => {
    price('budget', 0, 299_990);
    price('budget', 1, 10);
    price('budget', 2, 10.01);
    await page.vote('budget', 0);
    assert.equal(await page.obstacle('budget', 2), 'not-enough-budget');
    assert.equal(await refused('budget', 2), 'proposal.vote.not_enough_credits');
    assert.equal(await page.obstacle('budget', 1), null);
    await page.vote('budget', 1);
    assert.equal((await page.verdict('budget')).left, 0);
  });

  test('a simple vote that carries an envelope: the page keeps to it, the platform looks away', async () => {
    await page.vote('envelope', 2, 4);
    assert.equal((await page.verdict('envelope')).left, 0);
    assert.equal(await page.obstacle('envelope', 0), 'not-enough-budget');
    await page.vote('envelope', 0);
    const verdict = await page.verdict('envelope');
    assert.deepEqual([verdict.state, verdict.left], ['over-budget', -3400]);
  });

  test('somebody without an account has spent nothing, however much that is: only what nobody can pay is refused', async () => {
    const send = async (index: number, token?: string) => {
      const { step, proposal } = booth.choice('budget', index);
      return booth.send(
        'addProposalSmsVote',
        { stepId: step, proposalId: proposal, token },
        'errorCode participantToken',
      );
    };
    price('budget', 0, 300_000);
    const { participantToken } = (await send(0)).data.addProposalSmsVote;
    assert.equal((await send(1, participantToken)).data.addProposalSmsVote.errorCode, null);
    const tooDear = 24;
    assert.equal(
      refusalOf(await send(tooDear, participantToken), 'addProposalSmsVote'),
      'proposal.vote.not_enough_credits',
    );
  });

  test('the platform’s sums are whole euros, the cents cut off; the page’s are exact', async () => {
    price('budget', 0, 10.6);
    price('budget', 1, 10.6);
    await page.vote('budget', 0, 1);
    const { spent, left } = await page.verdict('budget');
    assert.deepEqual([spent, left], [21.2, 299_978.8]);
    assert.deepEqual(await platformSays('budget', 'creditsSpent creditsLeft'), {
      creditsSpent: 21,
      creditsLeft: 299_979,
    });
  });

  test('without a budget there is nothing to be left, whatever the platform reckons', async () => {
    await page.vote('limited', 0);
    assert.equal((await page.verdict('limited')).left, null);
    assert.deepEqual(await platformSays('limited', 'creditsSpent creditsLeft'), {
      creditsSpent: 2400,
      creditsLeft: -2400,
    });
  });

  test('a stranger is told of the whole budget, as if it were his', async () => {
    page.voter = undefined;
    assert.deepEqual(await platformSays('budget', 'totalCount creditsSpent creditsLeft'), {
      totalCount: 0,
      creditsSpent: 0,
      creditsLeft: 300_000,
    });
    const { state, left } = judge(await page.ballot('budget'), booth.store.now());
    assert.deepEqual([state, left], ['empty', 300_000]);
  });

  test('the same figures stand with the visitor’s votes of one step, and not with those of all', async () => {
    await page.vote('budget', 1);
    const query = `{ viewer { one: proposalVotes(stepId: "${booth.step('budget')}") { creditsSpent creditsLeft }
      all: proposalVotes { creditsSpent creditsLeft } } }`;
    const { viewer } = (await booth.ask('internal', query, { userId: booth.users.citizen })).data;
    const { spent, left } = await page.verdict('budget');
    assert.deepEqual(viewer.one, { creditsSpent: spent, creditsLeft: left });
    assert.deepEqual(viewer.all, { creditsSpent: null, creditsLeft: null });
  });
});

suite('the minimum', () => {
  const accounted = (): boolean[] => booth.rows('citizen', 'minimum').map(({ is_accounted: is }) => Boolean(is));

  test('nothing counts before it is reached, then everything does, and nothing again once a vote less is left', async () => {
    const said: [string, boolean, number][] = [];
    for (const index of [0, 1, 2]) {
      await page.vote('minimum', index);
      const { state, counts, missing } = await page.verdict('minimum');
      assert.deepEqual(accounted(), Array(index + 1).fill(counts));
      said.push([state, counts, missing]);
    }
    assert.deepEqual(said, [
      ['incomplete', false, 2],
      ['incomplete', false, 1],
      ['valid', true, 0],
    ]);
    await booth.withdraw('citizen', 'minimum', 1);
    const { counts, missing } = await page.verdict('minimum');
    assert.deepEqual([counts, missing], [false, 1]);
    assert.deepEqual(accounted(), [false, false]);
  });

  test('it holds on the platform whether its switch shows it there or not', async () => {
    booth.change('feature_flag', 'votes_min', { enabled: 0 });
    await page.vote('minimum', 0);
    assert.deepEqual(accounted(), [false]);
    assert.equal((await page.verdict('minimum')).counts, false);
  });

  test('conditions are asked for by the vote that reaches it, and by none before', async () => {
    booth.change('step', booth.step('requirements'), { votes_min: 2 });
    await page.vote('requirements', 0);
    assert.deepEqual((await page.proposal('requirements', 0)).own?.waitsFor, null);
    await page.vote('requirements', 1);
    assert.equal((await page.proposal('requirements', 1)).own?.waitsFor, 'requirements');
    const { votesUsed, missing } = await page.verdict('requirements');
    assert.deepEqual([votesUsed, missing], [1, 1]);
  });

  test('an address that is not confirmed keeps the votes from counting, and says so', async () => {
    page.voter = 'unconfirmed';
    await page.vote('simple', 0);
    const { counts, sentence } = await page.verdict('simple');
    assert.deepEqual([counts, sentence.key], [false, 'waits.email']);
    assert.equal((await page.proposal('simple', 0)).own?.waitsFor, 'email');
  });
});

suite('dates', () => {
  test('a step opens and ends at the very moment that it says', async () => {
    const ballot = await page.ballot('limited');
    const { startAt, endAt } = ballot.step;
    const state = (now: number | null): string => judge(ballot, now ?? 0).state;
    assert.deepEqual(
      [state((startAt ?? 0) - 1), state(startAt), state((endAt ?? 0) - 1), state(endAt)],
      ['step-future', 'empty', 'empty', 'step-closed'],
    );
  });

  test('a step without end stays open, one without any date is closed', async () => {
    booth.change('step', booth.step('simple'), { start_at: null, end_at: null });
    assert.equal(await page.obstacle('simple', 0), 'step-closed');
    booth.change('step', booth.step('simple'), { timeless: 1 });
    assert.equal(await page.obstacle('simple', 0), null);
    await page.vote('simple', 0);
    booth.change('step', booth.step('simple'), { timeless: 0, start_at: booth.store.now() - day });
    assert.equal(await page.obstacle('simple', 1), null);
  });
});
