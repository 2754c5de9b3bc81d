import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { buildSchema, graphql } from 'graphql';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import {
  endSession,
  forgottenPassword,
  meansOf,
  openSession,
  pageOf,
  readSignIn,
  startOf,
  type SignInService,
} from '../../src/platform/ballot/sign-in.js';
import { Platform } from '../../src/platform/endpoints.js';
import type { Settings } from '../../src/platform/settings.js';
import {
  HurriedClock,
  reading,
  schemaText,
  settingsFor,
  startHttpPlatform,
  until,
  type HttpPlatform,
} from './http-platform.js';

/** Answers of a real platform, where somebody has put them beside the project. */
const recorded = fileURLToPath(new URL('../../../shared/platform/responses', import.meta.url));

const CREDENTIALS = { email: 'lucie@valmont.example', password: 'Passerelle-42' };

let platform: HttpPlatform;
const { fetch: realFetch } = globalThis;
/** How each request was to be sent, as far as node itself does not know of it. */
const sent: RequestInit[] = [];

/** Puts the code under test on a page. */
function openPage(href: string, isSecureContext = true): void {
  Object.assign(globalThis, { location: new URL(href), isSecureContext });
}

before(async () => {
  platform = await startHttpPlatform();
  globalThis.fetch = (input, init = {}) => {
    sent.push(init);
    // Node has no pages, and so no origin of its own.
    return realFetch(input, { ...init, mode: 'cors' });
  };
});
after(async () => {
  globalThis.fetch = realFetch;
  await platform.stop();
});
beforeEach(() => {
  platform.arrived.length = sent.length = 0;
  openPage(`${platform.url}/connexion`);
  new HurriedClock();
});
afterEach(() => {
  useClock();
  Reflect.deleteProperty(globalThis, 'location');
  Reflect.deleteProperty(globalThis, 'isSecureContext');
});

const session = (): Platform => new Platform(settingsFor(platform.url, { access: 'session' }));

suite('the ways in', () => {
  const schema = buildSchema(schemaText('internal'));
  const TYPES = [
    'CASSSOConfiguration',
    'FacebookSSOConfiguration',
    'FranceConnectSSOConfiguration',
    'Oauth2SSOConfiguration',
  ];

  /** A platform with these flags, and these of its services switched on. */
  function has(flags: readonly string[], enabled: readonly string[]): void {
    const rootValue = {
      featureFlags: [
        'login_saml',
        'login_cas',
        'login_franceconnect',
        'registration',
        'restrict_connection',
        'sso_by_pass_auth',
        'login_openid',
      ].map((type) => ({ type, enabled: flags.includes(type) })),
      ssoConfigurations: {
        edges: [
          null,
          ...TYPES.map((type) => ({ node: { __typename: type, name: `À ${type}`, enabled: enabled.includes(type) } })),
        ],
      },
    };
    platform.answer = async ({ query: source, variables }) => ({
      body: await graphql({ schema, source, rootValue, variableValues: variables }),
    });
  }

  const cases: readonly [flags: string[], enabled: string[], kinds: SignInService['kind'][]][] = [
    [[], [], []],
    [['login_franceconnect'], [], []],
    [[], ['FranceConnectSSOConfiguration'], []],
    [['login_franceconnect'], ['FranceConnectSSOConfiguration'], ['franceconnect']],
    [['login_cas'], [], []],
    [['login_cas'], ['CASSSOConfiguration'], ['cas']],
    [[], ['Oauth2SSOConfiguration', 'FacebookSSOConfiguration'], ['openid', 'facebook']],
    [['login_saml'], [], ['saml']],
    [['login_saml', 'login_cas', 'login_franceconnect'], TYPES, ['franceconnect', 'cas', 'openid', 'facebook', 'saml']],
    [['sso_by_pass_auth', 'login_franceconnect'], TYPES, ['openid']],
    [['sso_by_pass_auth'], [], ['openid']],
  ];
  for (const [flags, enabled, kinds] of cases)
    test(`are ${kinds.join(', ') || 'none'} with ${flags.join(', ') || 'no flag'} and ${enabled.join(', ') || 'no service'}`, async () => {
      has(flags, enabled);
      const { services, password } = await readSignIn(session(), reading());
      assert.deepEqual(
        services.map(({ kind }) => kind),
        kinds,
      );
      assert.equal(password, !flags.includes('sso_by_pass_auth'));
      for (const { kind, name } of services)
        assert.ok(
          name === null ? kind === 'saml' || !enabled.length : name.startsWith('À '),
          `${kind} ${String(name)}`,
        );
      assert.equal(platform.arrived.length, 1, 'One request reads them.');
    });

  test('say whether newcomers may come, and whether failures are counted', async () => {
    has(['registration', 'restrict_connection'], []);
    const { registration, restricted } = await readSignIn(session(), reading());
    assert.deepEqual([registration, restricted], [true, true]);
    has(['registration', 'sso_by_pass_auth'], []);
    assert.equal((await readSignIn(session(), reading())).registration, false);
  });

  test('that cannot be read are no absence of ways', async () => {
    platform.answer = () => ({
      body: { data: { q0: null, q1: null }, errors: [{ message: 'Internal server Error' }] },
    });
    await assert.rejects(readSignIn(session(), reading()), ApiError);
  });
});

