import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '../..');
const textsOf = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'));
const found = (texts: readonly string[], pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));

test('stories set no custom property that nothing reads', () => {
  const read = new Set(found(textsOf('src'), /var\(\s*(--cap-[a-z-]+)/g));
  const set = found([...textsOf('stories'), ...textsOf('.storybook')], /(--cap-[a-z-]+)/g);
  assert.ok(read.size > 0 && set.length > 0);
  assert.deepEqual(
    set.filter((name) => !read.has(name)),
    [],
  );
});
