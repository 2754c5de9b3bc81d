import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Message } from '../../sandbox/platform/http/accounts/outbox.js';
import { startSandbox, type Sandbox } from '../../sandbox/server.js';
import { Visitor } from './visitor.js';

const HOUR = 3_600_000;

let sandbox: Sandbox;
let platform: string;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  ({ platform } = sandbox);
});
after(() => sandbox.stop());
afterEach(() => sandbox.store.reset());

async function signedIn(name: 'citizen' | 'second', more: object = {}): Promise<Visitor> {
  const { email, password } = sandbox.store.state().accounts[name];
  const visitor = new Visitor();
  assert.equal((await visitor.logIn(platform, { username: email, password, ...more })).status, 200);
  return visitor;
}

/** The platform's own page of a proposal of the seed. */
async function proposalPage(step: string, index = 0): Promise<string> {
  const id = sandbox.store.state().proposals[step]?.[index];
  const { body } = await sandbox.api.execute({
    endpoint: 'internal',
    query: 'query ($id: ID!) { node(id: $id) { ... on Proposal { url } } }',
    variables: { id },
  });
  return (body as { data: { node: { url: string } } }).data.node.url;
}

function votes(email: string, step: string): Promise<number> {
  const sql = `SELECT count(*) FROM proposal_vote v JOIN user u ON u.id = v.user_id
    WHERE u.email = ? AND v.step_id = ? AND v.completion_status = 'COMPLETED'`;
  const raw =
    Buffer.from(sandbox.store.state().steps[step] ?? '', 'base64')
      .toString()
      .split(':')[1] ?? '';
  return Promise.resolve(sandbox.store.sql.number(sql, email, raw));
}

async function lastMail(): Promise<Message> {
  const response = await fetch(`${platform}/sandbox/mails`, { headers: { Accept: 'application/json' } });
  const [mail] = (await response.json()) as Message[];
  assert.ok(mail);
  return mail;
}

test('each session is its own visitor, and only the API of the platform’s front end looks at it', async () => {
  const [first, second, nobody] = [await signedIn('citizen'), await signedIn('second'), new Visitor()];
  assert.equal(await first.name(platform), 'Lucie Fontaine');
  assert.equal(await second.name(platform), 'Karim Benali');
  assert.equal(await nobody.name(platform), undefined);
  const query = JSON.stringify({ query: '{ viewer { id } }' });
  const headers = { 'Content-Type': 'application/json' };
  for (const path of ['/graphql', '/graphql/public']) {
    const answer = await first.ask(platform + path, { method: 'POST', headers, body: query });
    assert.equal(((await answer.json()) as { data: unknown }).data, null, `${path} does not know cookies`);
  }
});

test('signing in changes the name of the session', async () => {
  const { email: username, password } = sandbox.store.state().accounts.citizen;
  const visitor = new Visitor();
  await visitor.logIn(platform, { username, password });
  sandbox.store.sql.run("UPDATE session SET id = 'connu-d-avance'");
  const stolen = (): Promise<Response> =>
    fetch(`${platform}/graphql/internal`, {
      method: 'POST',
      headers: { Cookie: 'PHPSESSID=connu-d-avance' },
      body: new URLSearchParams({ query: '{ isAuthenticated }' }),
    });
  assert.deepEqual(await (await stolen()).json(), { data: { isAuthenticated: true } });
  const again = await fetch(`${platform}/login_check`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: 'PHPSESSID=connu-d-avance' },
    body: JSON.stringify({ username, password }),
  });
  assert.doesNotMatch(again.headers.getSetCookie()[0] ?? '', /connu-d-avance/);
  assert.deepEqual(await (await stolen()).json(), { data: { isAuthenticated: false } });
});

test('a session ends after two hours of silence, and after two weeks in any case', async () => {
  const { sql } = sandbox.store;
  const visitor = await signedIn('citizen');
  sql.run('UPDATE session SET seen_at = seen_at - ?', 2 * HOUR - 60_000);
  assert.equal(await visitor.name(platform), 'Lucie Fontaine');
  sql.run('UPDATE session SET seen_at = seen_at - ?', 2 * HOUR);
  assert.equal(await visitor.name(platform), undefined);
  assert.equal(sql.number('SELECT count(*) FROM session'), 0);

  const other = await signedIn('citizen');
  sql.run('UPDATE session SET created_at = created_at - ?', 14 * 24 * HOUR);
  assert.equal(await other.name(platform), undefined);
});

