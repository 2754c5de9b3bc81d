import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import ICAL from 'ical.js';

import type { AgendaEvent } from '../../src/domain/event.js';
import { calendarOf } from '../../src/elements/event-list/event-list.calendar.js';

const at = (text: string): number => Date.parse(text);
const NOW = at('2026-05-12T16:42:00Z');
const workshop: AgendaEvent = {
  id: 'RXZlbnQ6MQ==',
  title: 'Atelier : écrire son idée',
  url: 'https://participez.valmont.example/events/atelier',
  startAt: at('2026-05-20T12:00:00Z'),
  endAt: at('2026-05-20T14:00:00Z'),
  place: 'Maison de quartier ; 3, rue des Tanneries',
};

/** What an independent reader of calendar files finds in one. */
const read = (event: AgendaEvent): InstanceType<typeof ICAL.Component> => {
  const calendar = new ICAL.Component(ICAL.parse(calendarOf(event, NOW, 'Europe/Paris')) as unknown[]);
  const [found, ...others] = calendar.getAllSubcomponents('vevent');
  assert.ok(found && others.length === 0);
  return found;
};
const value = (event: AgendaEvent, name: string): string | undefined =>
  read(event).getFirstPropertyValue(name)?.toString();

suite('a calendar file', () => {
  test('says what, when and where, in UTC', () => {
    assert.equal(value(workshop, 'uid'), 'RXZlbnQ6MQ==@participez.valmont.example');
    assert.equal(value(workshop, 'dtstamp'), '2026-05-12T16:42:00Z');
    assert.equal(value(workshop, 'dtstart'), '2026-05-20T12:00:00Z');
    assert.equal(value(workshop, 'dtend'), '2026-05-20T14:00:00Z');
    assert.equal(value(workshop, 'summary'), workshop.title);
    assert.equal(value(workshop, 'location'), workshop.place);
    assert.equal(value(workshop, 'url'), workshop.url);
  });

  test('has no end and no place where there is none', () => {
    const event = { ...workshop, endAt: null, place: null };
    assert.equal(value(event, 'dtend'), undefined);
    assert.equal(value(event, 'location'), undefined);
    assert.equal(value({ ...workshop, endAt: workshop.startAt }, 'dtend'), undefined);
  });

  for (const [end, last] of [
    ['2026-06-21T23:59:59+02:00', '2026-06-22'],
    ['2026-06-22T00:00:00+02:00', '2026-06-22'],
    ['2026-06-20T23:59:00+02:00', '2026-06-21'],
  ] as const)
    test(`has days without hours for an event of whole days until ${end}`, () => {
      const event = { ...workshop, startAt: at('2026-06-20T00:00:00+02:00'), endAt: at(end) };
      assert.equal(value(event, 'dtstart'), '2026-06-20');
      assert.equal(value(event, 'dtend'), last);
    });

  test('has one day for an event that begins at midnight and has no end', () => {
    const event = { ...workshop, startAt: at('2026-06-20T00:00:00+02:00'), endAt: null };
    assert.equal(value(event, 'dtstart'), '2026-06-20');
    assert.equal(value(event, 'dtend'), undefined);
  });

  test('has lines of at most 75 octets, ended as the format asks, whatever is written in it', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(texts, texts, (title, place) => {
        const event = { ...workshop, title, place };
        const file = calendarOf(event, NOW, 'Europe/Paris');
        assert.ok(file.endsWith('END:VCALENDAR\r\n'));
        for (const line of file.split('\r\n')) {
          assert.ok(Buffer.byteLength(line) <= 75, line);
          assert.ok(!/[\r\n]/.test(line), line);
        }
        assert.equal(value(event, 'summary') ?? '', title);
        if (place) assert.equal(value(event, 'location'), place);
      }),
      { numRuns: 300 },
    );
  });

  test('takes the lines of a text for lines, and lets none of them be one of its own', () => {
    const title = 'Fête\r\nEND:VEVENT\nBEGIN:VEVENT';
    assert.equal(value({ ...workshop, title }, 'summary'), 'Fête\nEND:VEVENT\nBEGIN:VEVENT');
  });
});
