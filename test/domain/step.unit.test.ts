import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { isParticipative, stepState, type Step, type StepKind, type StepState } from '../../src/domain/step.js';

const START = 1_000;
const END = 2_000;

const step = (given: Partial<Step>): Step => ({
  id: 'step',
  kind: 'collect',
  title: 'Dépôt des idées',
  startAt: null,
  endAt: null,
  timeless: false,
  votable: null,
  ...given,
});

suite('the state of a step', () => {
  const table: [name: string, given: Partial<Step>, now: number, expected: StepState][] = [
    ['a timeless step is open', { timeless: true }, 0, 'open'],
    ['a timeless step is open before its start', { timeless: true, startAt: START }, START - 1, 'open'],
    ['a timeless step is open after its end', { timeless: true, startAt: START, endAt: END }, END + 1, 'open'],
    [
      'what the platform calls it wins over a clock that is ahead',
      { startAt: START, endAt: END, told: 'open' },
      END + 1,
      'open',
    ],
    ['… and over one that is behind', { startAt: START, endAt: END, told: 'open' }, START - 1, 'open'],
    ['… also where it is over', { startAt: START, endAt: END, told: 'closed' }, START - 1, 'closed'],
    ['a step without dates that is not timeless is closed', {}, START, 'closed'],
    ['a step with a start alone is to come before it', { startAt: START }, START - 1, 'future'],
    ['a step with a start alone opens at it', { startAt: START }, START, 'open'],
    ['a step with a start alone never closes', { startAt: START }, Number.MAX_SAFE_INTEGER, 'open'],
    ['a step with an end alone is to come until then', { endAt: END }, END - 1, 'future'],
    ['a step with an end alone is closed from then on', { endAt: END }, END, 'closed'],
    ['a step with both dates is to come before its start', { startAt: START, endAt: END }, START - 1, 'future'],
    ['a step with both dates is open from its start', { startAt: START, endAt: END }, START, 'open'],
    ['a step with both dates is open up to its end', { startAt: START, endAt: END }, END - 1, 'open'],
    ['a step with both dates is closed from its end', { startAt: START, endAt: END }, END, 'closed'],
    ['a step that starts at the epoch has a start', { startAt: 0 }, 0, 'open'],
    ['a step that ended at the epoch has an end', { startAt: null, endAt: 0 }, 0, 'closed'],
  ];
  for (const [name, given, now, expected] of table)
    test(name, () => {
      assert.equal(stepState(step(given), now), expected);
    });
});

suite('whether people take part in a step', () => {
  const table: [kind: StepKind, votable: boolean | null, expected: boolean | null][] = [
    ['collect', null, true],
    ['collect', false, true],
    ['consultation', null, true],
    ['questionnaire', null, true],
    ['debate', null, true],
    ['presentation', null, false],
    ['ranking', null, false],
    ['other', null, false],
    ['selection', true, true],
    ['selection', false, false],
    ['selection', null, null],
  ];
  for (const [kind, votable, expected] of table)
    test(`${kind}, votable: ${String(votable)}`, () => {
      assert.equal(isParticipative(step({ kind, votable })), expected);
    });
});
