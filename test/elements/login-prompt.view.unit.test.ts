import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import type { Remote } from '../../src/core/remote.js';
import { failureOf, loginView, offerFor } from '../../src/elements/login-prompt/login-prompt.view.js';
import type { Means, SignIn } from '../../src/state/sign-in.js';
import type { Viewer } from '../../src/state/viewer.js';

const waiting = { loading: true };
const lucie: Viewer = { signedIn: true, id: 'lucie', displayName: 'Lucie', email: null, emailConfirmed: true };
const stranger: Viewer = { signedIn: false, id: null, displayName: null, email: null, emailConfirmed: true };
const openid = { kind: 'openid', name: 'Compte Valmont' } as const;
const ways: SignIn = { services: [openid], password: true, registration: true, restricted: true };
const known = <T>(data: T, more: Partial<Remote<T>> = {}): Remote<T> => ({ data, loading: false, ...more });
const failed = (code: ErrorCode, loading = false): Remote<never> => ({ error: new ApiError(code, 'test'), loading });

suite('the state of a login prompt', () => {
  test('is an error that nothing was tried for without a platform', () => {
    assert.deepEqual(loginView(known(lucie), known(ways), undefined), {
      kind: 'error',
      retryable: false,
      retrying: false,
    });
  });

  test('is empty where the page has no session', () => {
    assert.deepEqual(loginView(waiting, waiting, 'public'), { kind: 'empty' });
  });

  test('is loading until it is known who the visitor is, and for a stranger also how to sign in', () => {
    assert.equal(loginView(waiting, known(ways), 'session').kind, 'loading');
    assert.equal(loginView(known(stranger), waiting, 'session').kind, 'loading');
  });

  test('is ready for somebody who is signed in, whatever becomes of the ways in', () => {
    for (const rest of [waiting, failed('server'), known(ways)]) {
      const view = loginView(known(lucie), rest, 'session');
      assert.equal(view.kind === 'ready' && view.name, 'Lucie');
    }
  });

  test('is ready for a stranger with the ways in', () => {
    const view = loginView(known(stranger), known(ways), 'session');
    assert.deepEqual(view, { kind: 'ready', name: null, ways, code: undefined });
  });

  test('stays ready when a later reading fails, and tells', () => {
    const view = loginView(known(stranger, failed('offline')), known(ways), 'session');
    assert.deepEqual([view.kind, view.code], ['ready', 'offline']);
  });

  for (const [code, retryable] of [
    ['server', true],
    ['network', true],
    ['forbidden', false],
    ['platform-disabled', false],
  ] as const)
    test(`is an error after ${code}, ${retryable ? 'which may pass' : 'for good'}`, () => {
      assert.deepEqual(loginView(failed(code, true), waiting, 'session'), {
        kind: 'error',
        code,
        retryable,
        retrying: true,
      });
      assert.deepEqual(loginView(known(stranger), failed(code), 'session'), {
        kind: 'error',
        code,
        retryable,
        retrying: false,
      });
    });
});

suite('what a page offers', () => {
  const page = (takesPassword: boolean, sharesSession: boolean, isOwnPage: boolean): Means => ({
    takesPassword,
    sharesSession,
    isOwnPage,
  });
  const bypass = { ...ways, password: false };
  const bare = { ...ways, services: [] };
  const nothing = { services: [], form: false, account: false, windows: false, elsewhere: false };
  const all = { ...nothing, services: [openid] };
  const cases: readonly [name: string, SignIn, Means, ReturnType<typeof offerFor>][] = [
    ['the platform’s own page', ways, page(true, true, true), { ...all, form: true }],
    ['its own page, bypassing the form', bypass, page(true, true, true), all],
    ['its own page, where no password may be sent', ways, page(false, true, true), { ...all, account: true }],
    ['a gateway of another host', ways, page(true, false, false), { ...nothing, form: true, elsewhere: true }],
    ['such a gateway without services', bare, page(true, false, false), { ...nothing, form: true }],
    ['such a gateway, bypassing the form', bypass, page(true, false, false), { ...nothing, elsewhere: true }],
    ['a gateway of the platform’s host', ways, page(true, true, false), { ...all, form: true, windows: true }],
    ['another origin', ways, page(false, true, false), { ...all, account: true, windows: true }],
    ['another origin without services', bare, page(false, true, false), { ...nothing, account: true, windows: true }],
    ['another origin, bypassing the form', bypass, page(false, true, false), { ...all, windows: true }],
    ['a gateway elsewhere', ways, page(false, false, false), { ...nothing, elsewhere: true }],
  ];
  for (const [name, given, means, offer] of cases)
    test(name, () => {
      assert.deepEqual(offerFor(given, means), offer);
      const { services, form, account, elsewhere } = offer;
      assert.ok(services.length || form || account || elsewhere, 'There is always a way on.');
    });
});

suite('what a failure means', () => {
  test('leads to the platform where nothing can be done here, and to the field that is wrong', () => {
    for (const code of ['captcha-required', 'email-unconfirmed', 'unauthorized', 'forbidden', 'not-found'] as const)
      assert.equal(failureOf(code).elsewhere, true, code);
    assert.equal(failureOf('bad-credentials').field, 'password');
  });

  test('that may pass says to try again', () => {
    for (const code of ['network', 'timeout', 'server', 'bad-response'] as const)
      assert.deepEqual(failureOf(code), { message: 'failed.unreachable' });
    assert.deepEqual(failureOf('offline'), { message: 'failed.offline' });
    assert.deepEqual(failureOf('rate-limited'), { message: 'failed.rate-limited' });
  });
});
