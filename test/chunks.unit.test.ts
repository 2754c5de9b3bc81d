import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { registry } from '../src/elements/registry.js';
import { chunkTable } from '../tools/chunk-table.mjs';
import { builtFiles, builtPages } from '../tools/pages.mjs';

interface Built {
  readonly name: string;
  readonly imports: readonly string[];
}

suite('the chunks that come', () => {
  const files = builtFiles() as Readonly<Record<string, Built>>;
  const namesOf = (list: readonly string[]): string => list.map((file) => files[file]?.name ?? file).join(' ');

  /** In the order of asking: what every page has is the first. */
  const onPages: Readonly<Record<string, string>> = {
    'one card': 'cap-widgets project-card',
    'card and counter': 'cap-widgets project-card participation-counter',
    'card and live counter': 'cap-widgets project-card participation-counter refresh',
    'vote button': 'cap-widgets vote-button',
    'card in cap-platform': 'cap-widgets platform project-card',
    'project list': 'cap-widgets project-list project-card lists pages',
    'event list': 'cap-widgets event-list lists pages',
    'proposals and basket': 'cap-widgets proposal-list vote-button pages budget-basket',
    'proposals and basket with choices':
      'cap-widgets proposal-list vote-button pages budget-basket basket-choices hand-over leave',
    'hand-over page': 'handoff',
  };
  test('to each page are those that it needs', () => {
    const found = builtPages().map(({ page, files: list }) => [page, namesOf(list)]);
    assert.deepEqual(Object.fromEntries(found), onPages);
  });

  /** What comes with an element, besides what all share. */
  const withElements: Readonly<Record<string, string>> = {
    'cap-platform': '',
    'cap-project-card': '',
    'cap-participation-counter': '',
    'cap-vote-button': '',
    'cap-proposal-list': 'vote-button pages',
    'cap-budget-basket': 'vote-button',
    'cap-login-prompt': 'vote-button hand-over leave',
    'cap-event-list': 'lists',
    'cap-project-list': 'project-card lists',
  };
  test('with each element are those of no other, but what its own template and readers use', () => {
    assert.deepEqual(Object.keys(registry).sort(), Object.keys(withElements).sort());
    for (const [tag, chunks] of Object.entries(withElements)) {
      const own = Object.values(files).find(({ name }) => `cap-${name}` === tag);
      assert.ok(own, `${tag} has a chunk of its own`);
      assert.equal(namesOf(own.imports.filter((file) => files[file]?.name !== 'cap-widgets')), chunks, tag);
    }
  });
});

suite('the table of chunks', () => {
  const src = fileURLToPath(new URL('../src/', import.meta.url));
  const LIT = '/node_modules/lit-html/lit-html.js';

  /** What the build says of a table, given the modules that it has. */
  function faultOf(table: Readonly<Record<string, string>>, modules: readonly string[]): string {
    const said: string[] = [];
    const ids = [...modules.map((name) => `${src}${name}.ts`), LIT];
    chunkTable(table, 'entry').plugin.buildEnd.call(
      { getModuleIds: () => ids, error: (text: string) => said.push(text) },
      undefined,
    );
    return said.join('\n');
  }

  test('fits when each module is in it once', () => {
    assert.equal(
      faultOf({ card: 'elements/card', entry: 'core/a lit-html/lit-html.js' }, ['elements/card', 'core/a']),
      '',
    );
  });
  test('refuses a module that it does not name', () => {
    assert.match(faultOf({ entry: 'core/a' }, ['core/a', 'core/b']), /core\/b is in no chunk/);
  });
  test('refuses a name of no module', () => {
    assert.match(faultOf({ entry: 'core/a core/gone' }, ['core/a']), /core\/gone is no module of the build/);
  });
  test('refuses a module named twice', () => {
    assert.match(faultOf({ entry: 'core/a', card: 'core/a' }, ['core/a']), /core\/a is in entry and in card/);
  });
  test('puts packages with what all elements share, unless it names them', () => {
    const { manualChunks } = chunkTable({ html: 'lit-html/lit-html.js' }, 'entry');
    assert.equal(manualChunks(LIT), 'html');
    assert.equal(manualChunks('/node_modules/lit-html/directive.js'), 'entry');
  });
});
