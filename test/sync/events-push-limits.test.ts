import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Agenda, AgendaOptions } from '../../src/sync/events-push-event.js';
import { readAgenda } from '../../src/sync/events-push-agenda.js';
import { htmlOf, safeHtmlOf } from '../../src/sync/events-push-body.js';
import { LIMITS } from '../../src/sync/events-push-limits.js';
import { safeHtml, textOf } from '../../src/sync/html.js';
import fc from 'fast-check';

const base = 'https://participez.valmont.example';
const options: AgendaOptions = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2029, 0, 1),
  placeLabel: 'Lieu :',
  base,
};

const vevent = (uid: string, ...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:Fête ${uid}`, ...lines, 'END:VEVENT'].join('\r\n');
const START = 'DTSTART:20270619T160000';
const good = vevent('good', START);

/** Reads an agenda with a good event in front and behind, which nothing may hold up. */
function read(...parts: readonly string[]): Agenda {
  const whole = ['BEGIN:VCALENDAR', good, ...parts, vevent('last', START), 'END:VCALENDAR', ''].join('\r\n');
  const agenda = readAgenda(whole, options);
  const uids = agenda.events.map(({ uid }) => uid);
  assert.deepEqual([uids[0], uids.at(-1)], ['good', 'last']);
  return { ...agenda, events: agenda.events.slice(1, -1) };
}

const starts = (...lines: readonly string[]): string[] => {
  const { events, problems } = read(vevent('x', ...lines));
  assert.deepEqual(problems, []);
  return events.map(({ startAt }) => startAt.slice(0, 10));
};

function refused(message: RegExp, ...lines: readonly string[]): void {
  const { events, problems } = read(vevent('x', ...lines));
  assert.deepEqual([events, problems.map(({ uid, title }) => [uid, title])], [[], [['x', 'Fête x']]]);
  assert.match(problems[0]?.message ?? '', message);
}

suite('a date that is none is a problem of its event, and never another date', () => {
  for (const date of [
    ...['20260230', '20261301', '20260010', '20260400', '20270229', '00000000', '99999999', '2026', '', 'demain'],
    ...['20260230T100000', '99999999T999999Z', 'T250000', '20260619T250000', '20260619T240000', '20260619T186000'],
    ...['20260619T1800', '20260619T180000+0200', '2026-06-19', '20260619T180000Zulu', '20260619 180000'],
  ]) {
    test(`in DTSTART, DTEND and RECURRENCE-ID: ${date}`, () => {
      refused(/is no date\. Write/, `DTSTART:${date}`);
      refused(/is no date\. Write/, START, `DTEND:${date}`);
      refused(/is no date\. Write/, START, `RECURRENCE-ID:${date}`);
    });
    test(`in the dates of a series: ${date}`, () => {
      refused(/is no date\. Write/, START, 'RRULE:FREQ=DAILY;COUNT=3', `EXDATE:20270620T160000,${date}`);
      refused(/is no date\. Write/, START, `RDATE:20270620T160000,${date}`);
      refused(/is no date\. Write/, START, `RRULE:FREQ=DAILY;UNTIL=${date}`);
    });
  }

  test('says on which line', () => {
    const { problems } = read(vevent('x', START, 'DTEND:20270231T160000'));
    assert.deepEqual(problems, [
      {
        uid: 'x',
        title: 'Fête x',
        line: 11,
        message: '“20270231T160000” is no date. Write a day as 20270630, a time as 20270630T180000.',
      },
    ]);
  });

  test('years that the platform cannot write are none', () => {
    for (const date of ['00010101T100000', '09991231T100000', '00500101T100000Z'])
      refused(/The platform has no such date/, `DTSTART:${date}`);
    refused(/The platform has no such date/, 'DTSTART:99991231T230000Z', 'DURATION:P2D');
  });

  test('nor does a rule move what a month or a year does not have', () => {
    const feb29 = ['DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY'];
    assert.deepEqual(starts(...feb29), ['2028-02-29']);
    assert.deepEqual(starts('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY;COUNT=2'), ['2028-02-29']);
    assert.deepEqual(starts('DTSTART;VALUE=DATE:20270101', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), []);
    assert.deepEqual(starts('DTSTART;VALUE=DATE:20270101', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2,3'), [
      '2027-03-30',
      '2028-03-30',
    ]);
    assert.deepEqual(starts('DTSTART;VALUE=DATE:20270131', 'RRULE:FREQ=MONTHLY;COUNT=3'), [
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
    ]);
    assert.deepEqual(starts('DTSTART;VALUE=DATE:20270331', 'RRULE:FREQ=YEARLY;BYMONTH=3,4;COUNT=2'), [
      '2027-03-31',
      '2028-03-31',
    ]);
    assert.deepEqual(starts('DTSTART;VALUE=DATE:20270228', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3'), [
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
  });
});

suite('what would never end, ends', () => {
  const decades = ['DTSTART:19700101T000000Z'];
  for (const [name, message, lines] of [
    ['each second', /beyond 10000 occurrences/, [START, 'RRULE:FREQ=SECONDLY']],
    ['each second for decades', /too many dates/, [...decades, 'RRULE:FREQ=SECONDLY']],
    ['each minute for decades', /too many dates/, [...decades, 'RRULE:FREQ=MINUTELY']],
    ['each hour for decades', /too many dates/, [...decades, 'RRULE:FREQ=HOURLY']],
    ['each second of a day that is none', /too many dates/, [START, 'RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30']],
    ['each day that is none', /too many dates/, [START, 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30']],
    ['each second of one that comes late', /too many dates/, [START, 'RRULE:FREQ=SECONDLY;UNTIL=99991231;BYMONTH=1']],
    [
      'a fifth Monday that never comes',
      /too many dates/,
      ['DTSTART;VALUE=DATE:20010201', 'RRULE:FREQ=MONTHLY;BYDAY=5MO;INTERVAL=1200'],
    ],
    ['a million times', /beyond 10000 occurrences/, [START, 'RRULE:FREQ=MINUTELY;COUNT=99999999999999999999']],
    ['a long INTERVAL', /INTERVAL in its RRULE is longer/, [START, 'RRULE:FREQ=DAILY;INTERVAL=99999999999']],
    [
      'a longer INTERVAL',
      /INTERVAL in its RRULE is longer/,
      [START, `RRULE:FREQ=SECONDLY;INTERVAL=${'9'.repeat(400)}`],
    ],
    ['no INTERVAL', /no number from 1 on/, [START, 'RRULE:FREQ=DAILY;INTERVAL=0']],
    ['no COUNT', /no number from 1 on/, [START, 'RRULE:FREQ=DAILY;COUNT=-3']],
    ['no FREQ', /does not say how often/, [START, 'RRULE:COUNT=3']],
    ['a long rule', /longer than 1000 characters/, [START, `RRULE:FREQ=DAILY;BYDAY=${'MO,'.repeat(400)}MO`]],
    ['a long DURATION', /longer than a hundred years/, [START, 'DURATION:P99999999999999W']],
    ['a longer DURATION', /longer than a hundred years/, [START, `DURATION:PT${'9'.repeat(400)}S`]],
    ['a long period', /longer than a hundred years/, [START, 'RDATE;VALUE=PERIOD:20270620T160000/P99999999999999W']],
    ['no DURATION', /no duration/, [START, 'DURATION:PT']],
    ['a long field', /DESCRIPTION is longer than 1000000/, [START, `DESCRIPTION:${'x'.repeat(LIMITS.field)}`]],
    ['a long folded field', /longer than 1000000/, [START, `DESCRIPTION:x${'\r\n xxxxx'.repeat(LIMITS.field / 5)}`]],
    ['long parameters', /longer than/, [START, `DESCRIPTION${';a=b'.repeat(20_000)}:x`]],
  ] as const)
    test(name, () => refused(message, ...lines));

  test('a text of nothing but beginnings of tags', () => {
    for (const unit of ['<p', '<br', '<a ', '<b>', '</p', '&lt', 'http://', '\\n ']) {
      const text = unit.repeat(Math.floor((LIMITS.field - 100) / unit.length));
      assert.equal(starts(START, `DESCRIPTION:${text}`, `LOCATION:${text}`).length, 1);
    }
    assert.equal(textOf('<br'.repeat(300_000)), '');
  });

  test('also in a year that is far away', () => {
    assert.deepEqual(starts(START, 'RRULE:FREQ=YEARLY;INTERVAL=100'), ['2027-06-19']);
    assert.deepEqual(starts('DTSTART:10000619T160000Z', 'RRULE:FREQ=DAILY;INTERVAL=36525'), []);
  });

  test('what nobody reads may be as long as it likes', () => {
    const { events, problems } = read(
      vevent('x', START, `ATTACH:${'x'.repeat(LIMITS.field)}`, `X-A${';a=b'.repeat(20_000)}:x`),
    );
    assert.deepEqual([events.length, problems], [1, []]);
  });

  test('all occurrences of an agenda are limited together, and those after the limit are problems', () => {
    const daily = (uid: string): string => vevent(uid, 'DTSTART:20270101T100000', 'RRULE:FREQ=DAILY');
    const uids = Array.from({ length: 15 }, (_, i) => `d${i}`);
    const { events, problems, series } = read(...uids.map(daily), vevent('few', START, 'RRULE:FREQ=DAILY;COUNT=2'));
    assert.equal(events.length, 13 * 731 + 2);
    assert.ok(events.length <= LIMITS.occurrences);
    assert.deepEqual(
      problems.map(({ uid }) => uid),
      ['d13', 'd14'],
    );
    assert.ok(series.has('few'));
  });

  test('all steps of an agenda are limited together', () => {
    const hourly = (uid: string): string => vevent(uid, 'DTSTART:20160101T100000', 'RRULE:FREQ=HOURLY;UNTIL=20270101');
    const uids = Array.from({ length: 6 }, (_, i) => `h${i}`);
    const { problems } = read(...uids.map(hourly), vevent('single', START));
    assert.deepEqual(
      problems.map(({ uid }) => uid),
      ['h4', 'h5'],
    );
    assert.match(problems[0]?.message ?? '', /split it into several files/);
  });

  test('a text is not said more often than can be carried', () => {
    const long = `DESCRIPTION:${'x'.repeat(LIMITS.field - 100)}`;
    refused(/too long to be said at each of its dates/, 'DTSTART:20270101T100000', 'RRULE:FREQ=DAILY', long);
    assert.equal(starts(START, 'RRULE:FREQ=DAILY;COUNT=3', long).length, 3);
  });

  test('more problems than events of a rule that names no zone are told apart', () => {
    const { events, problems } = read(
      vevent('x', 'DTSTART;TZID=Mars:20270619T160000'),
      vevent('y', START, 'RRULE:FREQ=X'),
    );
    assert.deepEqual([events, problems.map(({ uid }) => uid)], [[], ['x', 'y']]);
  });
});

suite('a zone that the file describes', () => {
  const zone = (rule: string, more = ''): string =>
    [
      ...['BEGIN:VTIMEZONE', 'TZID:Ville', 'BEGIN:DAYLIGHT', 'DTSTART:19810329T020000', `RRULE:${rule}`],
      ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'END:DAYLIGHT', 'BEGIN:STANDARD', 'DTSTART:19961027T030000'],
      ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD'],
      ...(more ? [more] : []),
      'END:VTIMEZONE',
    ].join('\r\n');
  const event = (date: string): string => vevent('x', `DTSTART;TZID=Ville:${date}`);
  const EUROPE = 'FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3';

  for (const [name, rule] of [
    ['each second', 'FREQ=SECONDLY'],
    ['each minute', 'FREQ=MINUTELY'],
    ['each day', 'FREQ=DAILY'],
    ['each second of a day that is none', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'],
    ['on each Monday', 'FREQ=YEARLY;BYDAY=MO'],
    ['at an INTERVAL without end', 'FREQ=DAILY;INTERVAL=99999999999'],
    ['on a date that is none', 'FREQ=YEARLY;UNTIL=20270231'],
  ] as const)
    test(`that changes its clock ${name} is a problem of the events that name it`, () => {
      const { events, problems } = read(zone(rule), event('20270619T160000'));
      assert.deepEqual([events, problems.map(({ uid }) => uid)], [[], ['x']]);
      assert.match(problems[0]?.message ?? '', /^The time zone “Ville” on line 7 is of no use\. /);
    });

  test('with a million halves is one, too', () => {
    const half = [
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
    ];
    const { problems } = read(
      zone(EUROPE, Array.from({ length: 10_000 }, () => half.join('\r\n')).join('\r\n')),
      event('20270619T160000'),
    );
    assert.match(problems[0]?.message ?? '', /changes its clock too often/);
  });

  test('is no problem of anybody else', () => {
    assert.deepEqual(read(zone('FREQ=SECONDLY'), vevent('x', START)).problems, []);
  });

  test('counts in summer and winter, and in centuries to come', () => {
    for (const [date, startAt] of [
      ['20270619T160000', '2027-06-19 16:00:00'],
      ['20270119T160000', '2027-01-19 16:00:00'],
      ['23990619T160000', '2399-06-19 16:00:00'],
      ['24010619T160000', '2401-06-19 16:00:00'],
      ['99980119T160000', '9998-01-19 16:00:00'],
    ] as const) {
      const { events, problems } = read(zone(EUROPE), event(date));
      assert.deepEqual([events[0]?.startAt, problems], [startAt, []]);
    }
  });

  test('may begin with the era, as some programs write it', () => {
    const { events, problems } = read(zone(EUROPE).replace('19810329', '00010101'), event('20270619T160000'));
    assert.deepEqual([events[0]?.startAt, problems], ['2027-06-19 16:00:00', []]);
  });
});

suite('an event that cannot be read whole', () => {
  test('is a problem of its own, with its line and title', () => {
    const { problems, events } = read(vevent('x', START, 'DESCRIPTION:Bal', 'sans deux points'));
    assert.deepEqual(events, []);
    assert.deepEqual(problems, [
      { uid: 'x', title: 'Fête x', line: 12, message: 'This line is neither a property nor the rest of one.' },
    ]);
  });

  test('says nothing of the insides of a library', () => {
    for (const line of [
      'SUMMARY;VALUE=DATE:20270101',
      'DTSTART;VALUE=TEXT:20270619T160000',
      'UID;VALUE=DURATION:PT1H',
      'DTSTART;VALUE=constructor:20270619T160000',
    ])
      refusedPlainly(line);
    function refusedPlainly(line: string): void {
      const { problems } = read(['BEGIN:VEVENT', 'UID:x', START, line, 'END:VEVENT'].join('\r\n'));
      assert.match(problems[0]?.message ?? '', /^(DTSTART|SUMMARY|UID) cannot have VALUE=/, line);
    }
  });

  test('without a UID may be any, unless it has none', () => {
    const part = (...lines: readonly string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
    const { problems } = read(part('SUMMARY:A', START), part(`UID:${'x'.repeat(LIMITS.field)}`, 'SUMMARY:B', START));
    assert.deepEqual(
      problems.map(({ uid, title }) => [uid, title]),
      [
        ['', 'A'],
        [null, 'B'],
      ],
    );
  });
});

suite('HTML', () => {
  test('of nothing but tags is cut down to its words', () => {
    for (const unit of ['<b>', '<ul><li>', '<i title="x">']) {
      const text = `Bal & ${unit.repeat(21_000)}danses <script>x</script>`;
      assert.doesNotMatch(safeHtml(text, base), /<[bui]/);
      assert.match(safeHtml(text, base), /^Bal &amp; +danses /);
      assert.match(textOf(text), /^Bal & danses/);
    }
    assert.match(safeHtml('<b>x</b>'.repeat(9000), base), /^<b>x<\/b>/);
  });

  test('of plain text is what it would be made safe to', () => {
    const sign = fc.constantFrom(...'<>&"\' \n\r\t.;éa', 'https://x.example/', '&amp;', '&#27;', '\u00a0', '\u2028');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 30 }), (signs) => {
        const text = signs.join('');
        assert.equal(safeHtmlOf(text, base), safeHtml(htmlOf(text), base));
      }),
      { numRuns: 2000 },
    );
  });
});
