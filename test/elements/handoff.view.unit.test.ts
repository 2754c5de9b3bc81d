import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError } from '../../src/core/errors.js';
import type { HandoffRequest, HandoffVote } from '../../src/domain/handoff.js';
import type { Ballot, OwnVote, VotableProposal } from '../../src/domain/ballot.js';
import { leftOut, refusalOf } from '../../src/elements/handoff/handoff.items.js';
import { handoffView, type Ready, type Sources } from '../../src/elements/handoff/handoff.view.js';
import { NOW } from '../support/fake-clock.js';
import { choice } from '../support/choice.js';

const DAY = 86_400_000;
const own: OwnVote = { accounted: true, waitsFor: null, finishUrl: null };
const proposal = (id: string, fields: Partial<VotableProposal> = {}): VotableProposal => ({
  id,
  title: `Projet ${id}`,
  url: `https://participez.valmont.example/${id}`,
  archived: false,
  cost: null,
  inStep: true,
  count: { online: 40, paper: 2 },
  own: null,
  ...fields,
});
const ballot = (fields: Partial<Ballot> = {}): Ballot => ({
  step: {
    id: 'vote',
    kind: 'selection',
    title: 'Vote des habitants',
    startAt: NOW - DAY,
    endAt: NOW + DAY,
    timeless: false,
    votable: true,
  },
  url: 'https://participez.valmont.example/vote',
  wording: 'vote',
  votesLimit: null,
  votesMin: null,
  budget: null,
  ranking: false,
  threshold: null,
  secret: null,
  chosen: [],
  ...fields,
});
const request = (fields: Partial<HandoffRequest> = {}): HandoffRequest => ({
  action: 'vote',
  stepId: 'vote',
  proposalIds: ['a'],
  state: '0123456789abcdef0123456789abcdef',
  origin: 'https://www.valmont.example',
  returnUrl: 'https://www.valmont.example/',
  ...fields,
});
const here = <T>(data: T) => ({ data, loading: false });
const known = (...proposals: readonly (VotableProposal | null)[]): Sources['proposals'] =>
  new Map(proposals.map((data, index) => [data?.id ?? `missing-${index}`, here(data)]));

const progress = (status: 'done' | null, ...votes: HandoffVote[]): Sources['progress'] => ({
  ...{ request: '', account: null, left: false },
  votes,
  status,
});
const sources = (fields: Partial<Sources> = {}): Sources => ({
  reading: { request: request() },
  misplaced: null,
  viewer: here({ signedIn: true, id: 'lucie', displayName: 'Lucie', email: null, emailConfirmed: true }),
  ballot: here(ballot()),
  proposals: known(proposal('a')),
  progress: progress(null),
  run: { pending: false },
  unsure: false,
  ...{ proof: 'asked', opened: false, ticked: false, other: false },
  ...fields,
});
const stranger = here({ signedIn: false, id: null, displayName: null, email: null, emailConfirmed: true });
const view = (fields: Partial<Sources> = {}) => handoffView(sources(fields), NOW);
function ready(fields: Partial<Sources> = {}): Ready {
  const found = view(fields);
  assert.equal(found.kind, 'ready');
  return found;
}
const voted = (proposalId: string, fields: Partial<HandoffVote> = {}): HandoffVote => ({
  proposalId,
  voted: true,
  count: 43,
  accounted: true,
  code: null,
  ...fields,
});

