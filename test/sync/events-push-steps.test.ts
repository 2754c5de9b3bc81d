import assert from 'node:assert/strict';
import { Session, type Profiler } from 'node:inspector';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';

/**
 * Counts how often each block of each function runs, in ours as in those of the packages: a loop in a loop shows. What the
 * engine does by itself (regular expressions, `indexOf`) does not.
 */
const session = new Session();
session.connect();
const post = promisify(session.post.bind(session)) as (method: string, options?: object) => Promise<unknown>;
await post('Profiler.enable');
await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

// From here on: what was compiled before has no counters.
const { readAgenda } = await import('../../src/sync/events-push-agenda.js');
const { planOf, settle } = await import('../../src/sync/events-push-plan.js');

async function stepsOf(work: () => unknown): Promise<number> {
  await post('Profiler.takePreciseCoverage');
  work();
  const { result } = (await post('Profiler.takePreciseCoverage')) as Profiler.TakePreciseCoverageReturnType;
  return result
    .filter(({ url }) => url.includes('/src/') || url.includes('/node_modules/'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

const MOST = 2.2;
const COUNT = 500;

/** Twice as much takes at most so many times the steps. */
async function isLinear(make: (count: number) => () => unknown): Promise<void> {
  // What is made once for all is made now.
  make(COUNT)();
  const [once, twice] = [await stepsOf(make(COUNT)), await stepsOf(make(2 * COUNT))];
  assert.ok(once > COUNT, `steps are counted: ${once}`);
  assert.ok(
    twice <= MOST * once,
    `${once} steps for ${COUNT}, ${twice} for ${2 * COUNT}: ${(twice / once).toFixed(2)}`,
  );
}

const options = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2028, 0, 1),
  placeLabel: 'Lieu :',
  base: 'https://participez.valmont.example',
};
const day = (i: number): string =>
  `2027${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}`;

const agendaOf = (count: number, event: (i: number) => readonly string[], ...before: readonly string[]): string =>
  [
    ...['BEGIN:VCALENDAR', ...before],
    ...Array.from({ length: count }, (_, i) => ['BEGIN:VEVENT', ...event(i), 'END:VEVENT']).flat(),
    ...['END:VCALENDAR', ''],
  ].join('\r\n');

const zone = (name: string): string[] => [
  ...['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0100'],
  ...['TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE'],
];

suite('twice the events take at most 2.2 times the steps', () => {
  const plain = (i: number): string[] => [
    `UID:${i}`,
    `SUMMARY:Fête ${i}`,
    `DTSTART;TZID=Europe/Paris:${day(i)}T100000`,
  ];
  for (const [name, make] of [
    ['single events', (n: number) => agendaOf(n, plain)],
    ['events with a text', (n: number) => agendaOf(n, (i) => [...plain(i), `DESCRIPTION:Voir https://x.example/${i}`])],
    [
      'events in zones that the file describes',
      (n: number) =>
        agendaOf(
          n,
          (i) => [`UID:${i}`, 'SUMMARY:Fête', `DTSTART;TZID=Z${i}:${day(i)}T100000`],
          ...Array.from({ length: n }, (_, i) => zone(`Z${i}`)).flat(),
        ),
    ],
    ['series', (n: number) => agendaOf(n, (i) => [...plain(i), 'RRULE:FREQ=WEEKLY;COUNT=3'])],
    [
      'moved occurrences of one series',
      (n: number) =>
        agendaOf(n, (i) =>
          i === 0
            ? ['UID:x', 'SUMMARY:Fête', 'DTSTART:20270101T100000', 'RRULE:FREQ=HOURLY;COUNT=1000']
            : ['UID:x', 'SUMMARY:Fête', `RECURRENCE-ID:${day(i)}T100000`, `DTSTART:${day(i)}T110000`],
        ),
    ],
    ['events without a UID', (n: number) => agendaOf(n, (i) => plain(i).slice(1))],
    ['events with one UID', (n: number) => agendaOf(n, (i) => ['UID:x', ...plain(i).slice(1)])],
  ] as const)
    test(`that are ${name}, to be read`, () =>
      isLinear((count) => {
        const text = make(count);
        return () => readAgenda(text, options);
      }));

  const account = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...{ id: `e${i}`, title: `Fête ${i}`, startAt: '2027-06-19 10:00:00', endAt: null },
      ...{ key: `${i}`, uid: `${i}`, body: 'x', link: null, digest: null, at: 0 },
    }));
  const mapOf = (events: ReturnType<typeof account>) => new Map(events.map((event) => [event.key, event]));
  const plan = { locale: 'FR_FR', since: '2027-01-01 00:00:00' };

  test('to be planned: found on the platform, known from the last run, and gone', () =>
    isLinear((count) => {
      const own = account(count);
      const agenda = { events: own, problems: [], series: new Set<string>() };
      const none = { events: new Map() };
      return () => [
        planOf(agenda, none, own, plan),
        planOf(agenda, { events: mapOf(own) }, own, plan),
        planOf({ ...agenda, events: [] }, { events: mapOf(own) }, own, plan),
      ];
    }));

  test('to be settled after a run that was ended', () =>
    isLinear((count) => {
      const own = account(count);
      return () => settle(mapOf(own), new Map(), own);
    }));
});
