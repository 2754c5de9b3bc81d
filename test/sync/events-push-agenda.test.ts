import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import rrule from 'rrule';

import { parsePlatformTime } from '../../src/domain/platform-time.js';
import type { AgendaEvent, AgendaOptions } from '../../src/sync/events-push-event.js';
import { readAgenda } from '../../src/sync/events-push-agenda.js';
import { htmlOf } from '../../src/sync/events-push-body.js';
import { CommandError, EXIT } from '../../src/sync/report.js';

const options: AgendaOptions = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2028, 0, 1),
  placeLabel: 'Lieu :',
  base: 'https://participez.valmont.example',
};

const paris = `BEGIN:VTIMEZONE
TZID:Paris (Romance)
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE`;

const calendar = (...parts: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//FR', ...parts, 'END:VCALENDAR'].join('\n').replace(/\n/g, '\r\n');

const vevent = (...lines: readonly string[]): string =>
  [
    'BEGIN:VEVENT',
    ...(lines.some((line) => line.startsWith('UID')) ? [] : ['UID:fete@valmont']),
    ...(lines.some((line) => line.startsWith('SUMMARY')) ? [] : ['SUMMARY:Fête']),
    ...lines,
    'END:VEVENT',
  ].join('\n');

function read(parts: readonly string[], more: Partial<AgendaOptions> = {}): readonly AgendaEvent[] {
  const { events, problems } = readAgenda(calendar(...parts), { ...options, ...more });
  assert.deepEqual(problems, []);
  return events;
}

const only = (parts: readonly string[], more: Partial<AgendaOptions> = {}): AgendaEvent => {
  const [event, ...others] = read(parts, more);
  assert.ok(event);
  assert.deepEqual(others, []);
  return event;
};

const times = (events: readonly AgendaEvent[]): string[] => events.map(({ startAt }) => startAt);

suite('the dates of an agenda, on the platform’s clock', () => {
  const cases: readonly (readonly [name: string, lines: readonly string[], start: string, end: string | null])[] = [
    ['UTC', ['DTSTART:20270619T160000Z', 'DTEND:20270619T180000Z'], '2027-06-19 18:00:00', '2027-06-19 20:00:00'],
    ['UTC in winter', ['DTSTART:20270119T160000Z'], '2027-01-19 17:00:00', null],
    [
      'a named zone',
      ['DTSTART;TZID=Europe/Paris:20270619T160000', 'DURATION:PT90M'],
      '2027-06-19 16:00:00',
      '2027-06-19 17:30:00',
    ],
    [
      'a zone far away',
      ['DTSTART;TZID=America/Guadeloupe:20270619T200000', 'DURATION:PT1H'],
      '2027-06-20 02:00:00',
      '2027-06-20 03:00:00',
    ],
    [
      'a zone behind a path',
      ['DTSTART;TZID=/mozilla.org/20050126_1/Europe/Lisbon:20270619T200000'],
      '2027-06-19 21:00:00',
      null,
    ],
    ['a zone of the file', ['DTSTART;TZID="Paris (Romance)":20270619T160000'], '2027-06-19 16:00:00', null],
    ['no zone', ['DTSTART:20270619T160000', 'DTEND:20270619T160000'], '2027-06-19 16:00:00', null],
    [
      'two zones',
      ['DTSTART;TZID=Europe/Paris:20270619T160000', 'DTEND;TZID=Europe/London:20270619T160000'],
      '2027-06-19 16:00:00',
      '2027-06-19 17:00:00',
    ],
    ['a whole day', ['DTSTART;VALUE=DATE:20270619'], '2027-06-19 00:00:00', '2027-06-19 23:59:00'],
    [
      'whole days',
      ['DTSTART;VALUE=DATE:20270227', 'DTEND;VALUE=DATE:20270302'],
      '2027-02-27 00:00:00',
      '2027-03-01 23:59:00',
    ],
    ['an hour that spring leaves out', ['DTSTART:20270328T023000'], '2027-03-28 03:30:00', null],
    [
      'an hour that autumn has twice',
      ['DTSTART:20271031T003000Z', 'DTEND:20271031T013000Z'],
      '2027-10-31 02:30:00',
      '2027-10-31 02:30:00',
    ],
  ];
  for (const [name, lines, startAt, endAt] of cases)
    test(name, () => {
      const event = only([paris, vevent(...lines)]);
      assert.deepEqual([event.startAt, event.endAt], [startAt, endAt]);
      assert.equal(event.key, 'fete@valmont');
    });

  test('a platform elsewhere has its own clock', () => {
    const event = only([vevent('DTSTART:20270619T160000Z')], { timeZone: 'Indian/Reunion' });
    assert.equal(event.startAt, '2027-06-19 20:00:00');
  });

  test('single events count whenever they are', () => {
    assert.deepEqual(times(read([vevent('DTSTART:20100619T160000Z')])), ['2010-06-19 18:00:00']);
  });
});

suite('events that recur', () => {
  test('keep their hour through both changes of time', () => {
    const events = read([
      paris,
      vevent('DTSTART;TZID="Paris (Romance)":20270325T183000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'),
      vevent('UID:b', 'DTSTART;TZID=Europe/Paris:20271028T183000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'),
      vevent('UID:c', 'DTSTART:20271028T163000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'),
    ]);
    assert.deepEqual(times(events), [
      ...['2027-03-25 18:30:00', '2027-04-01 18:30:00'],
      ...['2027-10-28 18:30:00', '2027-11-04 18:30:00'],
      // Noted in UTC, they move.
      ...['2027-10-28 18:30:00', '2027-11-04 17:30:00'],
    ]);
    assert.ok(
      events.every(({ startAt, endAt }) => endAt && Number(endAt.slice(11, 13)) - Number(startAt.slice(11, 13)) === 1),
    );
    assert.equal(new Set(events.map(({ key }) => key)).size, 6);
  });

  test('leave out what is excluded, however it is written', () => {
    const daily = ['DTSTART;TZID=Europe/Paris:20270628T100000', 'RRULE:FREQ=DAILY;COUNT=8'];
    const events = read([
      vevent(
        ...daily,
        'EXDATE;TZID=Europe/Paris:20270629T100000,20270701T100000',
        'EXDATE:20270702T080000Z',
        'EXDATE;VALUE=DATE:20270704',
        // Days on which nothing would take place anyway.
        'EXDATE;TZID=Europe/Paris:20270620T100000,20270628T110000,20270629T110000,20270630T110000',
      ),
    ]);
    assert.deepEqual(
      times(events).map((time) => time.slice(8, 10)),
      ['28', '30', '03', '05'],
    );
  });

  test('take place on further dates, also when there is no rule', () => {
    const events = read([
      vevent('DTSTART:20270628T100000', 'RDATE:20270703T100000,20270701T140000,20270628T100000'),
      vevent('UID:b', 'DTSTART;VALUE=DATE:20270628', 'RRULE:FREQ=DAILY;UNTIL=20270629', 'RDATE;VALUE=DATE:20270714'),
      vevent('UID:c', 'DTSTART:20270628T100000Z', 'RDATE;VALUE=PERIOD:20270630T100000Z/PT2H'),
    ]);
    assert.deepEqual(times(events), [
      ...['2027-06-28 10:00:00', '2027-07-01 14:00:00', '2027-07-03 10:00:00'],
      ...['2027-06-28 00:00:00', '2027-06-29 00:00:00', '2027-07-14 00:00:00'],
      ...['2027-06-28 12:00:00', '2027-06-30 12:00:00'],
    ]);
  });

  test('last until the end of the day that their rule names', () => {
    const events = read([vevent('DTSTART:20270628T180000', 'RRULE:FREQ=DAILY;UNTIL=20270630')]);
    assert.equal(events.length, 3);
  });

  test('are moved, renamed and called off one by one, and keep their keys', () => {
    const rule = vevent('DTSTART;TZID=Europe/Paris:20270628T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=5');
    const before = read([rule]);
    const after = read([
      rule,
      vevent(
        'RECURRENCE-ID;TZID=Europe/Paris:20270629T100000',
        'DTSTART;TZID=Europe/Paris:20270703T200000',
        'SUMMARY:Plus tard',
      ),
      vevent('RECURRENCE-ID:20270630T080000Z', 'DTSTART:20270630T120000Z', 'DURATION:PT2H', 'SUMMARY:En UTC'),
      vevent(
        'RECURRENCE-ID;TZID=Europe/Paris:20270701T100000',
        'DTSTART;TZID=Europe/Paris:20270701T100000',
        'STATUS:CANCELLED',
      ),
    ]);
    assert.deepEqual(
      after.map(({ title, startAt, endAt }) => [title, startAt, endAt]),
      [
        ['Fête', '2027-06-28 10:00:00', '2027-06-28 11:00:00'],
        ['Fête', '2027-07-02 10:00:00', '2027-07-02 11:00:00'],
        ['Plus tard', '2027-07-03 20:00:00', null],
        ['En UTC', '2027-06-30 14:00:00', '2027-06-30 16:00:00'],
      ],
    );
    const keys = before.map(({ key }) => key);
    assert.deepEqual(
      after.map(({ key }) => keys.indexOf(key)),
      [0, 4, 1, 2],
    );
  });

  test('change from one moment on', () => {
    const events = read([
      vevent('DTSTART:20270628T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4'),
      vevent(
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20270630T100000',
        'DTSTART:20270630T170000',
        'DURATION:PT2H',
        'SUMMARY:Le soir',
      ),
    ]);
    assert.deepEqual(
      events
        .map(({ title, startAt, endAt }) => `${title} ${startAt.slice(8, 13)} ${endAt?.slice(11, 13) ?? ''}`)
        .sort(),
      ['Fête 28 10 11', 'Fête 29 10 11', 'Le soir 01 17 19', 'Le soir 30 17 19'],
    );
  });

  test('are there without the event that they come from', () => {
    const event = only([vevent('RECURRENCE-ID:20270630T080000Z', 'DTSTART:20270630T120000Z')]);
    assert.equal(event.startAt, '2027-06-30 14:00:00');
    assert.notEqual(event.key, 'fete@valmont');
  });

  test('are looked at for a time only, and are told apart from single ones', () => {
    const text = calendar(
      vevent('DTSTART:20150105T100000Z', 'RRULE:FREQ=WEEKLY'),
      vevent('UID:b', 'DTSTART:20270101T100000Z'),
    );
    const { events, series } = readAgenda(text, options);
    assert.deepEqual([...series], ['fete@valmont']);
    assert.equal(events.filter(({ uid }) => uid === 'fete@valmont').length, 52);
    assert.equal(times(events)[0], '2027-01-04 11:00:00');
  });

  test('that never end are refused, and hold up nothing else', () => {
    const { events, problems } = readAgenda(
      calendar(vevent('DTSTART:20270105T100000Z', 'RRULE:FREQ=MINUTELY'), vevent('UID:b', 'DTSTART:20270101T100000Z')),
      options,
    );
    assert.deepEqual(
      events.map(({ uid }) => uid),
      ['b'],
    );
    assert.match(problems[0]?.message ?? '', /beyond 10000 occurrences: narrow them by --since and --until/);
  });

  test('at random: as another library expands the same rules', () => {
    const { RRule } = rrule;
    const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
    const parts = {
      freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
      interval: fc.integer({ min: 1, max: 5 }),
      count: fc.option(fc.integer({ min: 1, max: 30 })),
      byday: fc.option(
        fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), { minLength: 1, maxLength: 3 }),
      ),
      day: fc.integer({ min: 0, max: 1200 }),
      hour: fc.integer({ min: 4, max: 23 }),
      exclude: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }),
    };
    fc.assert(
      fc.property(fc.record(parts), ({ freq, interval, count, byday, day, hour, exclude }) => {
        const days = byday && freq !== 'YEARLY' ? byday : null;
        const start = new Date(Date.UTC(2026, 0, 1 + day, hour));
        // A series begins with one of its own: of any other the format leaves open whether it belongs to it.
        while (days && !days.some((name) => names[start.getUTCDay()] === name))
          start.setUTCDate(start.getUTCDate() + 1);
        const stamp = (date: Date): string => date.toISOString().replace(/[-:]/g, '').slice(0, 15);
        const rule = `FREQ=${freq};INTERVAL=${interval}${count ? `;COUNT=${count}` : ''}${days ? `;BYDAY=${days.join(',')}` : ''}`;
        // Both read local time as if it were UTC: the zone is ours to apply.
        const expected = new RRule({ ...RRule.parseString(rule), dtstart: start })
          .between(new Date(Date.UTC(2025, 0)), new Date(Date.UTC(2028, 5)), true)
          .map((date) => date.toISOString().slice(0, 19).replace('T', ' '))
          .filter((wall) => {
            const instant = parsePlatformTime(wall);
            return instant >= options.since && instant < options.until;
          });
        const left = exclude.map((place) => expected[place]).filter((wall) => wall !== undefined);
        const exdate = left.map((wall) => `EXDATE;TZID=Europe/Paris:${wall.replace(/[-:]/g, '').replace(' ', 'T')}`);
        const found = read([vevent(`DTSTART;TZID=Europe/Paris:${stamp(start)}`, `RRULE:${rule}`, ...exdate)]);
        assert.deepEqual(
          times(found),
          expected.filter((wall) => !left.includes(wall)),
          rule,
        );
      }),
      { numRuns: 300 },
    );
  });
});

