import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import { currentStep, projectSituation, type Project, type ProjectStatus } from '../../src/domain/project.js';
import type { Step, StepKind } from '../../src/domain/step.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 6, 15, 10);

const step = (id: string, kind: StepKind, from: number | null, to: number | null, more: Partial<Step> = {}): Step => ({
  id,
  kind,
  title: id,
  startAt: from === null ? null : NOW + from,
  endAt: to === null ? null : NOW + to,
  timeless: false,
  votable: kind === 'collect' ? false : null,
  ...more,
});

const project = (...steps: Step[]): Project => ({
  id: 'project',
  title: 'Budget participatif',
  url: 'https://participez.valmont.example/project/budget',
  cover: null,
  type: null,
  themes: [],
  archived: false,
  restricted: false,
  steps,
  counts: { votes: null, contributions: null, contributors: null },
});

const statusOf = (given: Project, now = NOW): ProjectStatus => projectSituation(given, now).status;
const kindOf = (...steps: Step[]): ProjectStatus['kind'] => statusOf(project(...steps)).kind;

const closed = step('fermée', 'collect', -9 * DAY, -8 * DAY);
const openPage = step('page ouverte', 'other', -DAY, 30 * DAY);
const openVote = step('vote ouvert', 'selection', -DAY, 30 * DAY, { votable: true });
const openSelection = step('sélection ouverte', 'selection', -DAY, 30 * DAY, { votable: false });
const openUnknown = step('sélection peut-être ouverte au vote', 'selection', -DAY, 30 * DAY);
const futureVote = step('vote à venir', 'selection', DAY, 30 * DAY, { votable: true });
const futurePage = step('page à venir', 'other', DAY, 30 * DAY);

suite('the current step of a project', () => {
  const table: [name: string, steps: Step[], expected: string | undefined][] = [
    ['is the first open one in which people take part', [closed, openPage, openVote, futureVote], openVote.id],
    ['is the first of several open ones', [openVote, step('dépôt ouvert', 'collect', -DAY, DAY)], openVote.id],
    ['is else the first one to come in which people take part', [closed, openPage, futureVote], futureVote.id],
    ['is else the first open one', [closed, futurePage, openPage], openPage.id],
    ['is else the first one to come', [closed, futurePage, closed], futurePage.id],
    ['is else the last one that is over', [closed, step('dernière', 'other', -5 * DAY, -4 * DAY)], 'dernière'],
    [
      'is a selection of which nobody says whether it has a vote, rather than a page',
      [openPage, openUnknown],
      openUnknown.id,
    ],
    ['is never a presentation', [step('présentation', 'presentation', -DAY, DAY, { timeless: true })], undefined],
    ['is never a step without any date', [step('sans date', 'collect', null, null)], undefined],
    ['may be a timeless step', [step('permanent', 'questionnaire', null, null, { timeless: true })], 'permanent'],
    ['is none where there are no steps', [], undefined],
  ];
  for (const [name, steps, expected] of table)
    test(name, () => {
      assert.equal(currentStep(steps, NOW)?.id, expected);
    });
});

