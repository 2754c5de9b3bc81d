import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import type { Ballot } from '../../src/domain/ballot.js';
import { arrangeVotes, type Arrangement } from '../../src/platform/ballot/arrange.js';
import { Platform } from '../../src/platform/endpoints.js';
import { openBooth, type Booth } from '../sandbox/voting-booth.js';
import {
  HurriedClock,
  reading,
  settingsFor,
  startHttpPlatform,
  type Arrived,
  type HttpPlatform,
  type Reply,
} from './http-platform.js';

let http: HttpPlatform;
let booth: Booth;
before(async () => {
  http = await startHttpPlatform();
  booth = openBooth();
});
after(() => http.stop());
beforeEach(() => {
  new HurriedClock();
  http.arrived.length = 0;
  http.answer = answered;
});
afterEach(() => {
  useClock();
  booth.restore();
});

/** The sandbox platform's own answer to somebody who is signed in. */
const answered = async ({ query, variables }: Arrived): Promise<Reply> => ({
  body: await booth.ask('internal', query, { variables, userId: booth.users.citizen }),
});
const isAct = ({ query }: Arrived): boolean => /^\s*mutation/.test(query);
const acts = (): number => http.arrived.filter(isAct).length;

const arrange = (wish: Omit<Arrangement, 'stepId'>): Promise<Ballot> =>
  arrangeVotes(
    new Platform(settingsFor(http.url, { access: 'session' })),
    { stepId: booth.step('ranking'), ...wish },
    reading(),
  );
const vote = async (...indices: readonly number[]): Promise<void> => {
  for (const index of indices) await booth.vote('citizen', 'ranking', index);
};
const proposal = (index: number): string => booth.proposal('ranking', index);
const recorded = async (): Promise<string[]> => {
  const fields =
    '... on ProposalStep { viewerVotes(orderBy: { field: POSITION, direction: ASC }) { edges { node { proposal { id } } } } }';
  const { data } = (await booth.read('citizen', booth.step('ranking'), fields)) as {
    data: { node: { viewerVotes: { edges: { node: { proposal: { id: string } } }[] } } };
  };
  const { edges } = data.node.viewerVotes;
  return edges.map(({ node }) => node.proposal.id);
};
const order = ({ chosen }: Ballot): string[] => chosen.map(({ proposalId }) => proposalId);

suite('recorded votes', () => {
  test('are put in the wished order, and read as they are then', async () => {
    await vote(0, 1, 2);
    const wish = [proposal(2), proposal(0), proposal(1)];
    assert.deepEqual(order(await arrange({ order: wish })), wish);
    assert.deepEqual(await recorded(), wish);
    assert.equal(acts(), 1);
  });
  test('which the page does not know of are kept, after those that it has ordered', async () => {
    await vote(0, 1, 2);
    assert.deepEqual(order(await arrange({ order: [proposal(1)] })), [proposal(1), proposal(0), proposal(2)]);
    assert.equal((await recorded()).length, 3);
  });
  test('with a gap between them share no place afterwards', async () => {
    await vote(0, 1, 2);
    await booth.withdraw('citizen', 'ranking', 0);
    await vote(3);
    await arrange({ order: [] });
    assert.equal(acts(), 1, 'Their order is as wished, their places are not.');
    assert.deepEqual(
      booth
        .rows('citizen', 'ranking')
        .map(({ ranking }) => ranking)
        .sort(),
      [0, 1, 2],
    );
  });
  test('that are so already are not sent again', async () => {
    await vote(0, 1);
    await arrange({ order: [proposal(0), proposal(1)] });
    assert.equal(acts(), 0);
  });
  test('show the visitor’s name only where he wants it, and all of them', async () => {
    await vote(0, 1);
    const shown = (): readonly number[] => booth.rows('citizen', 'ranking').map(({ anonymous }) => anonymous);
    assert.deepEqual(shown(), [1, 1]);
    await arrange({ anonymous: false });
    assert.deepEqual(shown(), [0, 0]);
    await arrange({ order: [proposal(1), proposal(0)] });
    assert.deepEqual(shown(), [0, 0], 'A new order does not hide the name.');
    await arrange({ anonymous: true });
    assert.deepEqual(shown(), [1, 1]);
  });
  test('whose answer is lost are read back, and not sent again', async () => {
    await vote(0, 1);
    http.answer = async (request) => {
      const reply = await answered(request);
      return isAct(request) ? 'cut' : reply;
    };
    const wish = [proposal(1), proposal(0)];
    assert.deepEqual(order(await arrange({ order: wish })), wish);
    assert.equal(acts(), 1);
  });
  test('that never reached the platform are said to be as they were', async () => {
    await vote(0, 1);
    http.answer = async (request) => (isAct(request) ? { status: 503, body: 'Busy' } : answered(request));
    await assert.rejects(arrange({ order: [proposal(1), proposal(0)] }), (reason) => {
      assert.ok(reason instanceof ApiError);
      return reason.code === 'server';
    });
    assert.deepEqual(await recorded(), [proposal(0), proposal(1)]);
    assert.equal(acts(), 1);
  });
  test('of a step that is over keep their order', async () => {
    await vote(0, 1);
    booth.change('step', booth.step('ranking'), { end_at: Date.now() - 1000 });
    await assert.rejects(arrange({ order: [proposal(1), proposal(0)] }));
    assert.deepEqual(await recorded(), [proposal(0), proposal(1)]);
  });
  test('of somebody whose session has ended are not touched', async () => {
    await vote(0, 1);
    http.answer = async (request) =>
      isAct(request)
        ? { body: await booth.ask('internal', request.query, { variables: request.variables }) }
        : answered(request);
    await assert.rejects(arrange({ order: [proposal(1), proposal(0)] }), (reason) => {
      assert.ok(reason instanceof ApiError);
      return reason.code === 'unauthorized';
    });
    assert.deepEqual(await recorded(), [proposal(0), proposal(1)]);
  });
});
