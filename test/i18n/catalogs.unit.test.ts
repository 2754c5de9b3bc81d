import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { errorMessage, type ErrorCode } from '../../src/core/errors.js';
import type { Messages, Plural } from '../../src/i18n/messages.js';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const locales = path.join(src, 'i18n/locales');
const languages = readdirSync(locales);
const names = readdirSync(path.join(locales, 'fr')).map((file) => path.basename(file, '.ts'));

const catalogs = new Map<string, Map<string, Messages>>();

const formsOf = (message: string | Plural): string[] =>
  typeof message === 'string' ? [message] : Object.values(message).filter((form) => typeof form === 'string');
const placeholders = (text: string): string[] => (text.match(/{\w+}/g) ?? []).sort();
const messagesOf = (language: string, name: string): Messages => catalogs.get(language)?.get(name) ?? {};

/** Every text of a language, with where it stands. */
const textsOf = (language: string): [place: string, text: string][] =>
  names.flatMap((name) =>
    Object.entries(messagesOf(language, name)).flatMap(([key, message]) =>
      formsOf(message).map((form): [string, string] => [`${language}/${name} ${key}`, form]),
    ),
  );

/** The places whose text breaks a rule. */
const breaking = (language: string, rule: RegExp): string[] =>
  textsOf(language)
    .filter(([, text]) => rule.test(text))
    .map(([place, text]) => `${place}: ${text}`);

before(async () => {
  for (const language of languages) {
    const found = new Map<string, Messages>();
    for (const name of names) {
      const module = (await import(path.join(locales, language, `${name}.ts`))) as Record<string, Messages>;
      found.set(name, Object.assign({}, ...Object.values(module)) as Messages);
    }
    catalogs.set(language, found);
  }
});

suite('the catalogs', () => {
  test('are there in French and English, with texts in each', () => {
    assert.deepEqual(languages.sort(), ['en', 'fr']);
    assert.ok(names.includes('common') && names.length > 2);
    for (const language of languages)
      for (const name of names) assert.ok(Object.keys(messagesOf(language, name)).length > 0, `${language}/${name}`);
  });

  test('have the same keys in every language', () => {
    for (const language of languages)
      for (const name of names)
        assert.deepEqual(
          Object.keys(messagesOf(language, name)).sort(),
          Object.keys(messagesOf('fr', name)).sort(),
          `${language}/${name}`,
        );
  });

  test('have the same placeholders in every language', () => {
    for (const language of languages)
      for (const name of names)
        for (const [key, message] of Object.entries(messagesOf(language, name))) {
          const original = messagesOf('fr', name)[key] ?? '';
          assert.equal(typeof message, typeof original, `${language}/${name} ${key} is a plural in both or in none`);
          // The form for one may leave out the number.
          const last = (forms: string[]): string => forms.at(-1) ?? '';
          assert.deepEqual(
            placeholders(last(formsOf(message))),
            placeholders(last(formsOf(original))),
            `${language}/${name} ${key}`,
          );
        }
  });

  test('have the plural forms that differ in their language', () => {
    for (const language of languages)
      for (const name of names)
        for (const [key, message] of Object.entries(messagesOf(language, name))) {
          if (typeof message === 'string') continue;
          const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
          for (const form of Object.keys(message)) assert.ok(pluralCategories.includes(form as Intl.LDMLPluralRule));
          assert.ok(message.one && message.other, `${language}/${name} ${key}`);
          assert.notEqual(message.one, message.other, `${language}/${name} ${key}`);
        }
  });

  test('have no empty, untrimmed or doubly spaced text', () => {
    for (const language of languages) assert.deepEqual(breaking(language, /^\s*$|^\s|\s$|\s\s/), []);
  });

  test('say something for every code of an error', () => {
    const source = readFileSync(path.join(src, 'core/errors.ts'), 'utf8');
    const codes = [...source.matchAll(/type (?:Read|Act)Code =([^;]+);/g)]
      .flatMap(([, union = '']) => [...union.matchAll(/'([\w-]+)'/g)])
      .map(([, code]) => code);
    assert.ok(codes.length >= 24);
    const keys = Object.keys(messagesOf('fr', 'common'));
    assert.deepEqual(
      codes.filter((code) => !keys.includes(errorMessage(code as ErrorCode))),
      [],
    );
  });

  test('have no text that nothing shows', () => {
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const code = files
      .filter((file) => !file.startsWith(path.join('i18n', 'locales')))
      .map((file) => readFileSync(path.join(src, file), 'utf8'))
      .join('\n');
    const quoted = new Set([...code.matchAll(/'([\w.-]+)'/g)].map(([, word]) => String(word)));
    // `error.${code}`: the rest of the key is a word of its own somewhere.
    const prefixes = [...code.matchAll(/`([\w-]+\.)\$\{/g)].map(([, prefix]) => String(prefix));
    const suffixes = [...code.matchAll(/`\$\{[^}]+\}(\.[\w-]+)`/g)].map(([, suffix]) => String(suffix));
    const shown = (key: string): boolean =>
      quoted.has(key) ||
      prefixes.some((prefix) => key.startsWith(prefix) && quoted.has(key.slice(prefix.length))) ||
      suffixes.some((suffix) => key.endsWith(suffix) && quoted.has(key.slice(0, -suffix.length)));
    const keys = new Set(names.flatMap((name) => Object.keys(messagesOf('fr', name))));
    assert.deepEqual(
      [...keys].filter((key) => !shown(key)),
      [],
    );
  });
});

suite('French typography', () => {
  const rules: [name: string, broken: RegExp][] = [
    ['double punctuation stands after a no-break space', /[^\u00a0\u202f][:;!?»]/],
    ['an opening quotation mark stands before a no-break space', /«[^\u00a0\u202f]/],
    ['an apostrophe is a typographic one', /['‘`´]/],
    ['quotation marks are French', /["“”]/],
    ['three points are one sign', /\.\.\./],
    ['a number and its unit or its percent stay together', /\d [%€]/],
    ['there is no space before a comma or a point', /\s[,.]/],
    ['capitals keep their accents', /\b(A|Etat|Etape|Eteint|Ecrire) /],
  ];
  for (const [name, broken] of rules)
    test(name, () => {
      assert.deepEqual(breaking('fr', broken), []);
    });

  test('the rules find what breaks them', () => {
    const wrong = [
      'Attention !',
      '«oui »',
      'l’été: non',
      "l'heure",
      '"oui"',
      '10 %',
      'A venir',
      'Attendez...',
      'oui , non',
    ];
    for (const text of wrong)
      assert.ok(
        rules.some(([, broken]) => broken.test(text)),
        text,
      );
  });
});

suite('English typography', () => {
  test('has no space before double punctuation, and no straight quotation marks', () => {
    assert.deepEqual(breaking('en', /\s[:;!?]|['"]|\.\.\./), []);
  });
});
