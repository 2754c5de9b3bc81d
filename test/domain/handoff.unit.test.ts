import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import {
  askFor,
  hashOf,
  isAskFor,
  isReady,
  readyFor,
  resultFrom,
  resultOf,
  returnWith,
  type HandoffRequest,
} from '../../src/domain/handoff.js';
import { isBelow, readAllowed } from '../../src/domain/handoff-allow.js';
import { readRequest } from '../../src/domain/handoff-request.js';
import { maskedEmail } from '../../src/domain/masked-email.js';

const CITY = 'https://www.valmont.example';
const request: HandoffRequest = {
  action: 'vote',
  stepId: 'U2VsZWN0aW9uU3RlcDox',
  proposalIds: ['UHJvcG9zYWw6MQ=='],
  state: '0123456789abcdef0123456789abcdef',
  origin: CITY,
  returnUrl: `${CITY}/budget?page=2#votes`,
};
const read = (hash: string, allow = [CITY]) =>
  readRequest(
    hash,
    allow.flatMap((word) => readAllowed(word) ?? []),
  );
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
        // Of a path with control characters it is never said that it lies in a folder.
        fc.webPath().filter((path) => !/%(?:25)*(?:[01][\da-f]|7f)/i.test(path)),
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
    const leave: HandoffRequest = { ...login, action: 'leave' };
    assert.deepEqual(read(hashOf(leave)), { request: leave });
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
    ['signs out and votes', changed({ action: 'leave' })],
    // Of parts that do not exist yet.
    ['has an opinion', changed({ action: 'opinion' })],
    ['takes sides in a debate', changed({ action: 'debate' })],
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

  test('is served over an encrypted connection only, but for this very machine', () => {
    const from = (origin: string): string | undefined => refusalOf(changed({ origin, return: `${origin}/` }), [origin]);
    assert.equal(from('http://www.valmont.example'), 'origin');
    for (const origin of ['http://localhost:4400', 'http://127.0.0.1:4400', 'http://[::1]:4400', CITY])
      assert.equal(from(origin), undefined, origin);
  });

  test('goes back without a name or password', () => {
    assert.equal(refusalOf(changed({ return: 'https://moi:secret@www.valmont.example/' })), 'return');
  });

  test('goes back into the folder that is named behind the site, and nowhere else', () => {
    const allow = [`${CITY}/participer/`];
    const back = (path: string): string | undefined => refusalOf(changed({ return: CITY + path }), allow);
    for (const path of [
      '/participer/',
      '/participer/budget?page=2#votes',
      '/participer/a%20b/100%25',
      '/participer/a/../b',
    ])
      assert.equal(back(path), undefined, path);
    for (const path of [
      '/',
      '/participer',
      '/participer-plus/',
      '/Participer/',
      '/participer/../admin',
      '/participer/%2e%2e/admin',
      '/participer/..%2fadmin',
      '/participer/%252e%252e%252fadmin',
      '/participer/..%5cadmin',
      '/participer\\..\\admin',
      '/participer%2fx',
      '//participer/',
      '/x/../../participer%2f',
      '/participer/%09',
      '/participer/.%0a./admin',
    ])
      assert.equal(back(path), 'folder', path);
    // Either of two folders of one site; a site without a folder is whole.
    assert.equal(refusalOf(changed({ return: `${CITY}/b/` }), [`${CITY}/a/`, `${CITY}/b`]), undefined);
    assert.equal(refusalOf(changed({ return: `${CITY}/b/` }), [`${CITY}/a/`, CITY]), undefined);
  });

  test('a folder holds what lies in it, whatever its name is, and never its neighbours', () => {
    // Control characters are in no folder: what servers and browsers make of them differs.
    const segments = fc.webSegment().filter((segment) => !/%[01][\da-f]|%7f/i.test(segment));
    const name = segments.filter((segment) => !/^(?:\.|%2e){0,2}$/i.test(segment));
    fc.assert(
      fc.property(name, name, segments, (folder, neighbour, inside) => {
        assert.ok(
          isBelow(new URL(`https://x/${folder}/y${inside}`).pathname, new URL(`https://x/${folder}/`).pathname),
        );
        fc.pre(decodeURIComponent(neighbour) !== decodeURIComponent(folder));
        assert.ok(!isBelow(`/${neighbour}/y`, `/${folder}/`));
      }),
    );
  });

  for (const word of [
    '*',
    'https://',
    'www.valmont.example',
    'javascript:alert(1)',
    `${CITY}/?page=2`,
    `${CITY}/#votes`,
  ])
    test(`is allowed to nobody by « ${word} »`, () => {
      assert.equal(readAllowed(word), null);
    });
});

