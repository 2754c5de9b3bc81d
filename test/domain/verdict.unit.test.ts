import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { judge, type Ballot, type Progress, type Verdict } from '../../src/domain/verdict.js';
import { formatMoney } from '../../src/i18n/money.js';
import { choice } from '../support/choice.js';

const NOW = Date.parse('2026-05-12T18:42:00+02:00');
const rules: Ballot = {
  step: {
    id: 'vote',
    kind: 'selection',
    title: 'Vote',
    startAt: null,
    endAt: null,
    timeless: true,
    votable: true,
  },
  url: 'https://participez.valmont.example/vote',
  wording: 'vote',
  votesLimit: null,
  votesMin: null,
  budget: null,
  ranking: false,
  threshold: null,
  secret: null,
  chosen: [],
};
const verdict = (budget: number, costs: readonly number[], progress?: Progress): Verdict =>
  judge({ ...rules, budget, chosen: costs.map((cost, index) => choice(`p${index}`, cost)) }, NOW, progress);
const amount = (text: string): number => Number(text.replace(/[^\d,-]/g, '').replace(',', '.'));

suite('money that is not in whole euros', () => {
  for (const costs of [
    [12_000, 1_250.5],
    [11_999.6, 1_250.5],
    [12_000, 1_251],
    [0.1, 0.2],
    [1.005, 2.005, 3.995],
  ])
    test(`is shown as the sum of what is shown: ${costs.join(' + ')}`, () => {
      const { spent, left } = verdict(20_000, costs);
      const shown = costs.reduce((sum, cost) => sum + Math.round(100 * amount(formatMoney('fr', cost))), 0);
      assert.equal(Math.round(100 * amount(formatMoney('fr', spent))), shown);
      assert.equal(Math.round(100 * amount(formatMoney('fr', left ?? NaN))), 2_000_000 - shown);
    });

  test('is within the budget where the platform cuts off the cents, and nothing is left then', () => {
    const { state, spent, left } = verdict(10, [5.25, 5.25], { stage: 'recorded' });
    assert.deepEqual([state, spent, left], ['valid', 10.5, 0]);
  });

  test('is too much by as much as the sum says, in all that is said of it', () => {
    const { state, left, sentence, choices } = verdict(10, [9.5, 1.2]);
    assert.deepEqual(
      [state, left, sentence.money, choices.map(({ excess }) => excess)],
      ['over-budget', -0.7, 0.7, [0, 0.7]],
    );
  });

  test('is refused for less than a cent, as on the platform', () => {
    const { state, left } = verdict(10, [9, 1.001]);
    assert.deepEqual([state, left], ['over-budget', -0.01]);
  });
});
