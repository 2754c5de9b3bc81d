import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { cut } from '../../src/platform/entities.js';
import { plainTexts } from '../../src/platform/texts.js';

const signs = (text: string): string[] => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

/** Texts of letters, accents that stand by themselves, families, flags and halves of pairs. */
const odd = fc
  .array(fc.constantFrom('a', 'é', 'e\u0301', ' ', '"', '\\', '\n', '👩‍👩‍👧', '🇫🇷', '👍🏽', '\u0301', '\ud83d'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

test('a text that is too long is cut between what readers take for characters, and says so', () => {
  fc.assert(
    fc.property(odd, fc.integer({ min: 1, max: 40 }), (text, most) => {
      const short = cut(text, most);
      if (text.length <= most) return assert.equal(short, text);
      assert.ok(short.length <= most);
      assert.ok(short.endsWith('…'));
      const kept = signs(short.slice(0, -1));
      assert.deepEqual(kept, signs(text).slice(0, kept.length));
    }),
  );
});

test('without a segmenter of the browser’s no pair is cut in half', (t) => {
  const known = Object.getOwnPropertyDescriptor(Intl, 'Segmenter') ?? {};
  t.after(() => Object.defineProperty(Intl, 'Segmenter', known));
  Reflect.deleteProperty(Intl, 'Segmenter');
  assert.equal(cut('aa👍👍', 5), 'aa👍…');
  assert.equal(cut('aa👍👍a', 6), 'aa👍…');
});

test('texts are cut wherever they stand, whatever they are made of', async () => {
  for (const sign of ['a', '"', '\\', '\n', 'é', '👍', '&amp;', 'https://ville.example/']) {
    const long = sign.repeat(40_000);
    const { title, themes, step } = await plainTexts({ title: long, themes: [long], step: { title: long } });
    for (const text of [title, themes[0] ?? '', step.title]) {
      assert.ok(text.length <= 500, sign);
      assert.ok(text.endsWith('…'), sign);
    }
  }
});

test('an address, and what is no text, stay as they are', async () => {
  const url = `https://ville.example/?a=1&amp;b=${'c'.repeat(2000)}`;
  const value = { url, cover: url, image: null, finishUrl: url, count: 3, open: true, startAt: null };
  assert.deepEqual(await plainTexts({ ...value, title: 'Caf&eacute;' }), { ...value, title: 'Café' });
});

test('what is read rather than looked over is longer', async () => {
  const help = 'Une phrase. '.repeat(200).trim();
  assert.deepEqual(await plainTexts({ help }, 5000), { help });
});

test('a page that writes lists in its own way changes no list', async (t) => {
  const written = { value: () => '[]', configurable: true };
  Object.defineProperty(Array.prototype, 'toJSON', written);
  t.after(() => Reflect.deleteProperty(Array.prototype, 'toJSON'));
  assert.deepEqual(await plainTexts({ title: 'a &amp; b', themes: ['c'] }), { title: 'a & b', themes: ['c'] });
});
