import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import {
  budgetLeft,
  creditLeft,
  missingVotes,
  obstacleTo,
  spentOn,
  type Ballot,
  type Choice,
  type Obstacle,
  type VotableProposal,
} from '../../src/domain/ballot.js';
import { choice } from '../support/choice.js';

const NOW = Date.UTC(2026, 4, 12);
const DAY = 86_400_000;

const ballot = (rules: Partial<Ballot> = {}, step: Partial<Ballot['step']> = {}): Ballot => ({
  step: {
    id: 'step',
    kind: 'selection',
    title: 'Vote',
    startAt: NOW - DAY,
    endAt: NOW + DAY,
    timeless: false,
    votable: true,
    ...step,
  },
  url: 'https://participez.valmont.example/step',
  wording: 'vote',
  votesLimit: null,
  votesMin: null,
  budget: null,
  ranking: false,
  threshold: null,
  secret: null,
  chosen: [],
  ...rules,
});

const proposal = (fields: Partial<VotableProposal> = {}): VotableProposal => ({
  id: 'p',
  title: 'Une guinguette',
  url: 'https://participez.valmont.example/p',
  archived: false,
  cost: null,
  inStep: true,
  count: null,
  own: null,
  ...fields,
});

const own = { accounted: true, waitsFor: null, finishUrl: null } as const;
const chosen = (...costs: readonly number[]): Choice[] => costs.map((cost, index) => choice(`chosen-${index}`, cost));

const future = { startAt: NOW + DAY, endAt: null };
const over = { startAt: NOW - DAY, endAt: NOW };

suite('what keeps from voting', () => {
  const cases: readonly [what: string, VotableProposal, Ballot, Obstacle | null][] = [
    ['nothing in an open step', proposal(), ballot(), null],
    ['nothing in a step without end', proposal(), ballot({}, { startAt: null, endAt: null, timeless: true }), null],
    ['an archived proposal', proposal({ archived: true }), ballot({}, over), 'archived'],
    ['a step without a vote', proposal(), ballot({}, { votable: false, ...over }), 'not-votable'],
    ['a step to come', proposal(), ballot({}, future), 'step-future'],
    ['a step that ends at this very moment', proposal(), ballot({}, over), 'step-closed'],
    ['a step that the platform calls open after its end', proposal(), ballot({}, { ...over, told: 'open' }), null],
    ['a step that it calls over before its end', proposal(), ballot({}, { told: 'closed' }), 'step-closed'],
    ['a step without dates', proposal(), ballot({}, { startAt: null, endAt: null }), 'step-closed'],
    ['a proposal of another step', proposal({ inStep: false }), ballot(), 'not-votable'],
    ['all votes used', proposal(), ballot({ votesLimit: 2, chosen: chosen(1, 1) }), 'vote-limit-reached'],
    ['a vote left', proposal(), ballot({ votesLimit: 3, chosen: chosen(1, 1) }), null],
    ['too dear', proposal({ cost: 41 }), ballot({ budget: 100, chosen: chosen(60) }), 'not-enough-budget'],
    ['all the money that is left', proposal({ cost: 40 }), ballot({ budget: 100, chosen: chosen(60) }), null],
    ['a proposal without a cost, nothing left', proposal(), ballot({ budget: 60, chosen: chosen(60) }), null],
    [
      'the limit before the money',
      proposal({ cost: 41 }),
      ballot({ votesLimit: 1, budget: 100, chosen: chosen(60) }),
      'vote-limit-reached',
    ],
  ];
  for (const [what, object, rules, obstacle] of cases)
    test(`${what}: ${obstacle ?? 'free'}`, () => assert.equal(obstacleTo(object, rules, NOW), obstacle));

  test('who has voted may take the vote back, whatever is used up', () => {
    const voted = proposal({ own, inStep: false, cost: 500 });
    assert.equal(obstacleTo(voted, ballot({ votesLimit: 1, budget: 1, chosen: chosen(500) }), NOW), null);
    assert.equal(obstacleTo(voted, ballot({}, over), NOW), 'step-closed');
    assert.equal(obstacleTo(proposal({ own, archived: true }), ballot(), NOW), 'archived');
  });
});

suite('money and votes left', () => {
  test('without a budget there is no sum', () => assert.equal(budgetLeft(ballot({ chosen: chosen(3) })), null));
  test('what is left is exact, to the cent', () => {
    assert.equal(budgetLeft(ballot({ budget: 10, chosen: chosen(1.6, 1.6) })), 6.8);
    assert.equal(budgetLeft(ballot({ budget: 1, chosen: chosen(0.1, 0.2, 0.7) })), 0);
    assert.equal(spentOn(chosen(11_999.6, 1_250.5)), 13_250.1);
  });
  test('the platform judges by what is left without the cents that are spent', () => {
    const spent = ballot({ budget: 10, chosen: chosen(1.6, 1.6) });
    assert.equal(creditLeft(spent), 7);
    assert.equal(obstacleTo(proposal({ cost: 7 }), spent, NOW), null);
    assert.equal(obstacleTo(proposal({ cost: 7.01 }), spent, NOW), 'not-enough-budget');
  });

  const whole = fc.integer({ min: 0, max: 1_000_000 });
  test('whoever spends no more than the budget may, and nobody else', () =>
    fc.assert(
      fc.property(whole, fc.array(whole, { maxLength: 8 }), whole, (budget, costs, cost) => {
        const spent = costs.reduce((sum, one) => sum + one, 0);
        const obstacle = obstacleTo(proposal({ cost }), ballot({ budget, chosen: chosen(...costs) }), NOW);
        assert.equal(obstacle, spent + cost <= budget ? null : 'not-enough-budget');
      }),
    ));

  test('votes are missing until the minimum, and never fewer than none', () => {
    const missing = (votesMin: number | null, count: number): number =>
      missingVotes(ballot({ votesMin, chosen: chosen(...Array<number>(count).fill(0)) }));
    assert.deepEqual([missing(null, 0), missing(3, 0), missing(3, 2), missing(3, 3), missing(3, 5)], [0, 3, 1, 0, 0]);
  });
});
