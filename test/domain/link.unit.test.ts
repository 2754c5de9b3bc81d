import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readLink, settable, widgetsFor, type LinkKind } from '../../src/domain/link.js';

/** All tags that the library has or will have. */
const TAGS =
  `project-card project-list participation-counter vote-button proposal-list event-list budget-basket project-steps
  proposal-card proposal-follow-up follow-up-list results proposal-map proposal-form consultation contribution
  contribution-feed debate questionnaire login-prompt handoff platform`
    .split(/\s+/)
    .map((name) => `cap-${name}`);

const read = (kind: LinkKind, name: string, given: Record<string, string> = {}) =>
  readLink(kind, name, Object.entries(given), TAGS);
const attributes = (kind: LinkKind, given: Record<string, string>) =>
  Object.fromEntries(read(kind, 'project-list', given)?.attributes ?? []);

suite('a link', () => {
  const never = ['handoff', 'platform', 'login-prompt', 'proposal-form'];
  const act = ['vote-button', 'budget-basket', 'proposal-map'];

  for (const name of never)
    test(`never becomes cap-${name}`, () => {
      assert.equal(read('data', name), null);
      assert.equal(read('fragment', name), null);
      assert.equal(read('data', ` ${name.toUpperCase()}\n`), null);
    });

  for (const name of act)
    test(`becomes cap-${name} by data-cap, and not by a fragment`, () => {
      assert.equal(read('data', name)?.tag, `cap-${name}`);
      assert.equal(read('fragment', name), null);
    });

  test('may become every other element either way', () => {
    const others = TAGS.map((tag) => tag.slice(4)).filter((name) => !never.includes(name));
    assert.deepEqual([...widgetsFor('data', TAGS)], others);
    assert.deepEqual(
      [...widgetsFor('fragment', TAGS)],
      others.filter((name) => !act.includes(name)),
    );
    for (const name of others) assert.equal(read('data', name)?.tag, `cap-${name}`);
  });

  test('is forgiven capitals and white space around the name', () => {
    assert.equal(read('data', ' \u00a0Project-Card\n')?.tag, 'cap-project-card');
  });

  for (const name of ['', 'x y', 'project card', 'constructor', '__proto__', '<script>', '-', '🗳', 'cap-project-card'])
    test(`stays a link for "${name}"`, () => {
      assert.equal(read('data', name), null);
    });

  test('sets what the contract lists, and by data-cap the IDs too', () => {
    const settings =
      `layout hide order first status when theme district category section exclude heading-level lang display variant
      links metric by moderated step-id`.split(/\s+/);
    const ids = ['project', 'proposal', 'consultation', 'questionnaire', 'debate', 'contribution'].map(
      (id) => `${id}-id`,
    );
    assert.deepEqual([...settable.fragment].sort(), [...settings].sort());
    assert.deepEqual([...settable.data].sort(), [...settings, ...ids].sort());
  });

  for (const name of `tiles attribution message label allow frame sync-url refresh structured-data public-vote term retained
    class hidden popover nonce style id slot part is tabindex autofocus onfocus onclick loading inert contenteditable
    data-cap-links access-key dir title url api access handoff`.split(/\s+/))
    test(`never sets ${name}`, () => {
      for (const kind of ['data', 'fragment'] as const) {
        const wish = read(kind, 'project-list', { [name]: 'x', layout: 'grid' });
        assert.deepEqual([...(wish?.attributes ?? [])], [['layout', 'grid']]);
        assert.deepEqual(wish?.ignored, [name]);
      }
    });

  test('names no object by a fragment', () => {
    assert.deepEqual(attributes('fragment', { 'project-id': 'x', 'debate-id': 'y' }), {});
    assert.deepEqual(attributes('data', { 'project-id': 'x' }), { 'project-id': 'x' });
  });

  test('covers the window by data-cap only', () => {
    assert.deepEqual(attributes('data', { display: 'board' }), { display: 'board' });
    assert.deepEqual(attributes('fragment', { display: ' board ' }), {});
    assert.deepEqual(attributes('fragment', { display: 'tile' }), { display: 'tile' });
  });

  for (const [given, first] of [
    ['12', '12'],
    ['24', '24'],
    ['25', '24'],
    ['100', '24'],
    [' 100 ', '24'],
    ['1e2', '24'],
    ['0x64', '24'],
    ['Infinity', '24'],
    ['many', 'many'],
  ] as const)
    test(`begins with ${first} where it says "${given}"`, () => {
      assert.deepEqual(attributes('data', { first: given }), { first });
    });
});
