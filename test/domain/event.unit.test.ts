import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { byDay, eventsUntil, hasPassed, isWholeDays, lastDayOf, type AgendaEvent } from '../../src/domain/event.js';
import { parsePlatformTime } from '../../src/domain/platform-time.js';

const ZONE = 'Europe/Paris';
const at = (text: string): number => parsePlatformTime(text.length > 16 ? text : `${text}:00`, ZONE);
const event = (id: string, start: string, end: string | null = null): AgendaEvent => ({
  id,
  title: id,
  url: `https://participez.valmont.example/events/${id}`,
  startAt: at(start),
  endAt: end === null ? null : at(end),
  place: null,
});

suite('an event', () => {
  test('is over once it has ended, or begun where it has no end', () => {
    const visit = event('visit', '2026-05-12 18:00', '2026-05-12 19:00');
    assert.equal(hasPassed(visit, at('2026-05-12 19:00')), false);
    assert.equal(hasPassed(visit, at('2026-05-12 19:00') + 1), true);
    const talk = event('talk', '2026-05-12 18:00');
    assert.equal(hasPassed(talk, at('2026-05-12 18:00')), false);
    assert.equal(hasPassed(talk, at('2026-05-12 18:01')), true);
  });

  for (const [start, end, whole] of [
    ['2026-05-12 00:00', '2026-05-13 00:00', true],
    ['2026-05-12 00:00', '2026-05-12 23:59:59', true],
    ['2026-05-12 00:00', null, true],
    ['2026-05-12 00:00', '2026-05-12 12:00', false],
    ['2026-05-12 09:00', '2026-05-13 00:00', false],
    // The night in which the clocks go back.
    ['2026-10-25 00:00', '2026-10-26 00:00', true],
  ] as const)
    test(`from ${start} to ${end ?? 'no end'} has ${whole ? 'days only' : 'hours'}`, () => {
      assert.equal(isWholeDays(event('x', start, end), ZONE), whole);
    });

  test('that ends at midnight ends on the day before; one of an instant at midnight on the day that begins', () => {
    assert.equal(lastDayOf(event('x', '2026-05-12 20:00', '2026-05-13 00:00'), ZONE), '2026-05-12');
    assert.equal(lastDayOf(event('x', '2026-05-12 20:00', '2026-05-13 00:30'), ZONE), '2026-05-13');
    assert.equal(lastDayOf(event('x', '2026-05-12 00:00', '2026-05-12 00:00'), ZONE), '2026-05-12');
    assert.equal(lastDayOf(event('x', '2026-05-12 00:00'), ZONE), '2026-05-12');
  });
});

suite('events by day', () => {
  const events = [
    event('show', '2026-05-04 09:00', '2026-05-30 18:00'),
    event('desk', '2026-05-12 00:10', '2026-05-12 19:00'),
    event('walk', '2026-05-13 10:00'),
    event('talk', '2026-05-13 23:50'),
  ];
  const grouped = (since: number | null, zone = ZONE): (string | null)[][] =>
    byDay(events, since, zone).map(({ day, events: found }) => [day, ...found.map(({ id }) => id)]);

  test('begin with what has been going on since an earlier day', () => {
    assert.deepEqual(grouped(at('2026-05-12 18:42')), [
      [null, 'show'],
      ['2026-05-12', 'desk'],
      ['2026-05-13', 'walk', 'talk'],
    ]);
    assert.deepEqual(grouped(at('2026-05-13 00:00')), [
      [null, 'show', 'desk'],
      ['2026-05-13', 'walk', 'talk'],
    ]);
  });

  test('are on the day of their beginning where nothing is to come', () => {
    assert.equal(grouped(null).toString(), '2026-05-04,show,2026-05-12,desk,2026-05-13,walk,talk');
  });

  test('have the days of the platform’s zone', () => {
    assert.equal(
      grouped(null, 'America/Martinique').toString(),
      '2026-05-04,show,2026-05-11,desk,2026-05-13,walk,talk',
    );
  });

  test('hold until an event is over, or until the day is where one goes on', () => {
    const [show, desk, walk] = events as [AgendaEvent, AgendaEvent, AgendaEvent];
    const now = at('2026-05-12 18:42');
    assert.equal(eventsUntil([walk], now, ZONE), at('2026-05-13 10:00') + 1);
    assert.equal(eventsUntil([show, desk, walk], now, ZONE), at('2026-05-12 19:00') + 1);
    assert.equal(eventsUntil([show, walk], now, ZONE), at('2026-05-13 00:00'));
    assert.equal(eventsUntil([], now, ZONE), null);
    // Days of 25 and of 23 hours.
    assert.equal(
      eventsUntil([event('x', '2026-10-20 09:00', '2026-11-20 09:00')], at('2026-10-25 12:00'), ZONE),
      at('2026-10-26 00:00'),
    );
    assert.equal(
      eventsUntil([event('x', '2026-03-20 09:00', '2026-04-20 09:00')], at('2026-03-29 12:00'), ZONE),
      at('2026-03-30 00:00'),
    );
  });
});
