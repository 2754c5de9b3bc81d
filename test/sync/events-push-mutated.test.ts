import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import type { AgendaOptions } from '../../src/sync/events-push-event.js';
import { readAgenda } from '../../src/sync/events-push-agenda.js';
import { decodeAgenda } from '../../src/sync/events-push-encoding.js';
import { CommandError } from '../../src/sync/report.js';

const options: AgendaOptions = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2028, 0, 1),
  placeLabel: 'Lieu :',
  base: 'https://participez.valmont.example',
};

const AGENDA = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-TIMEZONE:Europe/Paris', 'BEGIN:VTIMEZONE', 'TZID:Ville'],
  ...['BEGIN:STANDARD', 'DTSTART:19701025T030000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'TZOFFSETFROM:+0200'],
  ...['TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'UID:a', 'SUMMARY:Fête &amp; bal'],
  ...['DTSTART;TZID=Ville:20270619T160000', 'DTEND;TZID="Ville":20270619T180000', 'RRULE:FREQ=WEEKLY;COUNT=3'],
  ...['EXDATE;TZID=Ville:20270626T160000', 'RDATE;VALUE=PERIOD:20270701T100000Z/PT1H', 'SEQUENCE:1', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:a', 'RECURRENCE-ID;TZID=Ville:20270703T160000', 'DTSTART:20270704T160000Z', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:b', 'SUMMARY;ENCODING=QUOTED-PRINTABLE:F=C3=AAte', 'DTSTART;VALUE=DATE:20270619'],
  ...['DURATION:P2D', 'LOCATION:Gare', 'URL:https://x.example/', 'X-ALT-DESC;FMTTYPE=text/html:<p>Bal</p>'],
  ...['BEGIN:VALARM', 'TRIGGER:-PT1H', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', ''],
];

/** What only whoever wrote a program understands. */
const INNER =
  /undefined|\bnull\b|NaN|\[object|propertyGroups|\n\s+at |TypeError|RangeError|ParserError|Cannot read|is not a function|is not iterable|Invalid time|invalid |ICAL|jcal|\bstack\b|node:|\.ts\b|\.js\b/;

function messagesOf(bytes: Uint8Array): readonly string[] {
  try {
    const decoded = decodeAgenda(bytes);
    const { problems, warnings } = readAgenda(decoded.text, options);
    return [...decoded.warnings, ...warnings, ...problems.map(({ message }) => message)];
  } catch (error) {
    assert.ok(error instanceof CommandError, String(error));
    return [error.message];
  }
}

suite('whatever is done to an agenda', () => {
  const place = fc.integer({ min: 0, max: AGENDA.length - 1 });
  const junk = fc.constantFrom(
    ...[
      '',
      ':',
      ';',
      '=',
      '"',
      '\0',
      '\r',
      '\n',
      ' ',
      ',',
      '/',
      '-1',
      '0',
      '99999999',
      'T',
      'Z',
      'P',
      'é',
      '\ufffd',
      '__proto__',
    ],
    ...[
      'constructor',
      'VALUE=DATE',
      ';VALUE=PERIOD',
      ';TZID=',
      ';TZID="',
      ';ENCODING=BASE64',
      ';RANGE=THISANDFUTURE',
      'BYDAY=',
    ],
    ...[
      'FREQ=',
      ';INTERVAL=0',
      ';BYMONTHDAY=32',
      ';BYSETPOS=999',
      ';UNTIL=1',
      ';WKST=XX',
      'BEGIN:VEVENT',
      'END:VEVENT',
    ],
  );
  const act = fc.oneof(
    fc.record({ kind: fc.constant('drop' as const), place }),
    fc.record({ kind: fc.constant('twice' as const), place, to: place }),
    fc.record({ kind: fc.constant('cut' as const), place, at: fc.nat(40) }),
    fc.record({ kind: fc.constant('put' as const), place, at: fc.nat(40), junk }),
    fc.record({ kind: fc.constant('swap' as const), place, junk }),
  );

  test('no message shows the insides of a program', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 4 }), fc.boolean(), (acts, isLatin) => {
        const lines = [...AGENDA];
        for (const change of acts) {
          const line = lines[change.place] ?? '';
          if (change.kind === 'drop') lines.splice(change.place, 1);
          else if (change.kind === 'twice') lines.splice(change.to, 0, line);
          else if (change.kind === 'cut') lines[change.place] = line.slice(0, change.at);
          else if (change.kind === 'put')
            lines[change.place] = line.slice(0, change.at) + change.junk + line.slice(change.at);
          else lines[change.place] = line.replace(/:.*$/, `:${change.junk}`);
        }
        const bytes = Uint8Array.from(Buffer.from(lines.join('\r\n'), isLatin ? 'latin1' : 'utf8'));
        for (const message of messagesOf(bytes)) assert.doesNotMatch(message, INNER);
      }),
      { numRuns: 3000, seed: 19061 },
    );
  });

  test('nor where its bytes are any', () => {
    const whole = Buffer.from(AGENDA.join('\r\n'));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        for (const message of messagesOf(bytes)) assert.doesNotMatch(message, INNER);
      }),
      { numRuns: 2000, seed: 19061 },
    );
  });
});
