import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Message } from '../../sandbox/platform/http/accounts/outbox.js';
import { startSandbox, type Sandbox } from '../../sandbox/server.js';
import { Visitor, type Page } from './visitor.js';

const FRIEND = 'https://ami.example';

let sandbox: Sandbox;
let platform: string;

before(async () => {
  sandbox = await startSandbox({ port: 0, allowOrigins: [FRIEND] });
  ({ platform } = sandbox);
});
after(() => sandbox.stop());
afterEach(() => sandbox.store.reset());

type Name = 'citizen' | 'second' | 'unconfirmed';

function credentials(name: Name): { username: string; password: string } {
  const { email, password } = sandbox.store.state().accounts[name];
  return { username: email, password };
}

async function answerTo(visitor: Visitor, body: unknown): Promise<[status: number, body: unknown]> {
  const response = await visitor.logIn(platform, body);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  return [response.status, await response.json()];
}

async function mails(): Promise<Message[]> {
  const response = await fetch(`${platform}/sandbox/mails`, { headers: { Accept: 'application/json' } });
  return (await response.json()) as Message[];
}

/** The French numbers of a captcha question, added up. */
function solve(page: Page): string {
  const numbers = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
  const [, left = '', right = ''] = /Combien font (\S+) plus (\S+) /.exec(page.text) ?? [];
  return String(numbers.indexOf(left) + numbers.indexOf(right));
}