suite('where signing in leads', () => {
  const services: readonly [SignInService['kind'], string][] = [
    ['franceconnect', '/login/franceconnect'],
    ['openid', '/login/openid'],
    ['facebook', '/login/facebook'],
    ['cas', '/login-cas'],
    ['saml', '/login-saml'],
  ];
  for (const [kind, start] of services)
    test(`${kind} starts at ${start}, and comes back to the page or to the platform`, () => {
      const service = { kind, name: 'Compte' };
      const target = (url: string): string | null => new URL(url).searchParams.get('_destination');
      openPage('https://participez.ville.fr/project/budget?page=2&tri=1#votes');
      const settings = settingsFor('https://participez.ville.fr', { access: 'session' });
      assert.equal(new URL(startOf(settings, service, '')).pathname, start);
      assert.equal(target(startOf(settings, service, '')), location.href);
      openPage('https://www.ville.fr/budget');
      assert.equal(target(startOf(settings, service, '')), 'https://participez.ville.fr');
      assert.equal(target(startOf(settings, service, '/project/x')), 'https://participez.ville.fr/project/x');
    });

  test('never leads to anything but a page', () => {
    const settings = settingsFor('https://participez.ville.fr');
    for (const wanted of ['', 'javascript:alert(1)', 'data:text/html,x'])
      assert.equal(pageOf(settings, wanted), 'https://participez.ville.fr');
    assert.equal(forgottenPassword(settings), 'https://participez.ville.fr/resetting/request');
  });

  const pages: readonly [page: string, api: string, takes: boolean, shares: boolean, own: boolean][] = [
    ['https://participez.ville.fr/x', '', true, true, true],
    ['https://www.ville.fr/x', 'https://www.ville.fr/participation', true, false, false],
    ['https://www.ville.fr/x', '', false, true, false],
    ['https://participez.ville.fr:8443/x', 'https://participez.ville.fr:8443/api', true, false, false],
    ['https://www.ville.fr/x', 'https://api.ville.fr', false, false, false],
  ];
  for (const [page, api, takesPassword, sharesSession, isOwnPage] of pages)
    test(`${page} by ${api || 'the platform itself'}`, () => {
      openPage(page);
      const settings = settingsFor('https://participez.ville.fr', { api });
      assert.deepEqual(meansOf(settings), { takesPassword, sharesSession, isOwnPage });
    });

  test('no password is asked for where others could read it', () => {
    openPage('http://participez.ville.fr/x', false);
    assert.equal(meansOf(settingsFor('http://participez.ville.fr')).takesPassword, false);
  });
});