suite('an answer', () => {
  const { state } = request;
  const vote = { proposalId: 'a', voted: true, count: 12, accounted: true, code: null };
  const record = { kind: 'proposal', id: 'a', value: 'for', counts: { for: 12 }, accounted: true, code: null };
  const result = { status: 'done', signedIn: true, votes: [vote], results: [record] };
  const message = { source: 'cap-widgets', state, ...result };

  test('is read, and nothing beside it', () => {
    assert.deepEqual(resultFrom({ ...message, more: 1 }, state), result);
    assert.deepEqual(resultFrom({ ...message, forget: true }, state), { ...result, forget: true });
    const none = { ...record, value: null, counts: null };
    assert.ok(resultFrom({ ...message, results: [none] }, state));
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
    ['without results', { ...message, results: undefined }],
    ['with a result of an unknown kind', { ...message, results: [{ ...record, kind: 'reply' }] }],
    ['with a value that is none', { ...message, results: [{ ...record, value: 'yes' }] }],
    ['with counts that are none', { ...message, results: [{ ...record, counts: { for: '12' } }] }],
    ['with half a result', { ...message, results: [{ kind: 'proposal', id: 'a' }] }],
    ['that forgets a little', { ...message, forget: 'please' }],
  ];
  for (const [name, other] of others)
    test(`is none: ${name}`, () => {
      assert.equal(resultFrom(other, state), null);
    });

  test('says of votes the same in both forms', () => {
    const gone = { proposalId: 'b', voted: false, count: null, accounted: false, code: null };
    const written = resultOf('done', true, [vote, gone], true);
    assert.deepEqual(written.results, [record, { ...record, id: 'b', value: null, counts: null, accounted: false }]);
    assert.deepEqual(resultFrom({ source: 'cap-widgets', state, ...written }, state), written);
  });

  test('that only an address can bring is a secret and one word, in the place of the page’s own fragment', () => {
    assert.equal(returnWith(request, 'failed'), `${CITY}/budget?page=2#cap-handoff=${state}.failed`);
  });
});

suite('the words before a hand-over', () => {
  const { state } = request;
  const hash = hashOf(request);

  test('the page is ready for one request, and asked for just that, byte for byte', () => {
    assert.ok(isReady(readyFor(request), state));
    assert.ok(!isReady(readyFor(request), 'f'.repeat(32)));
    const asked = askFor({ state, request: hash });
    assert.deepEqual(asked, { source: 'cap-widgets', type: 'ask', state, request: hash });
    assert.ok(isAskFor(asked, state, hash));
    for (const other of [`${hash}&`, hash.replace('vote', 'unvote'), decodeURIComponent(hash), undefined])
      assert.ok(!isAskFor({ ...asked, request: other }, state, hash), String(other));
    for (const fields of [{ type: 'ready' }, { source: 'other' }, { state: 'f'.repeat(32) }])
      assert.ok(!isAskFor({ ...asked, ...fields }, state, hash));
    assert.ok(!isAskFor(null, state, hash));
  });
});

test('an e-mail address is masked but for its first letter and its domain', () => {
  for (const [email, masked] of [
    ['marie.dupont@ville.fr', 'm•••@ville.fr'],
    ['a@b', 'a•••@b'],
    ['"a@b"@ville.fr', '"•••@ville.fr'],
    ['😀x@ville.fr', '😀•••@ville.fr'],
    ['nothing', 'n•••'],
    ['@ville.fr', '@•••'],
    ['', '•••'],
  ] as const)
    assert.equal(maskedEmail(email), masked);
});
