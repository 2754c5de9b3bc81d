import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import ts from 'typescript';

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

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}
interface Module {
  readonly imports: readonly Import[];
  /** Whether it uses `document` or `window`. */
  readonly touchesPage: boolean;
}

function read(source: string): Module {
  const imports: Import[] = [];
  let touchesPage = false;
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      if (ts.isStringLiteral(node.moduleSpecifier)) imports.push({ specifier: node.moduleSpecifier.text, typeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      // A path that is put together at run time cannot be checked, here or by a bundler.
      imports.push({
        specifier: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : '(unknown)',
        typeOnly: false,
      });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      if (ts.isStringLiteral(literal)) imports.push({ specifier: literal.text, typeOnly: true });
    } else if (ts.isIdentifier(node) && (node.text === 'document' || node.text === 'window')) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const ofGlobal = isMember && parent.expression.getText() === 'globalThis';
      const isName = (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
      if (ofGlobal || !(isMember || isName)) touchesPage = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true));
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
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true));
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
  if (name === '(unknown)') return 'the path of an import() must be a plain string';
  if (/^graphql-request(\/|$)/.test(name) && layer !== 'platform') return 'only platform may import graphql-request';
  if (/^(@?lit)(\/|-|$)/.test(name) && withoutLit.includes(layer)) return `${layer} may not import ${name}`;
  return undefined;
}

/** Every cycle found from a depth-first walk, as the list of its files. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return cycles;
}

/** All that is wrong in a set of sources, by their path relative to src/. */
function faultsIn(sources: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [from, source] of Object.entries(sources)) {
    const { imports, touchesPage } = read(source);
    const edges: string[] = [];
    if (touchesPage && withoutPage.includes(from.split('/')[0] ?? '')) faults.push(`${from}: uses document or window`);
    for (const { specifier, typeOnly } of imports) {
      const isLocal = specifier.startsWith('.');
      const to = path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts');
      const fault = isLocal ? faultOf(from, to, typeOnly) : packageFaultOf(from, specifier);
      if (fault) faults.push(`${from}: ${fault}`);
      if (isLocal && !typeOnly) edges.push(to);
    }
    graph.set(from, edges);
  }
  return [...faults, ...cyclesOf(graph).map((files) => `cycle: ${files.join(' → ')}`)];
}

suite('layers', () => {
  test('src imports one way only', () => {
    const src = path.join(import.meta.dirname, '../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .map((file) => file.split(path.sep).join('/'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
    assert.ok(files.length > 0, 'src holds TypeScript files');
    const sources = Object.fromEntries(files.map((file) => [file, readFileSync(path.join(src, file), 'utf8')]));
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
    [
      'no cycles',
      { 'core/a.ts': "import './b.js';", 'core/b.ts': "import './a.js';" },
      /cycle: core\/a\.ts → core\/b\.ts/,
    ],
  ];
  for (const [name, sources, fault] of faulty) {
    test(`refuses: ${name}`, () => {
      assert.match(faultsIn(sources).join('\n'), fault);
    });
  }

  test('nothing of the document is used that a name on the page could replace', () => {
    const src = path.join(import.meta.dirname, '../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));
    const uses = files.flatMap((file) =>
      propertiesOfDocument(readFileSync(path.join(src, file), 'utf8')).map((use) => `${file}: ${use}`),
    );
    assert.deepEqual(uses, []);
    assert.deepEqual(propertiesOfDocument('const a = document.body; const { head } = document; f(document).body;'), [
      'document.body',
      '{ head } = document',
    ]);
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