test('a browser is remembered only where somebody asked for it', async () => {
  const { sql } = sandbox.store;
  const [remembered, other] = [await signedIn('citizen', { _remember_me: true }), await signedIn('second')];
  sql.run('DELETE FROM session');
  assert.equal(await other.name(platform), undefined);
  assert.equal(await remembered.name(platform), 'Lucie Fontaine');
  assert.equal(sql.number('SELECT count(*) FROM session'), 1, 'a session is opened anew');
  await remembered.ask(`${platform}/logout`);
  assert.equal(await remembered.name(platform), undefined);
  assert.equal(sql.number('SELECT count(*) FROM remembered_browser'), 0);
});

test('signing out leads back to the page on which it was asked for', async () => {
  const visitor = await signedIn('citizen');
  const from = `${sandbox.city}/votes?x=1`;
  const response = await visitor.ask(`${platform}/logout`, { headers: { Referer: from } });
  assert.deepEqual([response.status, response.headers.get('Location')], [302, from]);
  assert.equal(await visitor.name(platform), undefined);
  assert.equal(sandbox.store.sql.number('SELECT count(*) FROM session'), 0);
  assert.equal((await visitor.ask(`${platform}/logout`)).headers.get('Location'), '/');
});

test('a reset signs everybody out', async () => {
  const visitor = await signedIn('citizen');
  await fetch(`${platform}/sandbox/reset`, { method: 'POST' });
  assert.equal(await visitor.name(platform), undefined);
});

test('the page of a proposal leads a visitor to sign in and back, takes the vote, and gives it back', async () => {
  const { email, password } = sandbox.store.state().accounts.citizen;
  const url = await proposalPage('simple');
  const visitor = new Visitor();
  const page = await visitor.open(url);
  const [, path = ''] = /<a class="button" href="(\/login[^"]+)">Se connecter pour voter/.exec(page.text) ?? [];
  const login = await visitor.open(platform + path.replaceAll('&amp;', '&'));
  const back = await visitor.send(login, /^\/login$/, { username: email, password });
  assert.equal(back.url, url);
  const countOn = (text: string): number =>
    Number(/<strong>([\d\s]+)<\/strong>\s+votes?/.exec(text)?.[1]?.replace(/\s/g, ''));
  const before = countOn(back.text);

  const voted = await visitor.send(back, /^\/vote$/, { act: 'add' });
  assert.equal(voted.url, `${url}?vote=ajoute`);
  assert.match(voted.text, /Votre vote est enregistré/);
  assert.equal(countOn(voted.text), before + 1);
  assert.equal(await votes(email, 'simple'), 1);

  const again = await visitor.send(back, /^\/vote$/, { act: 'add' });
  assert.match(again.text, /Vous avez déjà voté pour cette proposition/);
  const withdrawn = await visitor.send(again, /^\/vote$/, { act: 'remove' });
  assert.match(withdrawn.text, /Votre vote est retiré/);
  assert.equal(countOn(withdrawn.text), before);
  assert.equal(await votes(email, 'simple'), 0);
});

test('the page of a proposal shows no number of a secret ballot and no button on a closed step', async () => {
  const visitor = await signedIn('citizen');
  const secret = await visitor.open(await proposalPage('secret'));
  assert.match(secret.text, /scrutin est secret/);
  assert.doesNotMatch(secret.text, /<strong>\d/);
  assert.match(secret.text, /Voter pour cette proposition/);
  const closed = await visitor.open(await proposalPage('closed'));
  assert.doesNotMatch(closed.text, /Voter pour cette proposition/);
});