suite('the hand-over page', () => {
  const stages: [name: string, fields: Partial<Sources>, stage: Ready['stage']][] = [
    ['asks to confirm', {}, 'confirm'],
    ['asks to sign in first', { viewer: stranger }, 'sign-in'],
    ['is sending', { run: { pending: true } }, 'sending'],
    ['is sending even when the session has ended', { run: { pending: true }, viewer: stranger }, 'sending'],
    ['is done, whoever is there', { progress: progress('done', voted('a')), viewer: stranger }, 'done'],
    ['is blocked by the date', { ballot: here(ballot({ step: { ...ballot().step, endAt: NOW } })) }, 'blocked'],
    [
      'is blocked by a proposal that is not there',
      { proposals: known(null), reading: { request: request({ proposalIds: ['missing-0'] }) } },
      'blocked',
    ],
    ['is blocked by an archive', { proposals: known(proposal('a', { archived: true })) }, 'blocked'],
    ['is blocked where there is no such vote', { ballot: here(null) }, 'blocked'],
    ['is blocked by the limit', { ballot: here(ballot({ votesLimit: 1, chosen: [choice('b', 0)] })) }, 'blocked'],
    ['has nothing to do, and may be confirmed', { proposals: known(proposal('a', { own })) }, 'confirm'],
  ];
  for (const [name, fields, stage] of stages)
    test(name, () => {
      assert.equal(ready(fields).stage, stage);
    });

  test('is refused before it is anything else', () => {
    const refused = view({ reading: { refusal: { kind: 'origin', host: 'mechant.example' } } });
    assert.deepEqual(refused, {
      kind: 'error',
      code: 'forbidden',
      refusal: { kind: 'origin', host: 'mechant.example' },
    });
    assert.equal(view({ misplaced: { kind: 'framed' }, reading: null }).kind, 'error');
    assert.deepEqual(view({ reading: null }), { kind: 'empty' });
  });

  test('waits for all that it needs, and says what failed', () => {
    assert.deepEqual(view({ viewer: { loading: true } }), { kind: 'loading' });
    assert.deepEqual(view({ proposals: new Map([['a', { loading: true }]]) }), { kind: 'loading' });
    const error = new ApiError('timeout', 'too late');
    assert.deepEqual(view({ ballot: { loading: true, error } }), {
      kind: 'error',
      code: 'timeout',
      retryable: true,
      retrying: true,
    });
    // Signing in needs no ballot.
    const reading = { request: request({ action: 'login', stepId: '', proposalIds: [] }) };
    assert.equal(ready({ reading, ballot: { loading: false }, proposals: known(), viewer: stranger }).stage, 'sign-in');
  });

  test('takes no press while it reads', () => {
    assert.equal(ready().able, true);
    assert.equal(ready({ ballot: { data: ballot(), loading: true } }).able, false);
  });

  test('names the account that acts', () => {
    assert.deepEqual(ready().account, { id: 'lucie', name: 'Lucie', email: null });
    assert.equal(ready({ viewer: stranger }).account, null);
  });

  test('signs out whoever is there, or nobody, without a sign-in before', () => {
    const reading = { request: request({ action: 'leave', stepId: '', proposalIds: [] }) };
    for (const viewer of [undefined, stranger])
      assert.equal(
        ready({ reading, ballot: { loading: false }, proposals: known(), ...(viewer && { viewer }) }).stage,
        'confirm',
      );
  });
});

suite('who asks', () => {
  test('is waited for before anything is shown, but not once it is done', () => {
    assert.deepEqual(view({ proof: 'waiting' }), { kind: 'loading' });
    assert.equal(ready({ proof: 'waiting', progress: progress('done', voted('a')) }).stage, 'done');
    assert.equal(ready({ proof: 'waiting', run: { pending: true } }).stage, 'sending');
  });

  test('is believed when its page has said so, or has led here', () => {
    for (const proof of ['asked', 'led'] as const) assert.equal(ready({ proof }).stage, 'confirm');
  });

  test('is not believed by the address alone: nothing is shown before a press', () => {
    const claimed = ready({ proof: 'claimed', viewer: stranger });
    assert.equal(claimed.stage, 'claimed');
    assert.deepEqual(claimed.items, []);
    assert.equal(ready({ proof: 'claimed', opened: true }).stage, 'confirm');
    assert.equal(ready({ proof: 'claimed', opened: true, viewer: stranger }).stage, 'sign-in');
  });

  const chosen = [choice('x', 0)];
  const both = known(proposal('a'), proposal('x', { own }));
  const exchange: Partial<Sources> = {
    reading: { request: request({ action: 'ballot' }) },
    ballot: here(ballot({ chosen })),
    proposals: both,
    proof: 'claimed',
    opened: true,
  };
  const todo = (fields: Partial<Sources>) => ready(fields).items.flatMap(({ id, todo: isTodo }) => (isTodo ? id : []));

  test('takes nothing back of what a ballot leaves out unless that is ticked', () => {
    assert.deepEqual(todo(exchange), ['a']);
    assert.equal(ready(exchange).ticked, false);
    assert.equal(ready(exchange).able, true);
    assert.deepEqual(todo({ ...exchange, ticked: true }), ['x', 'a']);
    assert.deepEqual(todo({ ...exchange, proof: 'asked' }), ['x', 'a']);
    assert.equal(ready({ ...exchange, proof: 'led' }).ticked, null);
  });

  test('nor by withdrawing alone, which is not even to be pressed for', () => {
    const withdrawal: Partial<Sources> = {
      ...exchange,
      reading: { request: request({ action: 'unvote' }) },
      proposals: known(proposal('a', { own })),
      ballot: here(ballot()),
    };
    assert.deepEqual(todo(withdrawal), []);
    assert.equal(ready(withdrawal).able, false);
    assert.deepEqual(todo({ ...withdrawal, ticked: true }), ['a']);
    assert.equal(ready({ ...withdrawal, ticked: true }).able, true);
    assert.equal(ready({ ...withdrawal, proof: 'asked' }).able, true);
  });

  test('nothing is asked where nothing would be taken back', () => {
    assert.equal(ready({ proof: 'claimed', opened: true }).ticked, null);
  });
});