suite('what an event says', () => {
  test('plain text becomes paragraphs, lines and links, and nothing else', () => {
    assert.equal(
      htmlOf('Bal & buffet <gratuit>\nVenez !\n\n\nVoir https://fete.valmont.example/a?b=1&c="2".\r\n'),
      '<p>Bal &amp; buffet &lt;gratuit&gt;<br />Venez !</p>' +
        '<p>Voir <a href="https://fete.valmont.example/a?b=1&amp;c=">https://fete.valmont.example/a?b=1&amp;c=</a>&quot;2&quot;.</p>',
    );
  });

  test('the place stands behind the text, as the platform has no field for it', () => {
    const { body } = only([
      vevent('DTSTART:20270619T160000Z', 'DESCRIPTION:Bal.', 'LOCATION:Place du Marché\\, Valmont'),
    ]);
    assert.equal(body, '<p>Bal.</p><p><strong>Lieu :</strong> Place du Marché, Valmont</p>');
  });

  test('without a text it has its title, and without a title its place', () => {
    assert.equal(only([vevent('DTSTART:20270619T160000Z')]).body, 'Fête');
    assert.equal(only([vevent('DTSTART:20270619T160000Z', 'SUMMARY: ', 'LOCATION:Gare')]).title, 'Gare');
  });

  test('HTML is made safe, in whichever property it comes', () => {
    const evil =
      '<p onclick="x()">Bal<script>alert(1)</script> <a href="javascript:alert(1)">ici</a> <img src="http://x" onerror=y></p>';
    for (const line of [`DESCRIPTION:${evil}`, `X-ALT-DESC;FMTTYPE=text/html:${evil}`]) {
      const { body } = only([vevent('DTSTART:20270619T160000Z', line)]);
      assert.match(body, /^<p>Bal <a>ici<\/a> *<\/p>$/);
    }
    const { body } = only([vevent('DTSTART:20270619T160000Z', 'SUMMARY:<b>Bal</b>', 'LOCATION:<img src=x onerror=y>')]);
    assert.match(body, /&lt;img src=x onerror=y&gt;/);
  });

  test('only addresses of web pages are links', () => {
    const link = (url: string): string | null => only([vevent('DTSTART:20270619T160000Z', `URL:${url}`)]).link;
    assert.equal(link('https://fete.valmont.example/'), 'https://fete.valmont.example/');
    assert.equal(link('javascript:alert(1)'), null);
    assert.equal(link('fete'), null);
  });

  test('what is cancelled or not public is left out, a whole series as well', () => {
    for (const line of ['STATUS:CANCELLED', 'CLASS:PRIVATE', 'CLASS:CONFIDENTIAL'])
      assert.deepEqual(
        read([
          vevent('DTSTART:20270619T160000Z', line),
          vevent('UID:b', 'DTSTART:20270619T160000Z', 'RRULE:FREQ=DAILY;COUNT=3', line),
          vevent('UID:b', 'RECURRENCE-ID:20270620T160000Z', 'DTSTART:20270620T180000Z'),
        ]),
        [],
      );
  });

  test('of two versions of an event the newer counts', () => {
    const event = only([
      vevent('DTSTART:20270619T160000Z', 'SEQUENCE:3', 'SUMMARY:Troisième'),
      vevent('DTSTART:20270619T160000Z', 'SEQUENCE:2', 'SUMMARY:Deuxième'),
    ]);
    assert.equal(event.title, 'Troisième');
  });

  test('long lines are folded, and several calendars may follow each other', () => {
    const long = vevent('DTSTART:20270619T160000Z', 'SUMMARY:Une fête dont le nom est ', ' long');
    const { events } = readAgenda(
      calendar(long) + '\r\n' + calendar(vevent('UID:b', 'DTSTART:20270619T160000Z')),
      options,
    );
    assert.deepEqual(
      events.map(({ title }) => title),
      ['Une fête dont le nom est long', 'Fête'],
    );
  });
});

