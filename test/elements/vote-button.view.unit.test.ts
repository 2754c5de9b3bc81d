import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import type { Ballot, OwnVote, VotableProposal } from '../../src/domain/ballot.js';
import {
  voteButtonView,
  type VoteButtonView,
  type VoteSources,
} from '../../src/elements/vote-button/vote-button.view.js';
import { choice } from '../support/choice.js';

const NOW = Date.UTC(2026, 4, 12);
const HOUR = 3_600_000;
const WISH = { kind: 'proposal', id: 'p', step: 'step', value: true } as const;
const SENDING = { at: 'sending', wish: WISH, unsure: false } as const;
const change = (voted: boolean) => ({ proposalId: 'p', stepId: 'step', voted, count: 1, accounted: true });

const own = (fields: Partial<OwnVote> = {}): OwnVote => ({
  accounted: true,
  waitsFor: null,
  finishUrl: null,
  ...fields,
});
const ballot = (fields: Partial<Ballot> = {}): Ballot => ({
  step: {
    id: 'step',
    kind: 'selection',
    title: 'Vote',
    startAt: NOW - HOUR,
    endAt: NOW + HOUR,
    timeless: false,
    votable: true,
  },
  url: 'https://participez.valmont.example/step',
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
const proposal = (fields: Partial<VotableProposal> = {}): VotableProposal => ({
  id: 'p',
  title: 'Une guinguette',
  url: 'https://participez.valmont.example/p',
  archived: false,
  cost: null,
  inStep: true,
  count: { online: 41, paper: 2 },
  own: null,
  ...fields,
});
const known = <T>(data: T): { data: T; loading: false } => ({ data, loading: false });
const failed = (code: ErrorCode): { error: ApiError; loading: false } => ({
  error: new ApiError(code, 'planned'),
  loading: false,
});
const viewer = (signedIn: boolean) =>
  known({ signedIn, id: null, displayName: null, email: null, emailConfirmed: true });

const view = (sources: Partial<VoteSources> = {}): VoteButtonView =>
  voteButtonView(
    {
      mode: 'session',
      viewer: viewer(true),
      step: known('step'),
      ballot: known(ballot()),
      proposal: known(proposal()),
      draft: null,
      act: { at: 'rest' },
      askable: true,
      ...sources,
    },
    NOW,
  );

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;
function ready(sources: Partial<VoteSources> = {}): Ready {
  const seen = view(sources);
  assert.ok(seen.kind === 'ready', seen.kind);
  return seen;
}

const nothing = { loading: true };

suite('the state of a vote button', () => {
  test('is loading until the proposal, its rules and the visitor are known', () => {
    for (const source of ['proposal', 'ballot', 'viewer'] as const)
      assert.deepEqual(view({ [source]: nothing }), { kind: 'loading' }, source);
  });
  test('needs no visitor where there is no session', () => {
    assert.equal(ready({ mode: 'link', viewer: nothing }).act, 'link');
    assert.equal(ready({ mode: 'hand-over', viewer: nothing }).act, 'hand-over');
  });
  test('is an error without a code where nothing can be asked', () => {
    assert.deepEqual(view({ proposal: { loading: false }, askable: false }), {
      kind: 'error',
      retryable: false,
      retrying: false,
    });
  });
  test('is empty for a proposal that is not there, and in a session for such a step', () => {
    assert.deepEqual(view({ proposal: known(null) }), { kind: 'empty', code: 'not-found' });
    assert.deepEqual(view({ ballot: known(null) }), { kind: 'empty', code: 'not-found' });
  });
  test('without the rules it still leads to the proposal', () => {
    assert.deepEqual(
      [ready({ mode: 'link', ballot: known(null) }).act, ready({ mode: 'link' }).blocked],
      ['link', null],
    );
  });
  test('without a step it leads to the proposal, whatever the page could do otherwise', () => {
    for (const mode of ['session', 'hand-over', 'link'] as const) {
      const seen = ready({
        mode,
        step: known(null),
        ballot: { loading: false },
        proposal: known(proposal({ inStep: false })),
      });
      assert.deepEqual([seen.act, seen.blocked], ['link', 'not-votable'], mode);
    }
  });
  for (const source of ['proposal', 'ballot', 'step', 'viewer'] as const)
    test(`is an error when the first reading of the ${source} failed`, () => {
      const missing = source === 'step' ? { ballot: { loading: false }, proposal: { loading: false } } : {};
      assert.deepEqual(view({ ...missing, [source]: failed('timeout') }), {
        kind: 'error',
        code: 'timeout',
        retryable: true,
        retrying: false,
      });
    });
  test('is ready, with what it had, after a later reading failed; the act was not refused', () => {
    const seen = ready({ proposal: { ...failed('offline'), data: proposal() } });
    assert.deepEqual([seen.code, seen.refused, seen.act], ['offline', null, 'vote']);
  });
  test('lets vote, withdraw, or sign in', () => {
    assert.equal(ready().act, 'vote');
    assert.equal(ready({ proposal: known(proposal({ own: own() })) }).act, 'withdraw');
    assert.equal(ready({ viewer: viewer(false) }).act, 'sign-in');
  });
  test('is blocked while an act is under way, before anything else', () => {
    const over = known(ballot({ step: { ...ballot().step, endAt: NOW } }));
    assert.equal(ready({ ballot: over, act: SENDING }).blocked, 'saving');
    assert.equal(ready({ ballot: over, act: { ...SENDING, unsure: true } }).blocked, 'unsure');
    assert.equal(ready({ ballot: over, act: { at: 'handed-over', wish: WISH } }).blocked, 'handing');
    assert.equal(ready({ ballot: over, act: { at: 'unknown', wish: WISH } }).blocked, 'step-closed');
  });
  test('shows a vote only when it is recorded', () => {
    assert.equal(ready({ act: SENDING }).voted, false);
    assert.equal(ready({ act: { at: 'done', wish: WISH, result: change(true) } }).voted, false);
    assert.equal(ready({ proposal: known(proposal({ own: own() })) }).voted, true);
  });
  test('tells why an act was refused, before why a reading failed', () => {
    const seen = ready({
      act: { at: 'failed', wish: WISH, error: new ApiError('phone-already-used', 'planned'), another: false },
      proposal: { ...failed('offline'), data: proposal() },
    });
    assert.deepEqual([seen.refused, seen.code], ['phone-already-used', 'phone-already-used']);
  });
  test('tells what an act has come to, and what is asked before one', () => {
    const outcome = (act: VoteSources['act']): unknown => {
      const seen = ready({ act });
      return [seen.outcome, seen.question, seen.wish];
    };
    assert.deepEqual(outcome({ at: 'done', wish: WISH, result: change(true) }), ['recorded', null, true]);
    assert.deepEqual(outcome({ at: 'done', wish: { ...WISH, value: false }, result: change(false) }), [
      'withdrawn',
      null,
      false,
    ]);
    assert.deepEqual(outcome({ at: 'unknown', wish: WISH }), ['unknown', null, true]);
    const error = new ApiError('cancelled', 'planned');
    assert.deepEqual(outcome({ at: 'failed', wish: WISH, error, another: true }), ['another', null, true]);
    assert.deepEqual(outcome({ at: 'failed', wish: WISH, error, another: false }), [null, null, true]);
    assert.deepEqual(outcome({ at: 'asking', wish: WISH, why: 'link', by: null }), [null, 'link', true]);
  });
  test('names the account that would vote, and none where nobody is signed in', () => {
    const named = known({ ...viewer(true).data, displayName: 'Lucie' });
    assert.equal(ready({ viewer: named }).account, 'Lucie');
    assert.equal(ready({ viewer: known({ ...named.data, signedIn: false }) }).account, null);
  });
  test('waits until the visitor has said whether choices on this device are his', () => {
    const draft = {
      ...{ chosen: [], outcomes: [], away: false, recorded: false, onDevice: true },
      ...{ found: { count: 2, at: NOW }, toggle: () => undefined, move: () => undefined },
    };
    assert.equal(ready({ mode: 'hand-over', draft }).blocked, 'found');
    assert.equal(ready({ mode: 'hand-over', draft: { ...draft, found: null } }).blocked, null);
  });
  test('tells what a recorded vote waits for', () => {
    const waiting = (vote: OwnVote, rules: Partial<Ballot> = {}): unknown => {
      const seen = ready({ proposal: known(proposal({ own: vote })), ballot: known(ballot(rules)) });
      return [seen.waitsFor, seen.missing];
    };
    const one = [choice('p', 0)];
    assert.deepEqual(waiting(own()), [null, 0]);
    assert.deepEqual(waiting(own({ accounted: false, waitsFor: 'requirements' })), ['requirements', 0]);
    assert.deepEqual(waiting(own({ accounted: false, waitsFor: 'email' })), ['email', 0]);
    assert.deepEqual(waiting(own({ accounted: false }), { votesMin: 3, chosen: one }), ['minimum', 2]);
    assert.deepEqual(waiting(own(), { votesMin: 3, chosen: one }), [null, 2], 'What counts waits for nothing.');
  });
});