suite('what another account has done', () => {
  const mine = { ...progress(null, voted('a')), account: 'lucie' };
  const theirs = { ...mine, account: 'marc' };

  test('is not gone on with', () => {
    assert.deepEqual(ready({ progress: theirs }).progress.votes, []);
    assert.equal(ready({ progress: theirs }).items[0]?.outcome, null);
    assert.equal(ready({ progress: mine }).progress.votes.length, 1);
    // Whoever has to sign in again may be the same.
    assert.equal(ready({ progress: mine, viewer: stranger }).progress.votes.length, 1);
  });

  test('is not shown, nor what was done before somebody has left', () => {
    const shown = (fields: Partial<Sources>) => ready(fields).items.length;
    assert.equal(shown({ progress: { ...mine, status: 'done' } }), 1);
    assert.equal(shown({ progress: { ...theirs, status: 'done' } }), 0);
    assert.equal(shown({ progress: { ...mine, status: 'done' }, viewer: stranger }), 0);
    assert.equal(shown({ progress: { ...mine, status: 'done', left: true } }), 0);
  });
});

suite('a whole ballot', () => {
  const chosen = [choice('x', 0), choice('b', 0)];
  const whole = request({ action: 'ballot', proposalIds: ['a', 'b'] });
  const fields: Partial<Sources> = {
    reading: { request: whole },
    ballot: here(ballot({ chosen, votesLimit: 2 })),
    proposals: known(proposal('a'), proposal('b', { own }), proposal('x', { own })),
  };

  test('takes back what it leaves out, before it votes', () => {
    assert.deepEqual(leftOut(whole, ballot({ chosen }), progress(null)), ['x', 'b']);
    const items = ready(fields).items.map(({ id, wish, met, obstacle }) => [id, wish, met, obstacle]);
    assert.deepEqual(items, [
      ['x', false, false, null],
      ['a', true, false, null],
      ['b', true, true, null],
    ]);
  });

  test('other requests take nothing back', () => {
    assert.deepEqual(leftOut(request(), ballot({ chosen }), progress(null)), []);
  });

  test('still shows what it has taken back', () => {
    const gone = voted('x', { voted: false });
    assert.deepEqual(leftOut(whole, ballot(), progress(null, gone)), ['x']);
  });

  test('knows a proposal by either form of its id', () => {
    const raw = new Map([
      ['1', here(proposal('UHJvcG9zYWw6MQ==', { own }))],
      ['UHJvcG9zYWw6MQ==', here(proposal('UHJvcG9zYWw6MQ==', { own }))],
    ]);
    const reading = { request: request({ action: 'ballot', proposalIds: ['1'] }) };
    const { items } = ready({ ...fields, reading, proposals: raw });
    assert.deepEqual(
      items.map(({ id, wish, met }) => [id, wish, met]),
      [['1', true, true]],
    );
  });
});

suite('what is told without asking the platform', () => {
  const item = (fields: Partial<Sources>) => {
    const [first] = ready(fields).items;
    assert.ok(first);
    return first;
  };

  test('a vote that was there before is not told', () => {
    assert.equal(refusalOf(item({ proposals: known(proposal('a', { own })) })), null);
  });

  test('a vote that is possible is asked for', () => {
    assert.equal(refusalOf(item({})), null);
    assert.equal(item({}).todo, true);
  });

  const refused: [fields: Partial<Sources>, code: string][] = [
    [{ proposals: known(proposal('a', { archived: true })) }, 'not-votable'],
    [{ ballot: here(ballot({ step: { ...ballot().step, endAt: NOW } })) }, 'step-closed'],
    [{ ballot: here(ballot({ step: { ...ballot().step, startAt: NOW + 1 } })) }, 'step-closed'],
    [{ ballot: here(ballot({ votesLimit: 0 })) }, 'vote-limit-reached'],
    [{ ballot: here(ballot({ budget: 1 })), proposals: known(proposal('a', { cost: 2 })) }, 'not-enough-budget'],
    [{ proposals: known(null), reading: { request: request({ proposalIds: ['missing-0'] }) } }, 'not-found'],
  ];
  for (const [fields, code] of refused)
    test(`a vote that is not possible: ${code}`, () => {
      const outcome = refusalOf(item(fields));
      assert.deepEqual([outcome?.voted, outcome?.count, outcome?.code], [false, null, code]);
    });
});
