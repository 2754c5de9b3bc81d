import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { outcomeOf, type Result } from '../../src/domain/results.js';

const result = (id: string, online: number, more: Partial<Result> = {}): Result => ({
  id,
  title: `Proposition ${id}`,
  url: `https://participez.valmont.example/${id}`,
  district: null,
  cost: null,
  status: null,
  online,
  paper: 0,
  points: null,
  ...more,
});
const won = { name: 'Lauréate', won: true };
const lost = { name: 'Non retenue', won: false };

suite('the result of a vote', () => {
  test('adds up what it costs to the cent, in all and by district', () => {
    const part = (id: string, votes: number, cost: number): Result =>
      result(id, votes, { cost, status: won, district: 'Nord' });
    const { spent, districts } = outcomeOf([part('a', 3, 0.1), part('b', 2, 0.2), part('c', 1, 1_250.5)], 2_000);
    assert.deepEqual([spent, districts[0]?.spent], [1_250.8, 1_250.8]);
  });
  test('pays for what just fits, although fractions of a euro add up to more', () => {
    const { results } = outcomeOf([result('a', 2, { cost: 0.1 }), result('b', 1, { cost: 0.2 })], 0.3);
    assert.ok(results.every(({ funded }) => funded));
  });
  test('is in the order of votes, those on paper included, and equals share a rank', () => {
    const { results } = outcomeOf([result('a', 3), result('b', 2, { paper: 4 }), result('c', 6), result('d', 1)], null);
    assert.deepEqual(
      results.map(({ id, rank, votes }) => [id, rank, votes]),
      [
        ['b', 1, 6],
        ['c', 1, 6],
        ['a', 3, 3],
        ['d', 4, 1],
      ],
    );
  });
  test('goes by points where choices were ranked, and by votes between equals', () => {
    const ranked = [result('a', 9, { points: 10 }), result('b', 2, { points: 12 }), result('c', 3, { points: 10 })];
    assert.deepEqual(
      outcomeOf(ranked, null).results.map(({ id }) => id),
      ['b', 'a', 'c'],
    );
  });
  test('tells what the town has decided, whatever the order', () => {
    const outcome = outcomeOf(
      [result('a', 9, { cost: 500, status: lost }), result('b', 2, { cost: 300, status: won })],
      600,
    );
    assert.equal(outcome.funding, 'decided');
    assert.deepEqual(
      outcome.results.map(({ funded }) => funded),
      [false, true],
    );
    assert.equal(outcome.spent, 300);
  });
  test('without a decision goes down the ranking, past what no longer fits', () => {
    const outcome = outcomeOf(
      [result('a', 9, { cost: 500 }), result('b', 8, { cost: 200 }), result('c', 7, { cost: 100 }), result('d', 6)],
      600,
    );
    assert.equal(outcome.funding, 'computed');
    assert.deepEqual(
      outcome.results.filter(({ funded }) => funded).map(({ id }) => id),
      ['a', 'c'],
    );
    assert.equal(outcome.spent, 600);
  });
  test('without votes pays for nothing, and without a budget says nothing of money', () => {
    assert.equal(outcomeOf([result('a', 0, { cost: 10 })], 100).spent, 0);
    assert.equal(outcomeOf([result('a', 5, { cost: 10 })], null).funding, 'none');
  });
  test('by district adds up to the whole', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(50), fc.nat(20), fc.nat(1000), fc.constantFrom('Nord', 'Sud', null)), {
          maxLength: 30,
        }),
        fc.nat(5000),
        (rows, budget) => {
          const outcome = outcomeOf(
            rows.map(([online, paper, cost, district], index) =>
              result(String(index), online, { paper, cost, district }),
            ),
            budget,
          );
          const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
          assert.ok(outcome.spent <= budget);
          if (!outcome.districts.length) return;
          assert.equal(
            sum(outcome.districts.map(({ votes }) => votes)),
            sum(outcome.results.map(({ votes }) => votes)),
          );
          assert.equal(sum(outcome.districts.map(({ spent }) => spent)), outcome.spent);
          assert.equal(sum(outcome.districts.map(({ proposals }) => proposals)), rows.length);
        },
      ),
    ));
  test('names no districts where none is named', () =>
    assert.deepEqual(outcomeOf([result('a', 1)], null).districts, []));
});
