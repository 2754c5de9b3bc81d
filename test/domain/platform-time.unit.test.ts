import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import { lastMoment, parsePlatformTime } from '../../src/domain/platform-time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const readers = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show at an instant, written as if it were UTC. */
function wallAt(instant: number, timeZone: string): number {
  let reader = readers.get(timeZone);
  if (!reader) {
    reader = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    readers.set(timeZone, reader);
  }
  const parts = Object.fromEntries(reader.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Finds the instant by trying: the first one at which the clocks show it, else as if the clocks had not been changed yet. */
function searched(wall: number, timeZone: string): number {
  for (let offset = 15 * HOUR; offset >= -15 * HOUR; offset -= 15 * MINUTE)
    if (wallAt(wall - offset, timeZone) === wall) return wall - offset;
  let before = wall - 15 * HOUR;
  while (wallAt(before + MINUTE, timeZone) < wall) before += MINUTE;
  return before + wall - wallAt(before, timeZone);
}

const written = (wall: number): string => new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
const utc = (instant: number): string => (Number.isNaN(instant) ? 'NaN' : new Date(instant).toISOString());

suite('a date of the platform', () => {
  const table: [text: string, zone: string, instant: string, why: string][] = [
    ['2026-01-15 12:00:00', 'Europe/Paris', '2026-01-15T11:00:00.000Z', 'winter in Paris'],
    ['2026-07-15 12:00:00', 'Europe/Paris', '2026-07-15T10:00:00.000Z', 'summer in Paris'],
    ['2026-03-29 01:59:59', 'Europe/Paris', '2026-03-29T00:59:59.000Z', 'the second before an hour is left out'],
    ['2026-03-29 02:00:00', 'Europe/Paris', '2026-03-29T01:00:00.000Z', 'the start of an hour that is left out'],
    ['2026-03-29 02:30:00', 'Europe/Paris', '2026-03-29T01:30:00.000Z', 'an hour that is left out counts on'],
    ['2026-03-29 03:00:00', 'Europe/Paris', '2026-03-29T01:00:00.000Z', 'the first second of summer time'],
    ['2026-10-25 01:59:59', 'Europe/Paris', '2026-10-24T23:59:59.000Z', 'the second before an hour occurs twice'],
    ['2026-10-25 02:00:00', 'Europe/Paris', '2026-10-25T00:00:00.000Z', 'an hour that occurs twice is the first one'],
    ['2026-10-25 02:59:59', 'Europe/Paris', '2026-10-25T00:59:59.000Z', 'up to its last second'],
    ['2026-10-25 03:00:00', 'Europe/Paris', '2026-10-25T02:00:00.000Z', 'the hour after it'],
    ['2026-07-15 12:00:00', 'Indian/Reunion', '2026-07-15T08:00:00.000Z', 'La Réunion'],
    ['2026-07-15 12:00:00', 'America/Guadeloupe', '2026-07-15T16:00:00.000Z', 'la Guadeloupe'],
    ['2026-07-15 12:00:00', 'Pacific/Noumea', '2026-07-15T01:00:00.000Z', 'la Nouvelle-Calédonie'],
    ['2026-07-15 12:00:00', 'Pacific/Marquesas', '2026-07-15T21:30:00.000Z', 'half an hour off, les Marquises'],
    ['2026-03-29 02:30:00', 'UTC', '2026-03-29T02:30:00.000Z', 'no change of clocks in UTC'],
    ['2024-02-29 23:59:59', 'UTC', '2024-02-29T23:59:59.000Z', 'a leap day'],
    ['1999-12-31 23:59:59', 'Europe/Paris', '1999-12-31T22:59:59.000Z', 'the last century'],
    ['1970-01-01 00:00:00', 'UTC', '1970-01-01T00:00:00.000Z', 'the epoch itself'],
  ];
  for (const [text, zone, instant, why] of table)
    test(`${text} in ${zone} (${why})`, () => {
      assert.equal(utc(parsePlatformTime(text, zone)), instant);
    });

  test('is in the zone of Paris where none is named', () => {
    assert.equal(parsePlatformTime('2026-07-15 12:00:00'), parsePlatformTime('2026-07-15 12:00:00', 'Europe/Paris'));
  });

  test('is the instant that a search through the clocks of its zone finds, also around changes of clocks', () => {
    const zones = [
      'Europe/Paris',
      'Indian/Reunion',
      'America/Guadeloupe',
      'Pacific/Noumea',
      'UTC',
      'America/Miquelon',
      'Australia/Lord_Howe',
      'Pacific/Marquesas',
    ];
    const time = fc.integer({ min: 0, max: 86_399 }).map((seconds) => seconds * 1000);
    const anyDay = fc
      .date({ min: new Date('1972-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.setUTCHours(0, 0, 0, 0));
    // Clocks change on the last or first Sunday of a month, by night: a random day would hardly ever be one.
    const sunday = fc
      .record({ year: fc.integer({ min: 1996, max: 2037 }), month: fc.constantFrom(2, 3, 9, 10), last: fc.boolean() })
      .map(({ year, month, last }) => {
        const start = new Date(Date.UTC(year, last ? month + 1 : month, last ? 0 : 1));
        const weekday = start.getUTCDay();
        return start.setUTCDate(start.getUTCDate() + (last ? -weekday : (7 - weekday) % 7));
      });
    const night = fc.integer({ min: 0, max: 5 * 3600 }).map((seconds) => seconds * 1000);
    const wall = fc.oneof(
      fc.tuple(anyDay, time).map(([day, rest]) => day + rest),
      fc.tuple(sunday, night).map(([day, rest]) => day + rest),
    );
    fc.assert(
      fc.property(wall, fc.constantFrom(...zones), (instant, zone) => {
        assert.equal(utc(parsePlatformTime(written(instant), zone)), utc(searched(instant, zone)));
      }),
      { numRuns: 3000 },
    );
  });
});

suite('a text that is no date is not a number', () => {
  const texts = [
    '',
    'demain',
    '2026-07-15',
    '12:00:00',
    '2026-07-15T12:00:00',
    '2026-07-15 12:00',
    '2026-07-15 12:00:00Z',
    '2026-07-15 12:00:00+02:00',
    ' 2026-07-15 12:00:00',
    '2026-07-15 12:00:00\n',
    '2026-13-01 12:00:00',
    '2026-00-10 12:00:00',
    '2026-01-32 12:00:00',
    '2026-01-10 12:60:00',
    '2026-01-10 25:00:00',
    '0000-00-00 00:00:00',
    '15/07/2026 12:00:00',
  ];
  for (const text of texts)
    test(JSON.stringify(text), () => {
      assert.equal(parsePlatformTime(text), NaN);
    });

  test('whatever is typed at random', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(parsePlatformTime(text), NaN);
      }),
    );
  });
});

suite('the last moment before an end', () => {
  const paris = (text: string): number => parsePlatformTime(text, 'Europe/Paris');

  test('is in the day before, for an end as a day begins', () => {
    assert.equal(lastMoment(paris('2026-05-13 00:00:00'), 'Europe/Paris'), paris('2026-05-12 23:59:59') + 999);
  });

  test('is the end itself at any other hour', () => {
    assert.equal(lastMoment(paris('2026-05-12 18:00:00'), 'Europe/Paris'), paris('2026-05-12 18:00:00'));
  });

  test('follows the zone and its changes of clocks', () => {
    assert.equal(lastMoment(paris('2026-03-30 00:00:00'), 'Europe/Paris'), paris('2026-03-29 23:59:59') + 999);
    assert.equal(lastMoment(paris('2026-05-13 00:00:00'), 'Indian/Reunion'), paris('2026-05-13 00:00:00'));
  });
});
