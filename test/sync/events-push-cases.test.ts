import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Agenda, AgendaOptions } from '../../src/sync/events-push-event.js';
import { readAgenda } from '../../src/sync/events-push-agenda.js';
import { CommandError } from '../../src/sync/report.js';

const options: AgendaOptions = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2028, 0, 1),
  placeLabel: 'Lieu :',
  base: 'https://participez.valmont.example',
};

const START = 'DTSTART:20270619T160000';
const vevent = (uid: string, ...lines: readonly string[]): string =>
  [
    ...['BEGIN:VEVENT', `UID:${uid}`, ...(lines.some((line) => line.startsWith('SUMMARY')) ? [] : ['SUMMARY:Bal'])],
    ...[...lines, 'END:VEVENT'],
  ].join('\r\n');
const calendar = (...parts: readonly string[]): string =>
  ['BEGIN:VCALENDAR', ...parts, 'END:VCALENDAR', ''].join('\r\n');
const read = (...parts: readonly string[]): Agenda => readAgenda(calendar(...parts), options);

/** Starts and ends of what is published, without the year. */
function times(...parts: readonly string[]): string[] {
  const { events, problems } = read(...parts);
  assert.deepEqual(problems, []);
  return events
    .map(({ startAt, endAt }) => [startAt, endAt].map((time) => time?.slice(5, 16) ?? '').join(' to '))
    .sort();
}

const days = (...parts: readonly string[]): string[] => times(...parts).map((time) => time.slice(0, 5));

/** Line, title and words of each problem, beside what is published. */
const trouble = (...parts: readonly string[]) => {
  const { events, problems } = read(...parts);
  return {
    events: events.map(({ uid }) => uid),
    problems: problems.map(({ uid, title, line, message }) => [uid, line, title, message]),
  };
};

suite('several events with one UID', () => {
  const three = (...dates: readonly string[]): string[] =>
    dates.map((date) => vevent('seances', `DTSTART;TZID=Europe/Paris:2027${date}T180000`, 'SUMMARY:Séance'));

  test('are all published, said, and have keys of their own', () => {
    const { events, warnings, problems } = read(...three('0610', '0617', '0624'));
    assert.deepEqual(
      events.map(({ startAt }) => startAt),
      ['2027-06-10 18:00:00', '2027-06-17 18:00:00', '2027-06-24 18:00:00'],
    );
    assert.equal(new Set(events.map(({ key }) => key)).size, 3);
    assert.deepEqual(problems, []);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /^Line 7 of the agenda \(“Séance”\) has the UID of line 2\. Both are published/);
  });

  test('at the same hour, too, if they are not the same', () => {
    const { events } = read(vevent('a', START, 'SUMMARY:Yoga'), vevent('a', START, 'SUMMARY:Judo'));
    assert.deepEqual(
      events.map(({ title, key }) => [title, key.startsWith('a 2027')]),
      [
        ['Yoga', true],
        ['Judo', true],
      ],
    );
    assert.equal(new Set(events.map(({ key }) => key)).size, 2);
  });

  test('are published once where they are the same, which is said', () => {
    const { events, warnings } = read(vevent('a', START), vevent('a', START, 'DESCRIPTION:Plus long.'));
    assert.deepEqual(
      events.map(({ key, body }) => [key, body]),
      [['a', '<p>Plus long.</p>']],
    );
    assert.match(warnings.join(), /^Line 7 of the agenda \(“Bal”\) is there more than once, with the same UID\. It is/);
  });

  test('are versions of one where their SEQUENCE says so, which is said', () => {
    const { events, warnings } = read(
      vevent('a', START, 'SEQUENCE:1', 'SUMMARY:Avant'),
      vevent('a', 'DTSTART:20270620T160000', 'SEQUENCE:2'),
    );
    assert.deepEqual(
      events.map(({ title, key }) => [title, key]),
      [['Bal', 'a']],
    );
    assert.match(warnings.join(), /^Line 2 of the agenda \(“Avant”\) is left out: .* a UID of its own/);
  });

  test('do not keep each other from being published', () => {
    const [first = '', second = ''] = three('0610', '0617');
    assert.deepEqual(trouble(first, second.replace('T180000', 'T186000')), {
      events: ['seances'],
      problems: [
        ['seances', 9, 'Séance', '“20270617T186000” is no date. Write a day as 20270630, a time as 20270630T180000.'],
      ],
    });
  });

  test('may be series, of which each has its exceptions', () => {
    assert.deepEqual(
      times(
        vevent('a', 'DTSTART:20270607T180000', 'RRULE:FREQ=WEEKLY;COUNT=2'),
        vevent('a', 'DTSTART:20270610T100000', 'RRULE:FREQ=WEEKLY;COUNT=2'),
        vevent('a', 'RECURRENCE-ID:20270617T100000', 'DTSTART:20270618T110000'),
      ),
      ['06-07 18:00 to ', '06-10 10:00 to ', '06-14 18:00 to ', '06-18 11:00 to '],
    );
  });

  test('of an occurrence that was changed twice, the last counts', () => {
    const { events, warnings } = read(
      vevent('a', START, 'RRULE:FREQ=DAILY;COUNT=2'),
      vevent('a', 'RECURRENCE-ID:20270620T160000', 'DTSTART:20270620T170000', 'SEQUENCE:2'),
      vevent('a', 'RECURRENCE-ID:20270620T160000', 'DTSTART:20270620T180000', 'SEQUENCE:1'),
    );
    assert.deepEqual(
      events.map(({ startAt }) => startAt.slice(11, 13)),
      ['16', '17'],
    );
    assert.equal(warnings.length, 1);
  });

  test('are not told without end', () => {
    const many = Array.from({ length: 50 }, (_, i) => vevent('a', START, `SUMMARY:${i}`));
    const { warnings } = read(...many);
    assert.equal(warnings.length, 21);
    assert.equal(warnings.at(-1), '29 more of such warnings.');
  });
});