suite('what cannot be read', () => {
  for (const [name, text] of [
    ['an empty file', ''],
    ['a page', '<!doctype html><title>404</title>'],
    ['a file that was cut', calendar(vevent('DTSTART:20270619T160000Z')).slice(0, -30)],
    ['another kind of file', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:X\r\nEND:VCARD'],
  ] as const)
    test(`${name} is a failure of the whole`, () => {
      assert.throws(
        () => readAgenda(text, options),
        (error) => error instanceof CommandError && error.exitCode === EXIT.files && /iCalendar/.test(error.message),
      );
    });

  for (const [lines, message] of [
    [['DTSTART;TZID=Mars/Olympus:20270619T160000'], /Mars\/Olympus/],
    [['DTSTART:20270619T160000Z', 'DTEND:20270619T150000Z'], /ends before/],
    [['DTSTART:20270619T160000Z', 'SUMMARY:'], /title/],
    [['SUMMARY:Sans date'], /does not say when/],
  ] as const)
    test(`an event with ${lines.join(' ')} is a problem of its own`, () => {
      const { events, problems } = readAgenda(
        calendar(vevent(...lines), vevent('UID:b', 'DTSTART:20270619T160000Z')),
        options,
      );
      assert.deepEqual(
        events.map(({ uid }) => uid),
        ['b'],
      );
      assert.deepEqual(
        problems.map(({ uid }) => uid),
        ['fete@valmont'],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
});