suite('the tag of a project', () => {
  const table: [name: string, steps: Step[], expected: ProjectStatus['kind']][] = [
    ['no dated step: none', [step('sans date', 'collect', null, null)], 'none'],
    ['no step at all: none', [], 'none'],
    ['a step to come and none over: soon', [futureVote, futurePage], 'upcoming'],
    ['a step to come after one that is over: none', [closed, futureVote], 'none'],
    ['a step with an end alone: soon', [step('fin seule', 'collect', null, 3 * DAY)], 'upcoming'],
    ['all over: ended', [closed], 'ended'],
    ['open to participation', [closed, openVote], 'participation'],
    ['a collect step', [step('dépôt', 'collect', -DAY, 30 * DAY)], 'participation'],
    ['a page that goes on: open', [openPage], 'open'],
    ['a selection without a vote that goes on: open', [openSelection], 'open'],
    ['a selection of which nobody says whether it has a vote: open, which is right either way', [openUnknown], 'open'],
    ['a page without an end', [step('page', 'other', -DAY, null)], 'open'],
    ['a step of participation without an end', [step('boîte à idées', 'collect', -DAY, null)], 'participation'],
    ['a timeless page: ended', [step('page', 'other', null, null, { timeless: true })], 'ended'],
    ['a timeless questionnaire', [step('avis', 'questionnaire', null, null, { timeless: true })], 'participation'],
    [
      'a list of laureates without an end: ended',
      [step('lauréats', 'selection', -DAY, null, { votable: false })],
      'ended',
    ],
    ['a vote without an end', [step('vote', 'selection', -DAY, null, { votable: true })], 'participation'],
    ['a selection without an end that may have a vote', [step('sélection', 'selection', -DAY, null)], 'open'],
    [
      'where the clock is wrong about one step, no other has time left',
      [{ ...closed, told: 'closed' }, step('vote', 'collect', -DAY, HOUR)],
      'participation',
    ],
    [
      'a timeless step has no time left, whatever its dates',
      [step('avis', 'debate', -DAY, HOUR, { timeless: true })],
      'participation',
    ],
  ];
  for (const [name, steps, expected] of table)
    test(name, () => {
      assert.equal(kindOf(...steps), expected);
    });

  const left: [remaining: number, expected: ProjectStatus][] = [
    [1, { kind: 'last-hour' }],
    [HOUR - 1, { kind: 'last-hour' }],
    [HOUR, { kind: 'hours', left: 1 }],
    [2 * HOUR - 1, { kind: 'hours', left: 1 }],
    [48 * HOUR - 1, { kind: 'hours', left: 47 }],
    [48 * HOUR, { kind: 'days', left: 2 }],
    [7 * DAY - 1, { kind: 'days', left: 6 }],
    [7 * DAY, { kind: 'participation' }],
  ];
  for (const [remaining, expected] of left)
    test(`${String(remaining / HOUR)} hours before the end: ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(statusOf(project(step('vote', 'selection', -DAY, remaining, { votable: true }))), expected);
    });

  test('time left is also said of an open page', () => {
    assert.deepEqual(statusOf(project(step('page', 'other', -DAY, 3 * DAY))), { kind: 'days', left: 3 });
  });

  test('archived comes before everything else', () => {
    assert.equal(statusOf({ ...project(openVote), archived: true }).kind, 'archived');
    assert.equal(statusOf({ ...project(), archived: true }).kind, 'archived');
  });
});

suite('until when a situation holds', () => {
  const until = (steps: Step[], now = NOW): number | null => projectSituation(project(...steps), now).until;

  test('for ever, when nothing is to come', () => {
    assert.equal(until([closed]), null);
    assert.equal(until([]), null);
    assert.equal(until([step('permanent', 'debate', null, null, { timeless: true })]), null);
  });
  test('up to the start of a step', () => {
    assert.equal(until([futureVote]), NOW + DAY);
  });
  test('up to the end of the last hour', () => {
    assert.equal(until([step('vote', 'collect', -DAY, 20 * MINUTE)]), NOW + 20 * MINUTE);
  });
  test('up to the first moment with one hour less', () => {
    assert.equal(until([step('vote', 'collect', -DAY, 5 * HOUR + 20 * MINUTE)]), NOW + 20 * MINUTE + 1);
  });
  test('up to the first moment with one day less', () => {
    assert.equal(until([step('vote', 'collect', -DAY, 3 * DAY + 2 * HOUR)]), NOW + 2 * HOUR + 1);
  });
  test('up to the first moment of the last seven days', () => {
    assert.equal(until([step('vote', 'collect', -DAY, 10 * DAY)]), NOW + 3 * DAY + 1);
  });
});

const SPAN = 12 * DAY;
const GRAIN = 15 * MINUTE;

const date = fc.option(
  fc.integer({ min: -DAY / GRAIN, max: SPAN / GRAIN }).map((grains) => grains * GRAIN),
  { freq: 4 },
);
const anyStep = fc
  .record({
    kind: fc.constantFrom<StepKind[]>(
      'collect',
      'selection',
      'consultation',
      'questionnaire',
      'debate',
      'ranking',
      'other',
    ),
    from: date,
    to: date,
    timeless: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    votable: fc.constantFrom(true, false, null),
  })
  .map(({ kind, from, to, timeless, votable }) => step(kind, kind, from, to, { timeless, votable }));
const anyProject = fc
  .array(anyStep, { maxLength: 4 })
  .map((steps) => project(...steps.map((one, place) => ({ ...one, id: String(place) }))));

/** The tag by the platform's own reasoning: a status of the project first, then the tag for it. */
function expectedStatus({ archived, steps }: Project, now: number): ProjectStatus {
  type Standing = 'FUTURE' | 'OPENED' | 'CLOSED';
  const standing = ({ timeless, startAt, endAt }: Step): Standing => {
    if (timeless) return 'OPENED';
    if (startAt === null && endAt === null) return 'CLOSED';
    if (startAt === null) return now < Number(endAt) ? 'FUTURE' : 'CLOSED';
    if (endAt !== null && endAt <= now) return 'CLOSED';
    return startAt > now ? 'FUTURE' : 'OPENED';
  };
  const takesPart = ({ kind, votable }: Step): boolean =>
    !['other', 'ranking', 'presentation'].includes(kind) && (kind !== 'selection' || votable !== false);
  const dated = steps.filter((one) => one.timeless || one.startAt !== null || one.endAt !== null);
  const choices: ((one: Step) => boolean)[] = [
    (one) => standing(one) === 'OPENED' && takesPart(one),
    (one) => standing(one) === 'FUTURE' && takesPart(one),
    (one) => standing(one) === 'OPENED',
    (one) => standing(one) === 'FUTURE',
  ];
  const current = choices.map((fits) => dated.find(fits)).find(Boolean) ?? dated.at(-1);
  if (archived) return { kind: 'archived' };
  if (!current) return { kind: 'none' };
  const state = standing(current);
  if (state === 'FUTURE') return { kind: steps.some((one) => standing(one) === 'CLOSED') ? 'none' : 'upcoming' };
  const laureates = current.kind === 'selection' && current.votable === false && current.endAt === null;
  if (state === 'CLOSED' || (current.kind === 'other' && current.timeless) || (laureates && !current.timeless))
    return { kind: 'ended' };
  const hours = current.endAt !== null && !current.timeless ? Math.floor((current.endAt - now) / HOUR) : Infinity;
  if (hours === 0) return { kind: 'last-hour' };
  if (hours < 48) return { kind: 'hours', left: hours };
  if (hours < 7 * 24) return { kind: 'days', left: Math.floor(hours / 24) };
  const unknown = current.kind === 'selection' && current.votable === null;
  return { kind: takesPart(current) && !unknown ? 'participation' : 'open' };
}

suite('a project through time', () => {
  test('has the tag that the platform’s rules give', () => {
    fc.assert(
      fc.property(anyProject, fc.integer({ min: -DAY, max: SPAN }), fc.boolean(), (given, after, archived) => {
        const seen = { ...given, archived };
        assert.deepEqual(statusOf(seen, NOW + after), expectedStatus(seen, NOW + after));
      }),
      { numRuns: 3000 },
    );
  });

  test('stays as it is up to the last millisecond before the next boundary', () => {
    fc.assert(
      fc.property(
        anyProject,
        fc.integer({ min: -DAY, max: SPAN }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, after, part) => {
          const now = NOW + after;
          const { until, ...situation } = projectSituation(given, now);
          const end = until ?? now + 100 * DAY;
          assert.ok(end > now);
          for (const instant of [end - 1, now + Math.floor((end - 1 - now) * part)]) {
            const { status, step: current } = projectSituation(given, instant);
            assert.deepEqual({ status, step: current }, situation);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('changes at the boundary, when its only step is open and has an end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: SPAN }), (remaining) => {
        const given = project(step('vote', 'collect', -DAY, remaining));
        const { until, status } = projectSituation(given, NOW);
        assert.ok(until !== null && until <= NOW + remaining);
        assert.notDeepEqual(statusOf(given, until), status);
      }),
    );
  });

  test('walked from boundary to boundary is what looking every minute sees', () => {
    fc.assert(
      fc.property(anyProject, fc.integer({ min: 0, max: MINUTE - 1 }), (given, offset) => {
        let from = NOW - DAY + offset;
        let current = projectSituation(given, from);
        for (let instant = from; instant < NOW + SPAN + DAY; instant += MINUTE) {
          while (current.until !== null && current.until <= instant) {
            assert.ok(current.until > from, 'A boundary lies ahead.');
            from = current.until;
            current = projectSituation(given, from);
          }
          const seen = projectSituation(given, instant);
          assert.ok(
            JSON.stringify([seen.status, seen.step?.id]) === JSON.stringify([current.status, current.step?.id]),
            `${new Date(instant).toISOString()}: ${JSON.stringify(seen.status)} instead of ${JSON.stringify(current.status)}`,
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});