suite('what is left out of a series stays out, however its date is written', () => {
  const hours = ['DTSTART;TZID=Europe/Paris:20270607T100000', 'RRULE:FREQ=DAILY;COUNT=4'];
  const whole = ['DTSTART;VALUE=DATE:20270607', 'RRULE:FREQ=DAILY;COUNT=4'];
  for (const [name, series, line] of [
    ['a time, of whole days', whole, 'EXDATE;TZID=Europe/Paris:20270609T000000'],
    ['a time at noon, of whole days', whole, 'EXDATE:20270609T120000'],
    ['the first moment of it in UTC, of whole days', whole, 'EXDATE:20270608T220000Z'],
    ['midnight in UTC, of whole days', whole, 'EXDATE:20270609T000000Z'],
    ['a day', hours, 'EXDATE;VALUE=DATE:20270609'],
    ['a day that does not say that it is one', hours, 'EXDATE:20270609'],
    ['a time that says that it is a day', hours, 'EXDATE;VALUE=DATE:20270609T100000'],
    ['midnight', hours, 'EXDATE;TZID=Europe/Paris:20270609T000000'],
    ['a time without a zone', hours, 'EXDATE:20270609T100000'],
    ['a time in another zone', hours, 'EXDATE;TZID=Europe/London:20270609T090000'],
    ['a time in UTC', hours, 'EXDATE:20270609T080000Z'],
    ['a rule', hours, 'EXRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20270609'],
  ] as const)
    test(name, () => {
      const left = days(vevent('a', ...series, line));
      assert.deepEqual(left, name === 'a rule' ? ['06-08', '06-10'] : ['06-07', '06-08', '06-10']);
    });

  test('a day and a time in one list', () => {
    assert.deepEqual(days(vevent('a', ...hours, 'EXDATE:20270608,20270610T100000')), ['06-07', '06-09']);
  });

  test('a time without a zone is one of the series, wherever the platform is', () => {
    const lines = ['DTSTART;TZID=America/Guadeloupe:20270607T200000', 'RRULE:FREQ=DAILY;UNTIL=20270609T200000'];
    assert.deepEqual(days(vevent('a', ...lines, 'EXDATE:20270608T200000')), ['06-08', '06-10']);
  });

  test('what was changed is found by its day, too', () => {
    const moved = (series: readonly string[], id: string): string[] =>
      days(vevent('a', ...series), vevent('a', id, 'DTSTART:20270701T100000'));
    const expected = ['06-07', '06-08', '06-10', '07-01'];
    assert.deepEqual(moved(hours, 'RECURRENCE-ID;VALUE=DATE:20270609'), expected);
    assert.deepEqual(moved(hours, 'RECURRENCE-ID:20270609T000000'), expected);
    assert.deepEqual(moved(hours, 'RECURRENCE-ID;TZID=Europe/London:20270609T090000'), expected);
    assert.deepEqual(moved(whole, 'RECURRENCE-ID;TZID=Europe/Paris:20270609T000000'), expected);
    assert.deepEqual(moved(whole, 'RECURRENCE-ID:20270608T220000Z'), expected);
  });

  test('and the key of what was changed is the same', () => {
    const key = (id: string): string | undefined =>
      read(vevent('a', ...hours), vevent('a', id, 'DTSTART:20270701T100000')).events.at(-1)?.key;
    assert.equal(key('RECURRENCE-ID;VALUE=DATE:20270609'), key('RECURRENCE-ID:20270609T080000Z'));
  });

  test('further dates take place as the others do, and as long as they say', () => {
    assert.deepEqual(
      times(
        vevent('a', START, 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20270621T100000/PT3H,20270622T100000/20270622T110000'),
      ),
      ['06-19 16:00 to 06-19 17:00', '06-21 10:00 to 06-21 13:00', '06-22 10:00 to 06-22 11:00'],
    );
    assert.deepEqual(times(vevent('a', START, 'DURATION:PT1H', 'RDATE;VALUE=DATE:20270621')), [
      '06-19 16:00 to 06-19 17:00',
      '06-21 16:00 to 06-21 17:00',
    ]);
    assert.deepEqual(times(vevent('a', 'DTSTART;VALUE=DATE:20270619', 'RDATE:20270621T100000')), [
      '06-19 00:00 to 06-19 23:59',
      '06-21 00:00 to 06-21 23:59',
    ]);
  });

  test('a series of days lasts until the day that its rule names in UTC', () => {
    assert.deepEqual(days(vevent('a', 'DTSTART;VALUE=DATE:20270607', 'RRULE:FREQ=DAILY;UNTIL=20270608T220000Z')), [
      ...['06-07', '06-08', '06-09'],
    ]);
  });
});

suite('whole days keep their end', () => {
  for (const [name, lines, time] of [
    ['one', ['DTSTART;VALUE=DATE:20270619'], '06-19 00:00 to 06-19 23:59'],
    ['until the next', ['DTSTART;VALUE=DATE:20270619', 'DTEND;VALUE=DATE:20270620'], '06-19 00:00 to 06-19 23:59'],
    ['until itself', ['DTSTART;VALUE=DATE:20270619', 'DTEND;VALUE=DATE:20270619'], '06-19 00:00 to 06-19 23:59'],
    ['three', ['DTSTART;VALUE=DATE:20270630', 'DTEND;VALUE=DATE:20270703'], '06-30 00:00 to 07-02 23:59'],
    ['for so many', ['DTSTART;VALUE=DATE:20270619', 'DURATION:P2D'], '06-19 00:00 to 06-20 23:59'],
    [
      'as Outlook writes them',
      ['DTSTART:20270619T000000', 'DTEND:20270621T000000', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'],
      '06-19 00:00 to 06-20 23:59',
    ],
    ['that do not say so', ['DTSTART:20270619', 'DTEND:20270621'], '06-19 00:00 to 06-20 23:59'],
  ] as const)
    test(name, () => assert.deepEqual(times(vevent('a', ...lines)), [time]));
});

suite('a time zone', () => {
  const at = (name: string, ...more: readonly string[]): string[] =>
    times(...more, vevent('a', `DTSTART;TZID=${name}:20270619T200000`)).map((time) => time.slice(0, 11));
  const described = (name: string, ...lines: readonly string[]): string =>
    ['BEGIN:VTIMEZONE', `TZID:${name}`, ...lines, 'END:VTIMEZONE'].join('\r\n');
  const fixed = [
    ...['BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300', 'END:STANDARD'],
  ];

  for (const name of [
    ...[
      'Romance Standard Time',
      'W. Europe Standard Time',
      'romance standard time',
      'Romance Daylight Time',
      'Romance',
    ],
    ...['"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"', '(UTC+01:00) Brussels, Copenhagen, Madrid, Paris'],
    ...['(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris', '"Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'],
    ...['/freeassociation.sourceforge.net/Europe/Paris', '/freeassociation.sourceforge.net/Tzfile/Europe/Paris'],
    ...['"\'Europe/Paris\'"', ' Europe/Paris ', 'europe/paris', 'CET', 'CEST', 'UTC+2', 'GMT+02:00', '+0200'],
  ])
    test(`by the name of ${name}`, () => assert.deepEqual(at(name), ['06-19 20:00']));

  test('elsewhere', () => {
    assert.deepEqual(at('GMT Standard Time'), ['06-19 21:00']);
    assert.deepEqual(at('"(UTC) Dublin, Edinburgh, Lisbon, London"'), ['06-19 21:00']);
    assert.deepEqual(at('(UTC-05:00) Eastern Time (US & Canada)'), ['06-20 02:00']);
    assert.deepEqual(at('/x.example/America/Argentina/Buenos_Aires'), ['06-20 01:00']);
    assert.deepEqual(at('tzone://Microsoft/Utc'), ['06-19 22:00']);
  });

  test('that the file describes counts more than its name', () => {
    assert.deepEqual(at('Romance Standard Time', described('Romance Standard Time', ...fixed)), ['06-19 19:00']);
    assert.deepEqual(at('Customized Time Zone', described('Customized Time Zone', ...fixed)), ['06-19 19:00']);
    assert.deepEqual(at('"Ville"', described('"Ville"', ...fixed)), ['06-19 19:00']);
  });

  test('that the file describes in vain is known by its name', () => {
    for (const lines of [[], ['BEGIN:STANDARD', 'DTSTART:16010101T000000', 'END:STANDARD'], fixed.slice(0, -1)])
      assert.deepEqual(at('Romance Standard Time', described('Romance Standard Time', ...lines)), ['06-19 20:00']);
    assert.deepEqual(at('Ville', described('Ville', 'X-LIC-LOCATION:Europe/London')), ['06-19 21:00']);
  });

  test('that says nothing is not taken for UTC', () => {
    const { problems } = trouble(described('Ville'), vevent('a', 'DTSTART;TZID=Ville:20270619T200000'));
    assert.match(
      String(problems[0]?.[3]),
      /^The time zone “Ville” on line 2 is of no use\. It does not say what its clock/,
    );
  });

  test('that nobody knows is a problem that says what to write', () => {
    const { problems } = trouble(vevent('a', 'DTSTART;TZID=Customized Time Zone:20270619T200000'));
    assert.deepEqual(problems, [
      ['a', 2, 'Bal', 'The time zone “Customized Time Zone” is not known. Name one such as Europe/Paris.'],
    ]);
  });

  test('of times that name none is that of the agenda', () => {
    const own = (...names: readonly string[]): Agenda => read(...names, vevent('a', 'DTSTART:20270619T200000'));
    assert.equal(own('X-WR-TIMEZONE:Indian/Reunion').events[0]?.startAt, '2027-06-19 18:00:00');
    assert.equal(own('X-WR-TIMEZONE:Reunion').warnings.length, 0);
    assert.equal(own().events[0]?.startAt, '2027-06-19 20:00:00');
    const { events, warnings } = own('X-WR-TIMEZONE:Mars/Olympus');
    assert.equal(events[0]?.startAt, '2027-06-19 20:00:00');
    assert.match(warnings.join(), /^Its X-WR-TIMEZONE “Mars\/Olympus” is not known: .* those of Europe\/Paris\.$/);
  });

  test('moves no day', () => {
    const { events } = read('X-WR-TIMEZONE:America/Guadeloupe', vevent('a', 'DTSTART;VALUE=DATE:20270619'));
    assert.equal(events[0]?.startAt, '2027-06-19 00:00:00');
  });
});

suite('HTML in what is plain text', () => {
  const event = (...lines: readonly string[]) => read(vevent('a', START, ...lines)).events[0];

  test('is decoded, once', () => {
    const title = (written: string): string | undefined => event(`SUMMARY:${written}`)?.title;
    assert.equal(title('Conseil &#8211; s&eacute;ance'), 'Conseil – séance');
    assert.equal(title('L&rsquo;&Eacute;t&#xe9; &amp\\; l&apos;&OElig\\;uvre &bull; &szlig;'), "L’Été & l'Œuvre • ß");
    assert.equal(title('a &amp;lt; b'), 'a &lt; b');
    assert.equal(title('AT&T, R&D, prix < 5 > 3'), 'AT&T, R&D, prix < 5 > 3');
    assert.equal(title('a&#27;[31mb&#0;'), 'a[31mb\ufffd');
  });

  test('is text, where it has tags', () => {
    const { title, body } = event('SUMMARY:<b>Bal</b> <i class="x">du</i> 14<br>juillet &lt;b&gt;') ?? {};
    assert.equal(title, 'Bal du 14 juillet <b>');
    assert.equal(body, 'Bal du 14 juillet &lt;b&gt;');
    assert.equal(event('SUMMARY:&lt;script&gt;alert(1)&lt;/script&gt;')?.body, '&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('is decoded in the text, the place and the address', () => {
    const { body, link } =
      event(
        'DESCRIPTION:Entr&eacute;e libre &lt;b&gt;',
        'LOCATION:Salle des f&ecirc;tes',
        'URL:https://x.example/?a=1&#038;b=2',
      ) ?? {};
    assert.equal(body, '<p>Entrée libre &lt;b&gt;</p><p><strong>Lieu :</strong> Salle des fêtes</p>');
    assert.equal(link, 'https://x.example/?a=1&b=2');
  });
});

suite('what is broken in an agenda', () => {
  const last = vevent('last', START);

  for (const rest of ['libre', 'https://x.example/', 'Tarif: 5 euros', 'Contact: 01 02 03', 'HORAIRES: 18h', '- 20h'])
    test(`a line break in a text, and behind it “${rest}”`, () => {
      assert.deepEqual(trouble(vevent('a', START, 'DESCRIPTION:Entrée', rest, 'LOCATION:Gare'), last), {
        events: ['last'],
        problems: [['a', 7, 'Bal', 'This line is neither a property nor the rest of one.']],
      });
    });

  test('names of properties that nobody knows are none of it', () => {
    const lines = ['comment:x', 'CUSTOM:x', 'DESCRIPTION:Entrée', 'X-Ville:y', 'CONTACT:z'];
    assert.deepEqual(trouble(vevent('a', START, ...lines)).problems, []);
  });

  test('an end that is missing', () => {
    const open = vevent('a', START).replace('\r\nEND:VEVENT', '');
    const problem = ['a', 2, 'Bal', 'The end of it is missing: END:VEVENT.'];
    assert.deepEqual(trouble(open, last), { events: ['last'], problems: [problem] });
    assert.deepEqual(trouble(open), { events: [], problems: [problem] });
    const alarm = vevent('a', START, 'BEGIN:VALARM', 'ACTION:DISPLAY');
    assert.deepEqual(trouble(alarm, last), {
      events: ['last'],
      problems: [['a', 6, 'Bal', 'The end of it is missing: END:VALARM.']],
    });
  });

  test('a beginning that is missing, or an end too many', () => {
    assert.deepEqual(trouble(last, vevent('a', START).replace('BEGIN:VEVENT\r\n', '')), {
      events: ['last'],
      problems: [['a', 10, 'Bal', 'The line END:VEVENT has no BEGIN:VEVENT.']],
    });
    assert.deepEqual(trouble(vevent('a', START, 'END:VALARM'), last).events, ['last']);
    assert.deepEqual(trouble(vevent('a', START, 'END:VCALENDAR'), last).events, ['last']);
  });

  test('a zone without an end', () => {
    assert.deepEqual(trouble('BEGIN:VTIMEZONE', 'TZID:Ville', 'BEGIN:STANDARD', last), {
      events: ['last'],
      problems: [],
    });
  });

  test('an occurrence: the others of its series are published, and it stays as it was', () => {
    const broken = vevent('a', 'RECURRENCE-ID:20270620T160000', 'DTSTART:20270620T250000');
    const { events, problems } = read(vevent('a', START, 'RRULE:FREQ=DAILY;COUNT=3'), broken);
    assert.deepEqual(
      events.map(({ startAt }) => startAt.slice(8, 10)),
      ['19', '21'],
    );
    assert.deepEqual(
      problems.map(({ uid, line }) => [uid, line]),
      [['a', 12]],
    );
  });

  for (const [name, mend] of [
    ['in the way of old Macs', (text: string) => text.replaceAll('\r\n', '\r')],
    ['in that of Unix', (text: string) => text.replaceAll('\r\n', '\n')],
    ['twice', (text: string) => text.replaceAll('\r\n', '\r\r\n')],
    ['and blank ones between', (text: string) => text.replaceAll('\r\n', '\r\n\r\n')],
  ] as const)
    test(`nothing, if lines end ${name}`, () => {
      const { events, problems } = readAgenda(mend(calendar(vevent('a', START), last)), options);
      assert.deepEqual([events.length, problems], [2, []]);
    });

  test('a folded line is one, if lines end twice', () => {
    const text = calendar(vevent('a', START, 'DESCRIPTION:Entrée\r\n  libre')).replaceAll('\r\n', '\r\r\n');
    assert.equal(readAgenda(text, options).events[0]?.body, '<p>Entrée libre</p>');
  });

  test('what stands around it is said, and keeps nothing from being read', () => {
    const { events, warnings } = readAgenda(`<br />Warning\r\n\ufeff${calendar(last)}<!-- cached -->\0\0`, options);
    assert.equal(events.length, 1);
    assert.deepEqual(warnings, [
      'Line 1 of the agenda stands outside of BEGIN:VCALENDAR and END:VCALENDAR, where nothing should be: “<br />Warning”.',
    ]);
  });

  test('tabs, NUL and blanks in values', () => {
    const { events, problems } = read(
      vevent('a', 'DTSTART: 20270619T160000\t', 'DURATION: PT1H ', 'SUMMARY:B\0al\tdu soir'),
    );
    assert.deepEqual(
      [events.map(({ title, endAt }) => [title, endAt]), problems],
      [[['Bal du soir', '2027-06-19 17:00:00']], []],
    );
  });

  test('whether there is an event in it is known', () => {
    assert.equal(read().isEmpty, true);
    assert.equal(read('BEGIN:VTODO', 'UID:x', 'END:VTODO').isEmpty, true);
    assert.equal(read(vevent('a', START, 'STATUS:CANCELLED')).isEmpty, false);
    assert.equal(read(vevent('a', 'DTSTART:x')).isEmpty, false);
  });

  for (const [name, text, message] of [
    ['no bytes', '', /it is empty\. Nothing was changed on the platform\. Get it anew/],
    ['blanks', ' \r\n\r\n', /it is empty/],
    ['a page', '<!doctype html>\n<title>404</title>', /line 1 should be BEGIN:VCALENDAR, and it is “<!doctype html>”/],
    ['a cut', calendar(last).slice(0, -20), /END:VCALENDAR is missing at its end, as where a download was cut off/],
    ['a cut in the middle', `BEGIN:VCALENDAR\r\n${calendar(last)}`, /END:VCALENDAR is missing before line 2/],
    ['an event alone', last, /line 1 should be BEGIN:VCALENDAR/],
  ] as const)
    test(`all of it: ${name}`, () => {
      assert.throws(
        () => readAgenda(text, options),
        (error) => error instanceof CommandError && error.exitCode === 6 && message.test(error.message),
      );
    });
});
