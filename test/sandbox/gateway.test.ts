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
  const visitor = new Visitor();
  const login = await visitor.logIn(gateway, { username, password });
  assert.deepEqual(await login.json(), { success: true });
  assert.match(login.headers.getSetCookie()[0] ?? '', /^PHPSESSID=.*HttpOnly; SameSite=Lax$/);
  assert.doesNotMatch(login.headers.getSetCookie()[0] ?? '', /Domain/i);
  assert.equal(await visitor.name(gateway), 'Lucie Fontaine');
  assert.equal(await visitor.name(sandbox.platform), undefined, 'the platform’s own host has no cookie');

  const input = { proposalId: proposals['simple']?.[0], stepId: steps['simple'] };
  assert.deepEqual(await visitor.graphql(gateway, ADD, { input }), {
    addProposalVote: { errorCode: null, vote: { isAccounted: true } },
  });

  const out = await visitor.ask(`${gateway}/logout`, { headers: { Referer: `${city}/votes` } });
  assert.deepEqual([out.status, out.headers.get('Location')], [302, `${city}/votes`]);
  assert.equal(await visitor.name(gateway), undefined);
});

test('refusals come through with their status', async () => {
  const { email: username } = sandbox.store.state().accounts.citizen;
  const refused = await new Visitor().logIn(gateway, { username, password: 'faux' });
  assert.deepEqual([refused.status, await refused.json()], [401, { reason: 'Bad credentials.', failedAttempts: 1 }]);
  assert.deepEqual(await new Visitor().graphql(gateway, ADD, { input: { proposalId: 'x', stepId: 'y' } }), {
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
  for (const [path, method] of [
    ['/login_check', 'GET'],
    ['/logout', 'POST'],
    ['/graphql/internal', 'GET'],
  ] as const) {
    assert.equal((await fetch(gateway + path, { method })).status, 405, path);
  }
});
