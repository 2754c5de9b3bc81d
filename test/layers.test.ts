import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import ts from 'typescript';

import { importAt, parse, sourcesOf, targetOf, type Import, type Sources } from './support/imports.js';

/** For each folder of src/, the folders that it may import beside itself. Files directly in src/ are entries: they may import all. */
const layers = new Map([
  ['core', []],
  ['domain', ['core']],
  ['i18n', ['core', 'domain']],
  ['platform', ['core', 'domain']],
  ['page', []],
  ['state', ['core', 'domain', 'i18n', 'platform', 'page']],
  ['ui', ['core', 'domain', 'i18n', 'page']],
  ['elements', ['core', 'domain', 'i18n', 'state', 'ui', 'page']],
  ['client', ['core', 'domain', 'platform']],
  ['sync', ['core', 'domain', 'i18n', 'platform', 'client']],
]);
const withoutLit = ['core', 'domain', 'platform', 'client', 'sync'];
const withoutPage = ['core', 'domain', 'client', 'sync'];

interface Module {
  readonly imports: readonly Import[];
  /** Whether it uses `document` or `window`. */
  readonly touchesPage: boolean;
}

function read(source: string): Module {
  const imports: Import[] = [];
  let touchesPage = false;
  const visit = (node: ts.Node): void => {
    const found = importAt(node);
    if (found) imports.push(found);
    else if (ts.isIdentifier(node) && (node.text === 'document' || node.text === 'window')) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const ofGlobal = isMember && parent.expression.getText() === 'globalThis';
      const isName = (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
      if (ofGlobal || !(isMember || isName)) touchesPage = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return { imports, touchesPage };
}

/** Where a source uses a property of `document` by its name. */
function propertiesOfDocument(source: string): string[] {
  const uses: string[] = [];
  const isDocument = (node?: ts.Node): boolean =>
    node !== undefined && /^(globalThis\.|window\.)?document$/.test(node.getText());
  const visit = (node: ts.Node): void => {
    // A document of GraphQL, which is text.
    const isText = ts.isPropertyAccessExpression(node) && node.name.text === 'trim';
    if (ts.isPropertyAccessExpression(node) && !isText && isDocument(node.expression)) uses.push(node.getText());
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && isDocument(node.initializer))
      uses.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return uses;
}

/** What of the browser's own pages have replaced by something else, and what is there instead. */
const CHANGED: readonly (readonly [use: RegExp, instead: string])[] = [
  [/\bJSON\.stringify\b/, 'write of core/json: arrays and dates of a page may have a toJSON of their own'],
  [/\bArray\.from\b/, 'a spread: Prototype.js and MooTools have their own, which takes no second argument'],
  [/\.reduce(Right)?\(/, 'a loop: Prototype.js has its own, which calls nothing'],
  [/\.entries\(\)/, 'a loop: Prototype.js has its own for arrays, which gives the values alone'],
  [/\.remove\(\)/, 'replaceWith(): that of Prototype.js throws where the element is in no page'],
  [/\bnew Event\(|\bextends Event\b/, 'CustomEvent: MooTools has its own Event'],
  [/\bnew Request\(/, 'an address and options: MooTools has its own Request'],
];

/** Where a source relies on what pages have changed. */
function reliesOnBuiltIns(source: string): string[] {
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForInStatement(node)) uses.push('for…in: Object.entries, as pages add to the prototype of all objects');
    // Lit puts the pieces together by the page's `reduce`.
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'css' && ts.isTemplateExpression(node.template))
      uses.push('css with a value in it: several sheets, which Lit does not put together');
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isClassLike(node)) {
      const text = ts.isClassLike(node)
        ? (node.heritageClauses ?? []).map((clause) => clause.getText()).join(' ')
        : `${ts.isNewExpression(node) ? 'new ' : ''}${node.expression.getText()}(${node.arguments?.length ? '…' : ')'}`;
      const name = text.slice(-60);
      for (const [use, instead] of CHANGED)
        if (use.test(name) && !(use.source.includes('entries') && name.includes('…'))) uses.push(`${name}: ${instead}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return uses;
}

/** Checks one import inside src/; both paths are relative to src/. Returns what is wrong with it. */
function faultOf(from: string, to: string, typeOnly: boolean): string | undefined {
  const [layer, ownFolder] = from.split('/');
  const [targetLayer, targetFolder] = to.split('/');
  if (!from.includes('/')) return undefined;
  const allowed: readonly string[] | undefined = layers.get(layer ?? '');
  if (!allowed) return `${layer} is not a known layer`;
  if (targetLayer !== layer && !allowed.includes(targetLayer ?? '')) return `${layer} may not import ${to}`;
  if (layer === 'ui' && targetLayer === 'i18n' && !typeOnly) return `ui may import only types of ${to}`;
  if (layer !== 'elements') return undefined;
  if (/^state\/.*store/.test(to)) return `elements may not import the store ${to}`;
  const isElement = to.split('/').length === 3 && targetLayer === 'elements';
  const isNeighbour =
    isElement && targetFolder !== 'base' && targetFolder !== ownFolder && from.split('/').length === 3;
  if (isNeighbour && !(from.endsWith('/define.ts') && to.endsWith('/define.ts')))
    return `only define.ts may import another element's define.ts, not ${from} ${to}`;
  return undefined;
}

function packageFaultOf(from: string, name: string): string | undefined {
  const layer = from.includes('/') ? (from.split('/')[0] ?? '') : '';
  // What loads the other script stands beside it, wherever that is, and no bundler sees it.
  if (name === '(unknown)' && from !== 'classic.ts') return 'the path of an import() must be a plain string';
  if (/^graphql-request(\/|$)/.test(name) && layer !== 'platform') return 'only platform may import graphql-request';
  if (/^(@?lit)(\/|-|$)/.test(name) && withoutLit.includes(layer)) return `${layer} may not import ${name}`;
  return undefined;
}

/** All that is wrong in a set of sources, by their path relative to src/. */
function faultsIn(sources: Sources): string[] {
  const faults: string[] = [];
  for (const [from, source] of Object.entries(sources)) {
    const { imports, touchesPage } = read(source);
    if (touchesPage && withoutPage.includes(from.split('/')[0] ?? '')) faults.push(`${from}: uses document or window`);
    for (const { specifier, typeOnly } of imports) {
      const isLocal = specifier.startsWith('.');
      const fault = isLocal ? faultOf(from, targetOf(from, specifier), typeOnly) : packageFaultOf(from, specifier);
      if (fault) faults.push(`${from}: ${fault}`);
    }
  }
  return faults;
}

suite('layers', () => {
  test('src imports one way only', () => {
    const sources = sourcesOf('src');
    assert.ok(Object.keys(sources).length > 0, 'src holds TypeScript files');
    assert.deepEqual(faultsIn(sources), []);
  });

  const faulty: [name: string, sources: Record<string, string>, fault: RegExp][] = [
    ['a lower layer may not import a higher one', { 'core/a.ts': "import '../domain/b.js';" }, /core may not import/],
    ['not even its types', { 'domain/a.ts': "import type { B } from '../state/b.js';" }, /domain may not import/],
    ['nor by an import type', { 'domain/a.ts': "export type A = import('../state/b.js').B;" }, /domain may not import/],
    ['nor by exporting again', { 'i18n/a.ts': "export * from '../platform/b.js';" }, /i18n may not import/],
    ['nor later', { 'platform/a.ts': "export const a = () => import('../i18n/b.js');" }, /platform may not import/],
    ['elements do not know the platform', { 'elements/a/a.ts': "import '../../platform/b.js';" }, /elements may not/],
    ['elements do not know stores', { 'elements/a/a.ts': "import '../../state/vote-store.js';" }, /store/],
    ['ui takes only types of i18n', { 'ui/a.ts': "import { t } from '../i18n/b.js';" }, /only types/],
    ['an element does not know another', { 'elements/a/a.ts': "import '../b/define.js';" }, /only define\.ts/],
    ['define.ts knows only define.ts', { 'elements/a/define.ts': "import '../b/b.js';" }, /only define\.ts/],
    ['folders have a place in the order', { 'helpers/a.ts': "import '../core/b.js';" }, /not a known layer/],
    ['one room sends requests', { 'state/a.ts': "import 'graphql-request';" }, /only platform/],
    ['rules need no Lit', { 'domain/a.ts': "import { html } from 'lit';" }, /may not import lit/],
    ['nor a package of it', { 'core/a.ts': "import '@lit/context';" }, /may not import @lit/],
    ['rules need no page', { 'domain/a.ts': 'export const a = document.title;' }, /document or window/],
    ['however it is reached', { 'core/a.ts': 'export const a = globalThis.window;' }, /document or window/],
    ['paths are plain', { 'state/a.ts': 'export const a = (n: string) => import(n);' }, /plain string/],
  ];
  for (const [name, sources, fault] of faulty) {
    test(`refuses: ${name}`, () => {
      assert.match(faultsIn(sources).join('\n'), fault);
    });
  }

  test('nothing of the document is used that a name on the page could replace', () => {
    const uses = Object.entries(sourcesOf('src')).flatMap(([file, source]) =>
      propertiesOfDocument(source).map((use) => `${file}: ${use}`),
    );
    assert.deepEqual(uses, []);
    assert.deepEqual(propertiesOfDocument('const a = document.body; const { head } = document; f(document).body;'), [
      'document.body',
      '{ head } = document',
    ]);
  });

  test('what runs in a page relies on nothing that scripts of pages have changed', () => {
    const uses = Object.entries(sourcesOf('src'))
      .filter(([file]) => !/^sync\b|^core\/json\.ts$/.test(file))
      .flatMap(([file, source]) => reliesOnBuiltIns(source).map((use) => `${file}: ${use}`));
    assert.deepEqual(uses, []);
  });

  const relying = [
    'for (const key in options) use(key);',
    'const text = JSON.stringify([1]);',
    'const list = Array.from({ length: 3 }, make);',
    'const sum = list.reduce((a, b) => a + b, 0);',
    'for (const [index, item] of list.filter(Boolean).entries()) use(index, item);',
    'element.remove();',
    "const event = new Event('change');",
    'class Asked extends Event {}',
    "const request = new Request('/');",
    'const sheet = css`p { margin: ${space} }`;',
  ];
  for (const source of relying)
    test(`finds what relies on built-ins: ${source}`, () => {
      assert.equal(reliesOnBuiltIns(source).length, 1);
    });

  test('accepts what pages leave alone', () => {
    const sources = [
      'for (const [key, value] of Object.entries(options)) use(key, value);',
      "element.classList.remove('open'); element.replaceWith();",
      "class Asked extends CustomEvent<string> {} const asked = new Asked('asked');",
      'const list = [...Array<unknown>(3)].map(make); const sheet = css`p { margin: 0 }`;',
    ];
    assert.deepEqual(sources.flatMap(reliesOnBuiltIns), []);
  });

  test('accepts what the layers are for', () => {
    const sources = {
      'all.ts': "import './elements/a/define.js'; import 'lit';",
      'core/a.ts': 'export interface A { document: string } export const b = (a: A) => a.document;',
      'domain/a.ts': "import { b } from '../core/a.js';",
      'platform/client.ts': "import { GraphQLClient } from 'graphql-request'; import '../domain/a.js';",
      'state/a.ts': "import '../platform/client.js'; import '@lit/context';",
      'ui/a.ts': "import type { T } from '../i18n/t.js'; import 'lit';",
      'elements/registry.ts': "export const load = () => import('./a/define.js');",
      'elements/a/define.ts': "import '../b/define.js'; import './a.js';",
      'elements/a/a.ts':
        "import '../base/element.js'; import '../../state/a.js'; import type { A } from './define.js';",
    };
    assert.deepEqual(faultsIn(sources), []);
  });
});
