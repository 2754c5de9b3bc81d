import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import { formatDuration } from '../../src/i18n/duration.js';
import { formatDate, formatMessage, formatNumber } from '../../src/i18n/format.js';
import { closestLanguage } from '../../src/i18n/language.js';
import type { Messages } from '../../src/i18n/messages.js';
import { formatMoney } from '../../src/i18n/money.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SUMMER = Date.UTC(2026, 6, 29, 16, 42, 30);

suite('a message', () => {
  const messages: Messages = {
    votes: { one: '{count} vote', other: '{count} votes' },
    many: { one: '{count} vote', many: '{count} de votes', other: '{count} votes' },
    named: 'de {from} à {to}, puis {from}',
    plain: 'Réessayer',
  };
  const table: [
    name: string,
    locale: string,
    key: string,
    params: Record<string, string | number>,
    expected: string,
  ][] = [
    ['zero is one in French', 'fr', 'votes', { count: 0 }, '0 vote'],
    ['one in French', 'fr', 'votes', { count: 1 }, '1 vote'],
    ['two in French', 'fr', 'votes', { count: 2 }, '2 votes'],
    ['zero is many in English', 'en', 'votes', { count: 0 }, '0 votes'],
    ['one in English', 'en', 'votes', { count: 1 }, '1 vote'],
    ['a million in French has a form of its own', 'fr', 'many', { count: 1_000_000 }, '1\u202f000\u202f000 de votes'],
    ['and without it the form for the others', 'fr', 'votes', { count: 1_000_000 }, '1\u202f000\u202f000 votes'],
    ['numbers are written as in French', 'fr', 'votes', { count: 12_345 }, '12\u202f345 votes'],
    ['numbers are written as in English', 'en', 'votes', { count: 12_345 }, '12,345 votes'],
    ['names are filled in wherever they stand', 'fr', 'named', { from: 'A', to: 'B' }, 'de A à B, puis A'],
    ['a placeholder without a value is left empty', 'fr', 'named', { from: 'A' }, 'de A à , puis A'],
    [
      'a value that looks like a placeholder stays as it is',
      'fr',
      'named',
      { from: '{to}', to: '$1' },
      'de {to} à $1, puis {to}',
    ],
    ['a text without placeholders', 'fr', 'plain', { count: 3 }, 'Réessayer'],
    ['a key that is not there is shown as it is', 'fr', 'absent', {}, 'absent'],
  ];
  for (const [name, locale, key, params, expected] of table)
    test(name, () => {
      assert.equal(formatMessage(locale, messages, key, params), expected);
    });
});

suite('a number', () => {
  test('is grouped by narrow no-break spaces in French and by commas in English', () => {
    assert.equal(formatNumber('fr', 1_234_567), '1\u202f234\u202f567');
    assert.equal(formatNumber('en', 1_234_567), '1,234,567');
  });
  test('is all digits that were given', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('fr', 'en'), (value, locale) => {
        assert.equal(formatNumber(locale, value).replace(/\D/g, ''), String(value));
      }),
    );
  });
});

suite('a date', () => {
  const zone = 'Europe/Paris';
  test('has its hour as « 18 h 42 » in French, kept together', () => {
    assert.equal(formatDate('fr', SUMMER, { timeStyle: 'short', timeZone: zone }), '18\u00a0h\u00a042');
  });
  test('keeps the hour’s way beside a day in French', () => {
    const text = formatDate('fr', SUMMER, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
    assert.match(text, /^29 juillet 2026 à 18\u00a0h\u00a042$/);
  });
  test('is as usual in English', () => {
    assert.equal(formatDate('en', SUMMER, { timeStyle: 'short', timeZone: zone }).replace(/\s/g, ' '), '6:42 PM');
    assert.equal(formatDate('en', SUMMER, { dateStyle: 'long', timeZone: zone }), 'July 29, 2026');
  });
  test('is that of the zone, not of the reader', () => {
    const late = Date.UTC(2026, 6, 29, 22, 30);
    assert.equal(formatDate('fr', late, { dateStyle: 'long', timeZone: zone }), '30 juillet 2026');
    assert.equal(formatDate('fr', late, { dateStyle: 'long', timeZone: 'America/Guadeloupe' }), '29 juillet 2026');
  });
  test('differs between two ways of writing it, although formats are kept', () => {
    assert.notEqual(
      formatDate('fr', SUMMER, { dateStyle: 'long', timeZone: zone }),
      formatDate('fr', SUMMER, { dateStyle: 'short', timeZone: zone }),
    );
  });
});

suite('a duration', () => {
  const table: [milliseconds: number, french: string, english: string][] = [
    [0, '1 minute', '1 minute'],
    [MINUTE - 1, '1 minute', '1 minute'],
    [2 * MINUTE - 1, '1 minute', '1 minute'],
    [2 * MINUTE, '2 minutes', '2 minutes'],
    [HOUR - 1, '59 minutes', '59 minutes'],
    [HOUR, '1 heure', '1 hour'],
    [DAY - 1, '23 heures', '23 hours'],
    [DAY, '1 jour', '1 day'],
    [3 * DAY + HOUR, '3 jours', '3 days'],
    [-5, '1 minute', '1 minute'],
  ];
  for (const [milliseconds, french, english] of table)
    test(`of ${String(milliseconds)} ms`, () => {
      assert.equal(formatDuration('fr', milliseconds).replace(/\s/g, ' '), french);
      assert.equal(formatDuration('en', milliseconds).replace(/\s/g, ' '), english);
    });
});

suite('the language', () => {
  const known = { en: true, fr: true };
  const table: [tag: string, expected: string][] = [
    ['en', 'en'],
    ['en-AU', 'en'],
    ['EN-gb', 'en'],
    ['en_GB', 'en'],
    ['en_US.UTF-8', 'en'],
    [' en ', 'en'],
    ['fr', 'fr'],
    ['fr_FR.UTF-8', 'fr'],
    ['français', 'fr'],
    ['_', 'fr'],
    ['fr-CA', 'fr'],
    ['de', 'fr'],
    ['', 'fr'],
    ['english', 'fr'],
    ['constructor', 'fr'],
    ['toString', 'fr'],
  ];
  for (const [tag, expected] of table)
    test(`"${tag}" is ${expected}`, () => {
      assert.equal(closestLanguage(tag, known), expected);
    });
});

suite('an amount of money', () => {
  const table: [locale: string, euros: number, expected: string][] = [
    ['fr', 12_000, '12\u202f000\u00a0€'],
    ['fr', 1_250.5, '1\u202f250,50\u00a0€'],
    ['fr', 0.1 + 0.2, '0,30\u00a0€'],
    ['fr', 11.999, '12\u00a0€'],
    ['fr', 0, '0\u00a0€'],
    ['en', 1_250.5, '€1,250.50'],
  ];
  for (const [locale, euros, expected] of table)
    test(`${locale}, ${euros}: ${expected}`, () => {
      assert.equal(formatMoney(locale, euros), expected);
    });
});
