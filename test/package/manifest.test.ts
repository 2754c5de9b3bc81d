/** What tools are told of the elements. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '../..');

interface Entry {
  readonly name: string;
  readonly type?: { readonly text: string };
  readonly description?: string;
}
interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly attributes?: readonly (Entry & { readonly fieldName: string })[];
  readonly members?: readonly (Entry & { readonly kind: string })[];
  readonly events?: readonly Entry[];
  readonly cssProperties?: readonly Entry[];
}
interface Manifest {
  readonly modules: readonly {
    readonly path: string;
    readonly declarations?: readonly Declaration[];
    readonly exports?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly declaration: { module: string };
    }[];
  }[];
}

const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, 'dist', file), 'utf8'));
const manifest = json('custom-elements.json') as Manifest;
const elements = manifest.modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join(root, 'src', file), 'utf8'));

const namesIn = (pattern: RegExp): string[] =>
  [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)))].sort();

test('each element that is defined is there, with the files that it is in', () => {
  const defined = namesIn(/\bdefine\('(cap-[a-z-]+)'/g);
  assert.deepEqual(elements.map(({ tagName }) => tagName).sort(), defined);
  const exported = manifest.modules.flatMap(({ exports = [] }) => exports);
  assert.deepEqual(
    exported
      .filter(({ kind }) => kind === 'custom-element-definition')
      .map(({ name }) => name)
      .sort(),
    defined,
  );
  for (const file of [
    ...manifest.modules.map((module) => module.path),
    ...exported.map((one) => one.declaration.module),
  ])
    assert.ok(existsSync(path.join(root, file)), file);
  const inherited = JSON.stringify(manifest).matchAll(/"module":"([^"]*)"/g);
  for (const [, file = ''] of inherited) assert.ok(existsSync(path.join(root, file)), file);
});

test('events are those of the contract, each with its name and what it means', () => {
  const known = namesIn(/^ {4}'(cap-[a-z-]+)': Cap\w+Event;$/gm);
  assert.ok(known.includes('cap-vote-change'));
  for (const { tagName, events = [] } of elements)
    for (const { name, type, description } of events) {
      assert.ok(known.includes(name), `${tagName}: ${name}`);
      assert.match(type?.text ?? '', /^Cap\w+Event$/);
      assert.ok(description, `${tagName}: ${name}`);
    }
});

test('attributes and properties are written as their values', () => {
  for (const { tagName, attributes = [], members = [] } of elements) {
    assert.ok(tagName === 'cap-platform' || members.some(({ kind, name }) => kind === 'method' && name === 'reload'));
    for (const { name, type, description } of [...attributes, ...members.filter(({ kind }) => kind === 'field')]) {
      const word = /^(string|number|boolean|readonly string\[\]|(readonly \()?'[a-z]*'( \| '[a-z]*')+(\)\[\])?)$/;
      assert.match(type?.text ?? '', word, `${tagName}: ${name}`);
      assert.ok(description, `${tagName}: ${name}`);
    }
    const fields = members.filter(({ kind }) => kind === 'field').map(({ name }) => name);
    assert.deepEqual(fields.sort(), attributes.map(({ fieldName }) => fieldName).sort(), tagName);
  }
});

test('every custom property that is read is there, and none that is not', () => {
  const told = elements.flatMap(({ cssProperties = [] }) => cssProperties).map(({ name }) => name);
  assert.deepEqual([...new Set(told)].sort(), namesIn(/var\(\s*(--cap-[a-z-]+)/g));
  for (const { tagName, cssProperties = [] } of elements)
    if (tagName !== 'cap-platform')
      assert.ok(
        cssProperties.some(({ name }) => name === '--cap-color-primary'),
        tagName,
      );
});

test('editors know the same', () => {
  const ofVsCode = json('editors/vscode.html-custom-data.json') as {
    tags: { name: string; attributes: { name: string; values?: { name: string }[] }[] }[];
  };
  const { contributions } = json('editors/web-types.json') as {
    contributions: { html: { elements: { name: string; attributes: Entry[]; events: Entry[] }[] } };
  };
  for (const { tagName, attributes = [], events = [] } of elements) {
    const names = attributes.map(({ name }) => name);
    const vsCode = ofVsCode.tags.find(({ name }) => name === tagName);
    const jetBrains = contributions.html.elements.find(({ name }) => name === tagName);
    assert.deepEqual(
      vsCode?.attributes.map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      jetBrains?.attributes.map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      jetBrains?.events.map(({ name }) => name),
      events.map(({ name }) => name),
    );
  }
  const card = ofVsCode.tags.find(({ name }) => name === 'cap-project-card');
  const valuesOf = (attribute: string) =>
    card?.attributes.find(({ name }) => name === attribute)?.values?.map(({ name }) => name);
  assert.deepEqual(valuesOf('layout'), ['vertical', 'horizontal']);
  assert.deepEqual(valuesOf('hide'), ['cover', 'status', 'themes', 'counters', 'step']);
  const { properties } = json('editors/vscode.css-custom-data.json') as { properties: Entry[] };
  const css = properties.map(({ name }) => name);
  assert.equal(new Set(css).size, css.length);
  assert.ok(css.includes('--cap-space') && css.includes('--cap-project-card-gap'));
});