test('the right password signs in, with a cookie that scripts and other sites cannot use', async () => {
  const visitor = new Visitor();
  const response = await visitor.logIn(platform, { ...credentials('citizen'), displayCaptcha: false });
  assert.deepEqual([response.status, await response.json()], [200, { success: true }]);
  const cookies = response.headers.getSetCookie();
  assert.equal(cookies.length, 1);
  assert.match(cookies[0] ?? '', /^PHPSESSID=[\w-]{20,};/);
  for (const attribute of [/HttpOnly/, /SameSite=Lax/, /Path=\//, /Max-Age=\d+/])
    assert.match(cookies[0] ?? '', attribute);
  assert.doesNotMatch(cookies[0] ?? '', /Domain/i);
  assert.equal(await visitor.name(platform), 'Lucie Fontaine');
});

test('a wrong password, an unknown address and a disabled account sound the same', async () => {
  const { username, password } = credentials('second');
  sandbox.store.sql.run('UPDATE user SET enabled = 0 WHERE email = ?', username);
  const attempts = [
    { username, password },
    { ...credentials('citizen'), password: 'faux' },
    { username: 'personne@valmont.example', password: 'faux' },
    { username: 'citoyen1@habitants.valmont.example', password: '' },
  ];
  for (const attempt of attempts) {
    assert.deepEqual(await answerTo(new Visitor(), attempt), [401, { reason: 'Bad credentials.', failedAttempts: 1 }]);
  }
});

test('after five failures within an hour only a captcha lets somebody in', async () => {
  const right = credentials('citizen');
  const visitor = new Visitor();
  for (let failedAttempts = 1; failedAttempts <= 5; failedAttempts++) {
    const answer = await answerTo(visitor, { ...right, password: 'faux' });
    assert.deepEqual(answer, [401, { reason: 'Bad credentials.', failedAttempts }]);
  }
  assert.deepEqual(await answerTo(visitor, right), [401, { reason: 'You must provide a captcha to login.' }]);
  assert.deepEqual(await answerTo(visitor, { ...right, captcha: 'x:3' }), [401, { reason: 'Invalid captcha.' }]);
  assert.deepEqual(await answerTo(visitor, { password: 'x' }), [401, { reason: 'Username must be provided.' }]);
  assert.deepEqual(
    await answerTo(visitor, credentials('second')),
    [200, { success: true }],
    'others are not concerned',
  );

  sandbox.store.sql.run('UPDATE login_failure SET at = at - 3600001');
  assert.deepEqual(await answerTo(visitor, right), [200, { success: true }]);
});

test('without its feature flag there is no captcha, however often somebody fails', async () => {
  sandbox.store.sql.run("UPDATE feature_flag SET enabled = 0 WHERE type = 'restrict_connection'");
  for (let n = 0; n < 6; n++) await answerTo(new Visitor(), { ...credentials('citizen'), password: 'faux' });
  assert.deepEqual(await answerTo(new Visitor(), credentials('citizen')), [200, { success: true }]);
});

test('an unconfirmed address is refused in an answer that looks well, and gets one mail a minute', async () => {
  const visitor = new Visitor();
  await visitor.logIn(platform, credentials('citizen'));
  const refusal = [200, { success: false, reason: 'please-confirm-your-email-address-to-login' }];
  assert.deepEqual(await answerTo(visitor, credentials('unconfirmed')), refusal);
  assert.equal(await visitor.name(platform), undefined, 'the session that was there is dropped');
  assert.deepEqual(await answerTo(visitor, credentials('unconfirmed')), refusal);
  assert.equal((await mails()).length, 1);
  sandbox.store.sql.run('UPDATE message SET sent_at = sent_at - 60001');
  await answerTo(visitor, credentials('unconfirmed'));

  const [mail, ...older] = await mails();
  assert.equal(older.length, 1);
  assert.equal(mail?.to, credentials('unconfirmed').username);
  assert.match((await visitor.open(mail.link ?? '')).text, /adresse électronique est confirmée/);
  assert.equal(await visitor.name(platform), 'Élise Marchand');
  assert.equal((await visitor.open(mail.link ?? '')).status, 404, 'a link serves once');
  assert.deepEqual(await answerTo(new Visitor(), credentials('unconfirmed')), [200, { success: true }]);
});

test('what is no JSON login is told whether somebody is signed in', async () => {
  const visitor = new Visitor();
  const form = (): Promise<Response> =>
    visitor.ask(`${platform}/login_check`, { method: 'POST', body: new URLSearchParams(credentials('citizen')) });
  assert.deepEqual(await (await form()).json(), { success: false });
  await visitor.logIn(platform, credentials('citizen'));
  assert.deepEqual(await (await form()).json(), { success: true });
  for (const broken of ['{', '[]', '"x"']) assert.equal((await visitor.logIn(platform, broken)).status, 400);
});

test('a page of another origin cannot sign in with JSON, unless the platform lets it in', async () => {
  const preflight = async (origin: string): Promise<Headers> => {
    const headers = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
    return (await fetch(`${platform}/login_check`, { method: 'OPTIONS', headers })).headers;
  };
  const stranger = await preflight('https://www.ville.example');
  assert.equal(stranger.get('access-control-allow-headers'), null);
  assert.equal(stranger.get('access-control-allow-credentials'), null);
  const friend = await preflight(FRIEND);
  assert.equal(friend.get('access-control-allow-headers'), 'Content-Type');
  assert.equal(friend.get('access-control-allow-credentials'), 'true');
});

test('the login page signs in without scripts and leads on, within the platform only', async () => {
  const { username, password } = credentials('citizen');
  const destinations = [
    ['/project/budget?x=1#votes', `${platform}/project/budget?x=1#votes`],
    [`${platform}/themes/x`, `${platform}/themes/x`],
    ['https://mechant.example/', `${platform}/`],
    ['//mechant.example/', `${platform}/`],
    ['/\\mechant.example/', `${platform}/`],
    [`${platform}//mechant.example/`, `${platform}/mechant.example/`],
  ] as const;
  for (const [wanted, arrival] of destinations) {
    const visitor = new Visitor();
    const page = await visitor.open(`${platform}/login?_destination=${encodeURIComponent(wanted)}`);
    const next = await visitor.send(page, /^\/login$/, { username, password });
    assert.equal(next.url, arrival);
    assert.equal(await visitor.name(platform), 'Lucie Fontaine');
  }
});

test('the login page says what is wrong, asks its question after five failures, and takes the answer', async () => {
  const { username, password } = credentials('citizen');
  const visitor = new Visitor();
  let page = await visitor.open(`${platform}/login`);
  for (let n = 0; n < 5; n++) {
    page = await visitor.send(page, /^\/login$/, { username, password: 'faux' });
    assert.equal(page.status, 401);
    assert.match(page.text, /mot de passe incorrect/);
  }
  page = await visitor.send(page, /^\/login$/, { username, password, captcha: '99' });
  assert.match(page.text, /n’est pas la bonne/);
  assert.match(page.text, new RegExp(`value="${username}"`));
  page = await visitor.send(page, /^\/login$/, { username, password, captcha: solve(page) });
  assert.equal(page.url, `${platform}/`);
  assert.match(page.text, /Lucie Fontaine/);
});

test('a form that another site sends signs nobody in', async () => {
  const visitor = new Visitor();
  const init = { method: 'POST', body: new URLSearchParams(credentials('citizen')) };
  for (const Origin of ['https://mechant.example', 'null']) {
    assert.equal((await visitor.ask(`${platform}/login`, { ...init, headers: { Origin } })).status, 403);
  }
  assert.equal(await visitor.name(platform), undefined);
});

test('a forgotten password is replaced by way of a mail, and ends the sessions', async () => {
  const { username } = credentials('citizen');
  const before = new Visitor();
  await before.logIn(platform, credentials('citizen'));

  const visitor = new Visitor();
  const request = await visitor.open(`${platform}/resetting/request`);
  const answers = await Promise.all(
    [username, 'personne@valmont.example'].map((email) => visitor.send(request, /request$/, { email })),
  );
  assert.equal(answers[0]?.text, answers[1]?.text, 'the page does not tell who has an account');
  const [mail, ...others] = await mails();
  assert.equal(others.length, 0);

  const form = await visitor.open(mail?.link ?? '');
  assert.equal((await visitor.send(form, /reset/, { password: 'court' })).status, 422);
  await visitor.send(form, /reset/, { password: 'Tournesol-21-Enclume' });
  assert.equal((await visitor.open(mail?.link ?? '')).status, 404);
  assert.equal(await before.name(platform), undefined);
  assert.equal((await answerTo(new Visitor(), credentials('citizen')))[0], 401);
  assert.deepEqual(await answerTo(new Visitor(), { username, password: 'Tournesol-21-Enclume' }), [
    200,
    { success: true },
  ]);
});
