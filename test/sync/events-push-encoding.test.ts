import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import type { AgendaEvent, AgendaOptions } from '../../src/sync/events-push-event.js';
import { readAgenda } from '../../src/sync/events-push-agenda.js';
import { checkedEncoding, decodeAgenda } from '../../src/sync/events-push-encoding.js';
import { CommandError } from '../../src/sync/report.js';

const options: AgendaOptions = {
  timeZone: 'Europe/Paris',
  since: Date.UTC(2027, 0, 1),
  until: Date.UTC(2028, 0, 1),
  placeLabel: 'Lieu :',
  base: 'https://participez.valmont.example',
};

const TITLE = 'Fête de l’été à la médiathèque – 5 €';
const agenda = (...lines: readonly string[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', 'DTSTART:20270619T160000', ...lines, 'END:VEVENT', 'END:VCALENDAR'],
    '',
  ].join('\r\n');

/** The letters of Windows-1252 that ISO 8859-1 does not have. Not every Node knows them. */
const WINDOWS = new Map(Object.entries({ '€': 0x80, '’': 0x92, '–': 0x96, œ: 0x9c }));

/** In an encoding of one byte for each letter. */
function bytesIn(encoding: string, text: string): Uint8Array {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, i) => i));
  const isWindows = encoding === 'windows-1252';
  return Uint8Array.from(text, (letter) => (isWindows && WINDOWS.get(letter)) || letters.indexOf(letter));
}
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, isLittle: boolean): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return Uint8Array.from(isLittle ? bytes : bytes.swap16());
};
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

function read(bytes: Uint8Array, encoding?: string): { event: Partial<AgendaEvent>; warnings: readonly string[] } {
  const { text, warnings } = decodeAgenda(bytes, encoding);
  const { events, problems } = readAgenda(text, options);
  assert.deepEqual(problems, []);
  return { event: events[0] ?? {}, warnings };
}

suite('an agenda is read in the encoding that it is in', () => {
  const text = agenda(`SUMMARY:${TITLE}`);
  for (const [name, bytes] of [
    ['UTF-8', utf8(text)],
    ['UTF-8 with its mark', utf8(`\ufeff${text}`)],
    ['UTF-16, little end first', utf16(`\ufeff${text}`, true)],
    ['UTF-16, big end first', utf16(`\ufeff${text}`, false)],
    ['UTF-16 without its mark', utf16(text, true)],
    ['UTF-16 without its mark, big end first', utf16(text, false)],
  ] as const)
    test(name, () => {
      const { event, warnings } = read(bytes);
      assert.equal(event.title, TITLE);
      assert.deepEqual(warnings, []);
    });

  for (const [encoding, name] of [
    ['windows-1252', 'Windows-1252'],
    ['macintosh', 'Mac OS Roman'],
  ] as const)
    test(`${name}, which is said`, () => {
      const { event, warnings } = read(bytesIn(encoding, text));
      assert.equal(event.title, TITLE);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', new RegExp(`read as ${name}, of which line 5 is the first: “SUMMARY:${TITLE}”`));
      assert.match(warnings[0] ?? '', /name the encoding by --encoding, or save the agenda as UTF-8\.$/);
    });

  test('any that is named', () => {
    const title = 'Święto łąki';
    assert.equal(read(bytesIn('windows-1250', agenda(`SUMMARY:${title}`)), 'windows-1250').event.title, title);
    assert.equal(checkedEncoding('latin1'), 'windows-1252');
    assert.throws(
      () => checkedEncoding('utf-99'),
      /There is no encoding “utf-99”\. Name one such as utf-8, windows-1252/,
    );
  });

  test('that one of its parameters names', () => {
    const head = 'SUMMARY;CHARSET=windows-1250:';
    const { event, warnings } = read(bytesIn('windows-1250', agenda(`${head}Święto`)));
    assert.deepEqual([event.title, warnings], ['Święto', []]);
  });

  test('line by line, where it was put together of several', () => {
    const [before = '', behind = ''] = agenda(`SUMMARY:${TITLE}`, '#').split('#');
    const { event, warnings } = read(joined(utf8(before), latin1('DESCRIPTION:Entrée libre'), utf8(behind)));
    assert.deepEqual([event.title, event.body], [TITLE, '<p>Entrée libre</p>']);
    assert.match(warnings.join(), /line 6 is the first: “DESCRIPTION:Entrée libre”/);
  });

  test('letter by letter, where a line was', () => {
    const [before = '', behind = ''] = agenda('SUMMARY:Fête #').split('#');
    assert.equal(read(joined(utf8(before), latin1('d’été'.replace('’', '-')), utf8(behind))).event.title, 'Fête d-été');
  });

  test('and what is lost of a letter is said', () => {
    const [before = '', behind = ''] = agenda('SUMMARY:Fête d’ét#').split('#');
    const { event, warnings } = read(joined(utf8(before), Uint8Array.of(0xc3), utf8(behind)));
    assert.equal(event.title, 'Fête d’ét\ufffd');
    assert.match(warnings.join(), /Line 5 of the agenda has lost letters before it came here, and is published so/);
  });

  test('with letters that were folded in the middle', () => {
    for (const end of ['\r\n', '\n']) {
      const bytes = utf8(agenda(`SUMMARY:${TITLE}`).replaceAll('\r\n', end));
      const at = Buffer.from(bytes).indexOf('–') + 1;
      const folded = joined(bytes.subarray(0, at), utf8(`${end} `), bytes.subarray(at));
      const { event, warnings } = read(folded);
      assert.deepEqual([event.title, warnings], [TITLE, []]);
    }
  });

  test('what was encoded twice is said, with its line', () => {
    const twice = Buffer.from(utf8('Fête')).toString('latin1');
    const { event, warnings } = read(utf8(agenda(`SUMMARY:${twice}`)));
    assert.equal(event.title, twice);
    assert.match(
      warnings.join(),
      /^Line 5 of the agenda has letters that were turned into UTF-8 twice.*: “SUMMARY:FÃªte”/,
    );
  });

  test('in quoted-printable or base64, as older programs write', () => {
    const { event } = read(
      utf8(
        agenda(
          'SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:F=C3=AAte de=',
          ' l=C3=A9t=C3=A9',
          `DESCRIPTION;ENCODING=BASE64:${Buffer.from('Entrée\nlibre').toString('base64')}`,
          'LOCATION;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=E9dia=',
          'th=E8que',
        ),
      ),
    );
    assert.equal(event.title, 'Fête de lété');
    assert.equal(event.body, '<p>Entrée<br />libre</p><p><strong>Lieu :</strong> Médiathèque</p>');
  });

  test('what is compressed is refused, and says so', () => {
    assert.throws(
      () => decodeAgenda(Uint8Array.of(0x1f, 0x8b, 8, 0)),
      (error) => error instanceof CommandError && /compressed \(gzip\)\. Unpack it first/.test(error.message),
    );
  });

  test('at random: UTF-8 is UTF-8, and French in Windows-1252 is French', () => {
    const words = fc.array(fc.constantFrom(...'éèêàùçôïÉÀÇœ’–« »abcde '), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.boolean(), (letters, isUtf8) => {
        const title = `Les élèves ${letters.join('')}.`;
        const { event } = read(
          isUtf8 ? utf8(agenda(`SUMMARY:${title}`)) : bytesIn('windows-1252', agenda(`SUMMARY:${title}`)),
        );
        assert.equal(event.title, title.replace(/\s+/g, ' '));
      }),
      { numRuns: 300, seed: 20271 },
    );
  });
});
