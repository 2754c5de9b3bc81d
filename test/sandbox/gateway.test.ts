import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { startSandbox, type Sandbox } from '../../sandbox/server.js';
import { Visitor } from './visitor.js';

const ADD =
  'mutation ($input: AddProposalVoteInput!) { addProposalVote(input: $input) { errorCode vote { isAccounted } } }';

let sandbox: Sandbox;
/** The platform's API on the city's own origin, under a name that shares no cookie with the platform's. */
let gateway: string;
let city: string;

/** Somebody on a page of the city's. */
const citizen = (): Visitor => new Visitor({ Origin: city, 'X-Requested-With': 'XMLHttpRequest' });

before(async () => {
  sandbox = await startSandbox({ port: 0 });
  city = sandbox.city.replace('localhost', '127.0.0.1');
  gateway = `${city}/participation`;
});
after(() => sandbox.stop());
afterEach(() => sandbox.store.reset());

test('a citizen signs in, votes and signs out on the city’s own origin', async () => {
  const { accounts, proposals, steps } = sandbox.store.state();
  const { email: username, password } = accounts.citizen;
  const visitor = citizen();
  const login = await visitor.logIn(gateway, { username, password });
  assert.deepEqual(await login.json(), { success: true });
  const [cookie = '', ...others] = login.headers.getSetCookie();
  assert.match(cookie, /^cap-session=[\w-]+; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
  assert.deepEqual(others, []);
  assert.equal(await visitor.name(gateway), 'Lucie Fontaine');
  assert.equal(await visitor.name(sandbox.platform), undefined, 'the platform’s own host has no cookie');

  const input = { proposalId: proposals['simple']?.[0], stepId: steps['simple'] };
  assert.deepEqual(await visitor.graphql(gateway, ADD, { input }), {
    addProposalVote: { errorCode: null, vote: { isAccounted: true } },
  });

  const stranger = await new Visitor().graphql(gateway, '{ isAuthenticated }').catch(() => 'refused');
  assert.equal(stranger, 'refused', 'Whoever is no page of the city asks as nobody.');
  const out = await visitor.ask(`${gateway}/logout`, { method: 'POST', headers: { Referer: `${city}/votes` } });
  assert.deepEqual([out.status, out.headers.get('Location')], [204, null]);
  assert.equal(await visitor.name(gateway), undefined);
});

test('refusals come through with their status', async () => {
  const { email: username } = sandbox.store.state().accounts.citizen;
  const refused = await citizen().logIn(gateway, { username, password: 'faux' });
  assert.deepEqual([refused.status, await refused.json()], [401, { reason: 'Bad credentials.', failedAttempts: 1 }]);
  assert.deepEqual(await citizen().graphql(gateway, ADD, { input: { proposalId: 'x', stepId: 'y' } }), {
    addProposalVote: null,
  });
});

test('failures are counted for each visitor, not for the gateway', async () => {
  const { email: username, password } = sandbox.store.state().accounts.citizen;
  const from = (address: string, body: object): Promise<Response> =>
    fetch(`${sandbox.platform}/login_check`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
      body: JSON.stringify({ username, ...body }),
    });
  for (let n = 0; n < 5; n++) await from('192.0.2.1', { password: 'faux' });
  assert.equal((await from('192.0.2.1', { password })).status, 401);
  assert.equal((await from('192.0.2.2', { password })).status, 200);
});

test('nothing else of the platform is handed through, and nothing by another method', async () => {
  for (const path of ['/login', '/sandbox/reset', '/vote', '/login/openid', '/']) {
    assert.equal((await fetch(gateway + path, { method: 'POST' })).status, 404, path);
  }
  for (const path of ['/login_check', '/logout', '/graphql/internal', '/graphql']) {
    assert.equal((await fetch(gateway + path)).status, 405, path);
  }
});

test('sign-ins are limited to ten a minute, until the sandbox begins anew', async () => {
  const { email: username } = sandbox.store.state().accounts.citizen;
  const attempt = async (): Promise<number> => (await citizen().logIn(gateway, { username, password: 'faux' })).status;
  for (let times = 0; times < 10; times++) assert.equal(await attempt(), 401);
  assert.equal(await attempt(), 429);
  sandbox.store.reset();
  assert.equal(await attempt(), 401);
});
