import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, suite, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import type { AgendaOptions } from '../../src/sync/events-push-event.js';
import { readAgenda } from '../../src/sync/events-push-agenda.js';
import { LIMITS } from '../../src/sync/events-push-limits.js';
import { readAgendaFile } from '../../src/sync/events-push-reading.js';
import { CommandError, EXIT } from '../../src/sync/report.js';
import { icsOf, openDesk, type Meeting } from './support/agenda.js';

const folder = mkdtempSync(join(tmpdir(), 'cap-reading-'));
after(() => rmSync(folder, { recursive: true }));

const options: AgendaOptions = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2029, 0, 1),
  placeLabel: 'Lieu :',
  base: 'https://participez.valmont.example',
};

function fileOf(text: string): string {
  const file = join(folder, 'agenda.ics');
  writeFileSync(file, text);
  return file;
}

const single = (i: number): Meeting => ({
  uid: `${i}@valmont`,
  title: `Réunion publique ${i}`,
  start: `2027${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}T180000`,
});
const many = (count: number): string => icsOf(Array.from({ length: count }, (_, i) => single(i)));
const daily = (more: Partial<Meeting> = {}): Meeting => ({
  ...{ uid: 'daily', title: 'Marché', start: '20270619T090000', text: 'Venez.' },
  ...{ lines: ['RRULE:FREQ=DAILY;COUNT=3'], ...more },
});

const isFailure = (message: RegExp) => (error: unknown) =>
  error instanceof CommandError && error.exitCode === EXIT.files && message.test(error.message);

suite('a thread of its own', () => {
  test('reads what this one would', async () => {
    const text = icsOf([single(1), daily(), single(2), { ...single(3), lines: ['DTEND:20270231T100000'] }]);
    assert.deepEqual(await readAgendaFile(fileOf(text), options), readAgenda(text, options));
  });

  test('says what is no agenda, and what is not there', async () => {
    await assert.rejects(
      readAgendaFile(fileOf('<!doctype html>'), options),
      isFailure(/line 1 should be BEGIN:VCALENDAR/),
    );
    await assert.rejects(readAgendaFile(join(folder, 'none.ics'), options), /ENOENT/);
  });

  test('is stopped in the middle by whoever waits, who is held up by nothing', async () => {
    const count = 60_000;
    const stop = new AbortController();
    const reason = new Error('enough');
    let lineOf = (): number => 0;
    const reading = readAgendaFile(fileOf(many(count)), options, {
      signal: stop.signal,
      time: 600_000,
      onStart: (line) => (lineOf = line),
    });
    const rejected = assert.rejects(reading, (error) => error === reason);
    let turns = 0;
    while (lineOf() === 0) turns += Number((await turn(), true));
    const line = lineOf();
    stop.abort(reason);
    await rejected;
    assert.ok(turns > 1);
    assert.ok(line < count * 5, `at line ${line} it was still at work`);
    assert.ok(lineOf() < count * 5, `and did not go on to the end: ${lineOf()}`);
  });

  test('is stopped before it has begun', async () => {
    const reason = new Error('enough');
    await assert.rejects(
      readAgendaFile(fileOf(many(1)), options, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
  });

  test('is given up when its time is over, and says where', async () => {
    await assert.rejects(
      readAgendaFile(fileOf(many(20_000)), options, { time: 1 }),
      isFailure(/takes more than 0\.001 seconds of work, at line \d+\. Nothing was changed on the platform\. Take/),
    );
  });

  test('is not even asked for a file that is too large', async () => {
    const file = fileOf(many(1));
    truncateSync(file, LIMITS.file + 1);
    await assert.rejects(readAgendaFile(file, options), isFailure(/larger than 20 MB\. Nothing was changed/));
  });
});

suite('what was pushed is not deleted because a limit was hit', async () => {
  const desk = await openDesk();
  after(() => desk.close());
  afterEach(() => desk.clear());
  const range = { since: options.since, until: options.until };
  const pushed = async (text: string) => {
    writeFileSync(desk.file, text);
    return desk.push(range);
  };
  const before = icsOf([single(1), daily(), single(2)]);

  for (const [name, text] of [
    ['a rule without end', icsOf([single(1), daily({ lines: ['RRULE:FREQ=SECONDLY'] }), single(2)])],
    ['a date that is none', icsOf([single(1), daily({ start: '20270231T090000' }), single(2)])],
    ['a long text', icsOf([single(1), daily({ text: 'x'.repeat(LIMITS.field) }), single(2)])],
    ['a UID that cannot be read', icsOf([single(1), daily({ uid: 'x'.repeat(LIMITS.field) }), single(2)])],
    [
      'a zone without end',
      before
        .replaceAll('TZID=Europe/Paris:20270619', 'TZID=Ville:20270619')
        .replace(
          'BEGIN:VEVENT',
          [
            ...['BEGIN:VTIMEZONE', 'TZID:Ville', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'RRULE:FREQ=SECONDLY'],
            ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE', 'BEGIN:VEVENT'],
          ].join('\r\n'),
        ),
    ],
  ] as const)
    test(name, async () => {
      await pushed(before);
      const stored = desk.stored();
      assert.equal(stored.length, 5);
      const { deleted, unchanged, failed } = await pushed(text);
      assert.deepEqual([deleted, unchanged, failed.length], [0, 2, 1]);
      assert.deepEqual(desk.stored(), stored);
      const again = await pushed(before);
      assert.deepEqual([again.added, again.changed, again.unchanged], [0, 0, 5]);
    });

  test('also what a run that was ended has added without an answer', async () => {
    const lost: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (typeof init?.body === 'string' && init.body.includes('AddEvent')) throw new TypeError('fetch failed');
      return response;
    };
    writeFileSync(desk.file, before);
    await desk.push({ ...range, fetch: lost });
    const stored = desk.stored();
    assert.ok(stored.length > 0);
    const { deleted } = await pushed(icsOf([single(1), daily({ lines: ['RRULE:FREQ=SECONDLY'] }), single(2)]));
    assert.equal(deleted, 0);
    for (const event of stored)
      assert.deepEqual(
        desk.stored().filter(({ start }) => start === event.start),
        [event],
      );
  });

  test('an agenda that cannot be read at all', async () => {
    await pushed(before);
    const stored = desk.stored();
    for (const text of [before.slice(0, -20), `${before}BEGIN:VCALENDAR\r\n`, 'x'])
      await assert.rejects(pushed(text), isFailure(/no iCalendar agenda/));
    assert.deepEqual(desk.stored(), stored);
  });
});