suite('a password', () => {
  const attempt = (restricted = true): Promise<void> => openSession(session(), CREDENTIALS, { restricted });
  const refusedWith = (code: string) => (reason: unknown) => {
    assert.ok(reason instanceof ApiError);
    assert.equal(reason.code, code);
    // Neither in what is logged nor in what caused it.
    assert.doesNotMatch(
      `${reason.message} ${String(reason.stack)} ${JSON.stringify(reason)} ${String(reason.cause)}`,
      /Passerelle/,
    );
    return true;
  };

  test('is sent as the platform’s own pages send it, and to no other origin', async () => {
    platform.answer = () => ({ body: { success: true } });
    await attempt();
    const [{ method, path: where, headers, body } = assert.fail()] = platform.arrived;
    assert.deepEqual([method, where], ['POST', '/login_check']);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['x-requested-with'], 'XMLHttpRequest');
    assert.deepEqual(JSON.parse(body), { username: CREDENTIALS.email, password: CREDENTIALS.password });
    assert.equal(sent[0]?.mode, 'same-origin');
    assert.equal(sent[0]?.credentials, 'same-origin');
  });

  test('is not sent from a page of another origin', async () => {
    openPage('https://www.ville.fr/');
    await assert.rejects(attempt(), refusedWith('forbidden'));
    assert.equal(platform.arrived.length, 0);
  });

  const answers: readonly [status: number, body: unknown, code: string, restricted?: boolean][] = [
    [401, { reason: 'Bad credentials.', failedAttempts: 1 }, 'bad-credentials'],
    [401, { reason: 'Bad credentials.', failedAttempts: 4 }, 'bad-credentials'],
    [401, { reason: 'Bad credentials.', failedAttempts: 5 }, 'captcha-required'],
    [401, { reason: 'Bad credentials.', failedAttempts: 5 }, 'bad-credentials', false],
    [401, { reason: 'You must provide a captcha to login.' }, 'captcha-required'],
    [401, { reason: 'Invalid captcha.' }, 'captcha-required'],
    [401, { reason: 'Username must be provided.' }, 'bad-credentials'],
    [200, { success: false, reason: 'please-confirm-your-email-address-to-login' }, 'email-unconfirmed'],
    [200, { success: false }, 'bad-response'],
    [200, { success: 'yes' }, 'bad-response'],
    [200, null, 'bad-response'],
    [200, '{"success":', 'bad-response'],
    [403, {}, 'forbidden'],
    [404, {}, 'not-found'],
    [429, {}, 'rate-limited'],
    [500, {}, 'server'],
    [503, 'Maintenance', 'server'],
  ];
  for (const [status, body, code, restricted] of answers)
    test(`${status} ${JSON.stringify(body)}: ${code}${restricted === false ? ', where failures are not counted' : ''}`, async () => {
      platform.answer = () => ({ status, body, ...(body === 'Maintenance' && { type: 'text/html' }) });
      await assert.rejects(attempt(restricted), refusedWith(code));
      assert.equal(platform.arrived.length, 1, 'It is never sent twice.');
    });

  test('meets a page of the web server in the place of an answer', async () => {
    platform.answer = () => ({ type: 'text/html', body: '<h1>Bienvenue</h1>' });
    await assert.rejects(attempt(), refusedWith('bad-response'));
  });

  test('meets a connection that breaks off', async () => {
    platform.answer = () => 'cut';
    await assert.rejects(attempt(), refusedWith('network'));
  });

  test('is given up after ten seconds', async () => {
    const clock = new HurriedClock();
    platform.answer = () => 'silence';
    const failure = assert.rejects(attempt(), refusedWith('timeout'));
    await until(() => platform.arrived.length === 1);
    clock.runOut();
    await failure;
  });

  for (const name of ['login-check-captcha-invalid'])
    test(`${name}, as recorded`, { skip: !existsSync(recorded) && 'The recorded answers are not here.' }, async () => {
      const { response } = JSON.parse(readFileSync(path.join(recorded, `${name}.json`), 'utf8')) as {
        response: { status: number; body: unknown };
      };
      platform.answer = () => response;
      await assert.rejects(attempt(), refusedWith('captcha-required'));
    });
});

suite('signing out', () => {
  /** Where a page is, where its API and its platform are, and how it signs out there. */
  const ways: readonly [string, settings: () => Settings, page: () => string, asked: string, by: string | undefined][] =
    [
      ['on the platform’s own page', () => settingsFor(platform.url), () => platform.url, 'GET', 'XMLHttpRequest'],
      [
        'from a page that its CORS names',
        () => settingsFor(platform.url),
        () => 'https://www.ville.fr',
        'GET',
        undefined,
      ],
      [
        'by a gateway',
        () => settingsFor('https://participez.ville.fr', { api: platform.url }),
        () => platform.url,
        'POST',
        'XMLHttpRequest',
      ],
      [
        'by an API of another origin',
        () => settingsFor('https://participez.ville.fr', { api: platform.url }),
        () => 'https://www.ville.fr',
        'GET',
        undefined,
      ],
    ];
  for (const [where, settings, page, asked, by] of ways)
    test(`${where} asks by ${asked} with the visitor’s cookies, and does not follow the way back`, async () => {
      platform.answer = ({ path: at }) =>
        at === '/logout' ? { status: 302, type: 'text/html', headers: { Location: '/' }, body: '' } : { body: '' };
      openPage(`${page()}/connexion`);
      await endSession(new Platform(settings()));
      assert.deepEqual(
        platform.arrived.map(({ method, path: at, headers }) => [`${method} ${at}`, headers['x-requested-with']]),
        [[`${asked} /logout`, by]],
      );
      assert.equal(sent[0]?.credentials, 'include');
      assert.equal(sent[0]?.redirect, 'manual');
    });

  test('that cannot be asked for has failed', async () => {
    platform.answer = () => 'cut';
    openPage('https://www.ville.fr/');
    const gone = new Platform(settingsFor('http://127.0.0.1:9', { access: 'session' }));
    await assert.rejects(
      endSession(gone),
      (reason: unknown) => reason instanceof ApiError && reason.code === 'network',
    );
  });
});
