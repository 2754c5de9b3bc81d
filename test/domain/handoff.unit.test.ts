import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { hashOf, resultFrom, type HandoffRequest } from '../../src/domain/handoff.js';
import { readRequest } from '../../src/domain/handoff-request.js';

const CITY = 'https://www.valmont.example';
const request: HandoffRequest = {
  action: 'vote',
  stepId: 'U2VsZWN0aW9uU3RlcDox',
  proposalIds: ['UHJvcG9zYWw6MQ=='],
  state: '0123456789abcdef0123456789abcdef',
  origin: CITY,
  returnUrl: `${CITY}/budget?page=2#votes`,
};
const read = (hash: string, allow = [CITY]) => readRequest(`#${hash}`, allow);
const refusalOf = (hash: string, allow?: string[]): string | undefined => {
  const reading = read(hash, allow);
  return 'refusal' in reading ? reading.refusal.kind : undefined;
};

suite('a request', () => {
  test('is read as it was written', () => {
    assert.deepEqual(read(hashOf(request)), { request });
  });

  test('is read as it was written, whatever ids and pages there are', () => {
    const id = fc.stringMatching(/^[\w+/=:.-]{1,60}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('vote', 'unvote', 'ballot'),
        id,
        fc.uniqueArray(id, { minLength: 1, maxLength: 30 }),
        fc.webPath(),
        fc.webQueryParameters(),
        (action, stepId, proposalIds, path, query) => {
          const { href } = new URL(`${CITY}${path}?${query}`);
          const written: HandoffRequest = { ...request, action, stepId, proposalIds, returnUrl: href };
          assert.deepEqual(read(hashOf(written)), { request: written });
        },
      ),
    );
  });

  test('to sign in names no step and no proposal; a ballot may be empty', () => {
    const login: HandoffRequest = { ...request, action: 'login', stepId: '', proposalIds: [] };
    assert.deepEqual(read(hashOf(login)), { request: login });
    const empty: HandoffRequest = { ...request, action: 'ballot', proposalIds: [] };
    assert.deepEqual(read(hashOf(empty)), { request: empty });
  });

  const changed = (fields: Record<string, string>): string =>
    String(new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(hashOf(request))), ...fields }));
  const without = (key: string): string => {
    const fields = new URLSearchParams(hashOf(request));
    fields.delete(key);
    return String(fields);
  };

  const malformed: [name: string, hash: string][] = [
    ['says nothing', 'x'],
    ['says something twice', `${hashOf(request)}&action=unvote`],
    ['says something unknown', `${hashOf(request)}&confirm=1`],
    ...['action', 'step', 'proposals', 'state', 'origin', 'return'].map((key): [string, string] => [
      `has no ${key}`,
      without(key),
    ]),
    ['does something else', changed({ action: 'delete' })],
    ['has a step with spaces', changed({ step: 'a b' })],
    ['has no proposal to vote for', changed({ proposals: '' })],
    ['has an empty id', changed({ proposals: 'a,,b' })],
    ['names a proposal twice', changed({ proposals: 'a,a' })],
    ['has more proposals than any ballot', changed({ proposals: Array.from({ length: 201 }, (_, i) => i).join() })],
    ['has a secret that can be guessed', changed({ state: 'abc' })],
    ['has a secret that is none', changed({ state: '<script>0123456789abcdef</script>' })],
    ['is from no web page', changed({ origin: 'null' })],
    ['goes back to no web page', changed({ return: 'javascript:alert(1)' })],
    ['goes back to a page without a site', changed({ return: '/budget' })],
    ['signs in and votes', changed({ action: 'login' })],
  ];
  for (const [name, hash] of malformed)
    test(`is malformed when it ${name}`, () => {
      assert.equal(refusalOf(hash), 'malformed');
    });

  const foreign: [origin: string, allow: string[]][] = [
    [CITY, []],
    [CITY, ['*']],
    [CITY, ['https://valmont.example']],
    [CITY, [`${CITY}.mechant.example`]],
    [CITY.replace('https', 'http'), [CITY]],
    [`${CITY}:8443`, [CITY]],
    [`${CITY}/`, [CITY]],
    ['https://www.valmont.example@mechant.example', [CITY]],
  ];
  for (const [origin, allow] of foreign)
    test(`is refused from ${origin} where ${allow.join() || 'nothing'} is allowed`, () => {
      assert.equal(refusalOf(changed({ origin, return: `${CITY}/` }), allow), 'origin');
    });

  for (const address of ['https://mechant.example/', `${CITY}.mechant.example/`, 'http://www.valmont.example/'])
    test(`is refused when it goes back to ${address}`, () => {
      assert.equal(refusalOf(changed({ return: address })), 'return');
    });
});

suite('an answer', () => {
  const { state } = request;
  const vote = { proposalId: 'a', voted: true, count: 12, accounted: true, code: null };
  const message = { source: 'cap-widgets', state, status: 'done', signedIn: true, votes: [vote] };

  test('is read, and nothing beside it', () => {
    assert.deepEqual(resultFrom({ ...message, more: 1 }, state), { status: 'done', signedIn: true, votes: [vote] });
    const secret = { ...vote, count: null, code: 'step-closed' };
    assert.ok(resultFrom({ ...message, status: 'failed', votes: [secret] }, state));
    assert.ok(resultFrom({ ...message, status: 'cancelled', votes: [] }, state));
  });

  const others: [name: string, message: unknown][] = [
    ['nothing', null],
    ['a text', 'done'],
    ['of somebody else', { ...message, source: 'other' }],
    ['to another request', { ...message, state: 'f'.repeat(32) }],
    ['without an outcome', { ...message, status: 'perhaps' }],
    ['that does not say who is there', { ...message, signedIn: 'yes' }],
    ['without votes', { ...message, votes: undefined }],
    ['with half a vote', { ...message, votes: [{ proposalId: 'a' }] }],
    ['with a count that is none', { ...message, votes: [{ ...vote, count: '9999' }] }],
    ['with something beside the votes', { ...message, votes: [vote, null] }],
  ];
  for (const [name, other] of others)
    test(`is none: ${name}`, () => {
      assert.equal(resultFrom(other, state), null);
    });
});
