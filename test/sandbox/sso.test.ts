import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { startSandbox, type Sandbox } from '../../sandbox/server.js';
import { Visitor, type Page } from './visitor.js';

let sandbox: Sandbox;
let platform: string;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  ({ platform } = sandbox);
});
after(() => sandbox.stop());
afterEach(() => sandbox.store.reset());

type Service = 'openid' | 'franceconnect';

/** From the start at the platform to the page on which the platform leaves the visitor. */
async function signIn(visitor: Visitor, person: string, start: string, from?: string): Promise<Page> {
  const people = await visitor.open(start, from);
  assert.ok(people.url.startsWith(`${sandbox.identity}/etape/`), people.url);
  const consent = await visitor.send(people, /connexion$/, { person });
  return visitor.send(consent, /accord$/);
}

function start(service: Service, destination = '/'): string {
  return `${platform}/login/${service}?_destination=${encodeURIComponent(destination)}`;
}

async function viewerOf(visitor: Visitor): Promise<Record<string, unknown>> {
  const query = '{ viewer { id displayName email isEmailConfirmed isFranceConnectAccount } }';
  return (await visitor.graphql<{ viewer: Record<string, unknown> }>(platform, query)).viewer;
}

async function loginLinks(): Promise<string[]> {
  const { text } = await new Visitor().open(`${platform}/login`);
  return [...text.matchAll(/href="(\/login\/\w+)\?/g)].map(([, path = '']) => path);
}

test('somebody with an account signs in to it, and lands where they wanted to go on the platform', async () => {
  const visitor = new Visitor();
  const page = await signIn(visitor, 'lucie-fontaine', start('openid', `${platform}/themes/x?y=1#z`));
  assert.equal(page.url, `${platform}/themes/x?y=1#z`);
  const viewer = await viewerOf(visitor);
  assert.equal(viewer['email'], sandbox.store.state().accounts.citizen.email);
  assert.equal(viewer['isFranceConnectAccount'], false);
  await visitor.ask(`${platform}/logout`);
  assert.equal(await visitor.name(platform), undefined);
  assert.equal((await visitor.open(start('openid', '/'))).url, `${platform}/`, 'the service still knows its visitor');
  assert.equal(await visitor.name(platform), 'Lucie Fontaine');
});

test('the way back never leaves the platform', async () => {
  for (const destination of [`${sandbox.city}/votes`, '//mechant.example/', 'https://mechant.example/']) {
    const page = await signIn(new Visitor(), 'karim-benali', start('openid', destination));
    assert.equal(page.url, `${platform}/`);
  }
  const own = await signIn(new Visitor(), 'karim-benali', `${platform}/login/openid`, `${platform}/themes/culture`);
  assert.equal(own.url, `${platform}/themes/culture`, 'without a destination, the platform’s page that led here');
  const foreign = await signIn(new Visitor(), 'karim-benali', `${platform}/login/openid`, `${sandbox.city}/`);
  assert.equal(foreign.url, `${platform}/`);
});

test('the platform answers under the name by which it was reached', async () => {
  const other = platform.replace('localhost', '127.0.0.1');
  const visitor = new Visitor();
  const page = await signIn(visitor, 'lucie-fontaine', `${other}/login/franceconnect?_destination=%2Fthemes%2Fx`);
  assert.equal(page.url, `${other}/themes/x`);
  assert.equal(await visitor.name(other), 'Lucie Fontaine');
  assert.equal(await visitor.name(platform), undefined);
});

test('somebody new gets an account, once', async () => {
  const count = (): number => sandbox.store.sql.number('SELECT count(*) FROM user');
  const before = count();
  const visitor = new Visitor();
  await signIn(visitor, 'noe-delatour', start('franceconnect'));
  const viewer = await viewerOf(visitor);
  assert.deepEqual(
    [viewer['displayName'], viewer['email'], viewer['isEmailConfirmed'], viewer['isFranceConnectAccount']],
    ['Noé Delatour', 'noe.delatour@valmont.example', true, true],
  );
  const again = new Visitor();
  await signIn(again, 'noe-delatour', start('franceconnect'));
  assert.equal((await viewerOf(again))['id'], viewer['id']);
  assert.equal(count(), before + 1);
});

test('an address that the service does not vouch for stays unconfirmed, and its votes wait', async () => {
  const visitor = new Visitor();
  await signIn(visitor, 'elise-marchand', start('openid'));
  const viewer = await viewerOf(visitor);
  assert.equal(viewer['displayName'], 'Élise Marchand');
  assert.equal(viewer['isEmailConfirmed'], false);

  const { proposals, steps } = sandbox.store.state();
  const input = { proposalId: proposals['simple']?.[0], stepId: steps['simple'] };
  const { addProposalVote } = await visitor.graphql<{ addProposalVote: { vote: { published: boolean } } }>(
    platform,
    'mutation ($input: AddProposalVoteInput!) { addProposalVote(input: $input) { vote { published } } }',
    { input },
  );
  assert.equal(addProposalVote.vote.published, false);
  await visitor.logIn(platform, {
    username: sandbox.store.state().accounts.unconfirmed.email,
    password: sandbox.store.state().accounts.unconfirmed.password,
  });
  const mails = await fetch(`${platform}/sandbox/mails`, { headers: { Accept: 'application/json' } });
  const [mail] = (await mails.json()) as { link: string }[];
  await visitor.open(mail?.link ?? '');
  const published =
    'SELECT count(*) FROM proposal_vote v JOIN user u ON u.id = v.user_id WHERE u.email = ? AND v.published_at > 0';
  assert.equal(sandbox.store.sql.number(published, sandbox.store.state().accounts.unconfirmed.email), 1);
});

test('an account is not taken over with an address that nobody has checked', async () => {
  sandbox.store.sql.run('DELETE FROM sso_identity');
  const visitor = new Visitor();
  await signIn(visitor, 'elise-marchand', start('openid'));
  const viewer = await viewerOf(visitor);
  assert.equal(viewer['displayName'], 'Élise Marchand');
  assert.equal(viewer['email'], null, 'another account, without the address');
});

test('who cancels is told so, and can try again towards the same page', async () => {
  const visitor = new Visitor();
  const people = await visitor.open(start('openid', '/themes/x'));
  const page = await visitor.send(people, /refus$/);
  assert.equal(page.url, `${platform}/login?probleme=sso&_destination=%2Fthemes%2Fx`);
  assert.match(page.text, /La connexion n’a pas abouti/);
  assert.equal(await visitor.name(platform), undefined);
});

test('an answer of the service is good once, for the visitor who asked and for nobody else', async () => {
  const [visitor, stranger] = [new Visitor(), new Visitor()];
  const people = await visitor.open(start('openid'));
  const consent = await visitor.send(people, /connexion$/, { person: 'lucie-fontaine' });
  // The last step by hand, to get hold of the answer before the platform does.
  let response = await visitor.ask(`${consent.url}/accord`, { method: 'POST' });
  response = await visitor.ask(new URL(response.headers.get('Location') ?? '', consent.url).href);
  const callback = response.headers.get('Location') ?? '';
  assert.match(callback, /\/login\/check-openid\?code=/);

  const failed = /\/login\?probleme=sso/;
  assert.match((await stranger.open(callback)).url, failed);
  assert.equal(await stranger.name(platform), undefined);
  const forged = new URL(callback);
  forged.searchParams.set('iss', 'https://mechant.example');
  const elsewhere = callback.replace('check-openid', 'check-franceconnect');
  assert.match((await visitor.open(elsewhere)).url, failed);
  assert.equal((await visitor.open(callback)).url, `${platform}/`);
  assert.equal(await visitor.name(platform), 'Lucie Fontaine');
  assert.match((await new Visitor().open(callback)).url, failed);

  const second = new Visitor();
  await second.open(start('openid'));
  assert.match((await second.open(forged.href)).url, failed);
});

test('flags and configurations decide which services there are', async () => {
  const { sql } = sandbox.store;
  assert.deepEqual(await loginLinks(), ['/login/franceconnect', '/login/openid']);
  sql.run("UPDATE feature_flag SET enabled = 0 WHERE type = 'login_franceconnect'");
  assert.deepEqual(await loginLinks(), ['/login/openid']);
  assert.equal((await fetch(`${platform}/login/franceconnect`, { redirect: 'manual' })).status, 404);
  sql.run("UPDATE sso_configuration SET enabled = 0 WHERE type = 'Oauth2SSOConfiguration'");
  assert.deepEqual(await loginLinks(), []);
  assert.equal((await fetch(`${platform}/login/openid`, { redirect: 'manual' })).status, 404);
});

test('a platform that leaves signing in to its service goes straight there', async () => {
  sandbox.store.sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'sso_by_pass_auth'");
  const visitor = new Visitor();
  const page = await signIn(visitor, 'karim-benali', `${platform}/login?_destination=%2Fthemes%2Fx`);
  assert.equal(page.url, `${platform}/themes/x`);
});

test('the service’s pages cannot be framed, and an expired step is said in words', async () => {
  const visitor = new Visitor();
  const page = await visitor.open(start('openid'));
  const response = await visitor.ask(page.url);
  assert.match(response.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  assert.match(page.text, /<html lang="fr">/);
  const expired = await new Visitor().open(page.url);
  assert.equal(expired.status, 400);
  assert.match(expired.text, /ne peut pas continuer/);
  const foreign = `${sandbox.identity}/auth?client_id=participez-valmont&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fmechant.example`;
  assert.match((await visitor.open(foreign)).text, /ne peut pas continuer/);
});

test('the hand-over page is served under its own policy, for the sites that are let in', async () => {
  const bundle = await mkdtemp(join(tmpdir(), 'bundle-'));
  const own = await startSandbox({ port: 0, bundle, handoffAllow: ['https://www.ville.example', 'https://"x'] });
  try {
    const missing = await fetch(`${own.platform}/widgets/handoff`);
    assert.equal(missing.status, 404);
    assert.match(await missing.text(), /npm run build/);
    await writeFile(join(bundle, 'handoff.html'), '<!doctype html><cap-handoff lang="fr" allow=""></cap-handoff>');
    const response = await fetch(`${own.platform}/widgets/handoff`);
    assert.match(
      await response.text(),
      /<cap-handoff lang="fr" allow="https:\/\/www\.ville\.example https:\/\/&quot;x">/,
    );
    assert.equal(
      response.headers.get('content-security-policy'),
      "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(response.headers.get('x-frame-options'), 'DENY');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  } finally {
    await own.stop();
    await rm(bundle, { recursive: true });
  }
});
