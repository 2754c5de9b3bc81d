import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { projectPhase } from '../../src/domain/project-phase.js';
import type { Project } from '../../src/domain/project.js';
import type { Step } from '../../src/domain/step.js';

const NOW = Date.parse('2026-05-12T18:42:00+02:00');
const DAY = 86_400_000;
const step = (from: number | null, to: number | null, fields: Partial<Step> = {}): Step => ({
  id: 'step',
  kind: 'collect',
  title: 'Étape',
  startAt: from === null ? null : NOW + from * DAY,
  endAt: to === null ? null : NOW + to * DAY,
  timeless: false,
  votable: null,
  ...fields,
});
const project = (steps: readonly Step[], archived = false): Project => ({
  id: 'project',
  title: 'Projet',
  url: 'https://participez.valmont.example/project/project',
  cover: null,
  type: null,
  themes: [],
  archived,
  restricted: false,
  steps,
  counts: { votes: null, contributions: null, contributors: null },
});

suite('the phase of a project', () => {
  for (const [what, steps, phase] of [
    ['an open step', [step(-5, 5)], 'open'],
    ['an open step that has hours left', [step(-5, 0.1)], 'open'],
    ['a step to come', [step(5, 9)], 'future'],
    ['a step to come after one that is over', [step(-9, -5), step(5, 9)], 'future'],
    ['steps that are all over', [step(-9, -5), step(-4, -1)], 'closed'],
    ['a page without dates', [step(null, null, { kind: 'other', timeless: true })], 'closed'],
    ['no step', [], null],
    ['a step without dates', [step(null, null)], null],
  ] as const)
    test(`with ${what} is ${phase ?? 'none'}, archived or not`, () => {
      assert.equal(projectPhase(project(steps), NOW), phase);
      assert.equal(projectPhase(project(steps, true), NOW), phase);
    });
});