test('a vote is not taken from another site, nor from somebody who is not signed in', async () => {
  const visitor = await signedIn('citizen');
  const { proposals, steps, accounts } = sandbox.store.state();
  const body = new URLSearchParams({
    proposal: proposals['simple']?.[0] ?? '',
    step: steps['simple'] ?? '',
    back: '/',
    act: 'add',
  });
  const forged = await visitor.ask(`${platform}/vote`, { method: 'POST', headers: { Origin: sandbox.city }, body });
  assert.equal(forged.status, 403);
  const anonymous = await new Visitor().ask(`${platform}/vote`, {
    method: 'POST',
    headers: { Origin: platform },
    body,
  });
  assert.match(anonymous.headers.get('Location') ?? '', /^\/login\?/);
  assert.equal(await votes(accounts.citizen.email, 'simple'), 0);
});

test('a session outlives the platform, where its database is kept', async () => {
  const data = await mkdtemp(join(tmpdir(), 'platform-'));
  const first = await startSandbox({ port: 0, data });
  const { email: username, password } = first.store.state().accounts.citizen;
  const visitor = new Visitor();
  await visitor.logIn(first.platform, { username, password });
  await first.stop();
  const second = await startSandbox({ port: 0, data });
  try {
    assert.equal(await visitor.name(second.platform), 'Lucie Fontaine');
  } finally {
    await second.stop();
    await rm(data, { recursive: true });
  }
});

test('a vote that lacks something leads to the page where the citizen completes it', async () => {
  const { email } = sandbox.store.state().accounts.citizen;
  const visitor = await signedIn('citizen');
  const url = await proposalPage('requirements');
  const page = await visitor.send(await visitor.open(url), /^\/vote$/, { act: 'add' });
  assert.match(page.url, /\/requirements\/step\/[^/]+\/contribution\/\d+$/);
  assert.match(page.text, /chaque jeune vote une seule fois/);
  assert.equal(await votes(email, 'requirements'), 0);

  const boxes = [...page.text.matchAll(/type="checkbox" value="1"|name="([^"]+)"\s+type="checkbox"/g)];
  const ticked = Object.fromEntries(boxes.flatMap(([, name]) => (name === undefined ? [] : [[name, '1']])));
  assert.equal(Object.keys(ticked).length, 1, 'consent was given before, so one box is left');
  const wrong = await visitor.send(page, /requirements/, { act: 'send-code', phone: '12' });
  assert.match(wrong.text, /pas valable/);
  const sent = await visitor.send(wrong, /requirements/, { act: 'send-code', phone: '06 39 98 01 23' });
  assert.match(sent.text, /Un code vient de partir/);
  const partial = await visitor.send(sent, /requirements/, { act: 'save', ...ticked, code: '000000' });
  assert.match(partial.text, /Il manque encore/);
  const { code = '', to } = await lastMail();
  assert.equal(to, '+33639980123');
  const done = await visitor.send(partial, /requirements/, { act: 'save', code });
  assert.equal(done.url, `${url}?vote=ajoute`);
  assert.equal(await votes(email, 'requirements'), 1);

  const stranger = await signedIn('second');
  assert.equal((await stranger.open(page.url)).status, 404, 'a vote is its voter’s own');
  assert.match((await new Visitor().open(page.url)).url, /\/login\?/);
});

test('a telephone number that has already voted does not vote again', async () => {
  const { second } = sandbox.store.state().accounts;
  sandbox.store.sql.run(
    "UPDATE user SET phone = '+33639980042' WHERE email = ?",
    sandbox.store.state().accounts.citizen.email,
  );
  const karim = await signedIn('second');
  const url = await proposalPage('requirements');
  const page = await karim.send(await karim.open(url), /^\/vote$/, { act: 'add' });
  const box = /name="([^"]+)"\s+type="checkbox"/.exec(page.text)?.[1] ?? '';
  await karim.send(page, /requirements/, { act: 'save', [box]: '1' });
  assert.equal(await votes(second.email, 'requirements'), 1);

  const lucie = await signedIn('citizen');
  const hers = await lucie.send(await lucie.open(url), /^\/vote$/, { act: 'add' });
  const sent = await lucie.send(hers, /requirements/, { act: 'send-code', [box]: '1', phone: '+33639980042' });
  const { code = '' } = await lastMail();
  const refused = await lucie.send(sent, /requirements/, { act: 'save', code });
  assert.match(refused.text, /déjà servi à voter/);
});
