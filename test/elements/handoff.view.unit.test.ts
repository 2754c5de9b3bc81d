import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError } from '../../src/core/errors.js';
import type { HandoffRequest, HandoffVote } from '../../src/domain/handoff.js';
import type { Ballot, OwnVote, VotableProposal } from '../../src/domain/vote.js';
import { handoffView, leftOut, outcomeOf, type Ready, type Sources } from '../../src/elements/handoff/handoff.view.js';
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

const sources = (fields: Partial<Sources> = {}): Sources => ({
  reading: { request: request() },
  misplaced: null,
  viewer: here({ signedIn: true, id: 'lucie', displayName: 'Lucie', email: null, emailConfirmed: true }),
  ballot: here(ballot()),
  proposals: known(proposal('a')),
  progress: { state: '', votes: [], status: null },
  run: { pending: false },
  unsure: false,
  clicksFrom: 0,
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
const progress = (status: 'done' | null, ...votes: HandoffVote[]) => ({ state: '', votes, status });

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

  test('takes no click before the visitor has seen it, nor while it reads', () => {
    assert.equal(ready({ clicksFrom: NOW + 1 }).armed, false);
    assert.equal(ready({ clicksFrom: NOW }).armed, true);
    assert.equal(ready({ ballot: { data: ballot(), loading: true } }).armed, false);
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

  test('a vote that is there already', () => {
    const met = item({ proposals: known(proposal('a', { own })) });
    assert.deepEqual(outcomeOf(met, ballot()), voted('a', { count: 42 }));
    const secret = ballot({ secret: { publishedAt: null } });
    assert.equal(outcomeOf(met, secret)?.count, null);
  });

  test('a vote that is possible is asked for', () => {
    assert.equal(outcomeOf(item({}), ballot()), null);
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
      const outcome = outcomeOf(item(fields), ballot());
      assert.deepEqual([outcome?.voted, outcome?.count, outcome?.code], [false, null, code]);
    });
});
