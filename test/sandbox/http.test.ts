import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startPlatformClient, type PlatformClient } from './platform-client.js';

const PREVIEW = 'application/vnd.cap-collectif.preview+json';
const CITY = 'https://www.ville.example';
const FRIEND = 'https://ami.example';
/** Known to the preview and the internal schema only, so that it tells them from the public one. */
const LIST = '{ projects(first: 1) { edges { node { id } } } }';
/** Known to the internal schema only. */
const PROBE = '{ isAuthenticated }';

let client: PlatformClient;
let bundle: string;

before(async () => {
  bundle = await mkdtemp(join(tmpdir(), 'bundle-'));
  await writeFile(join(bundle, 'cap-widgets.js'), 'export {};');
  await writeFile(join(bundle, 'project-card-Bx3_9kQz.js'), 'export {};');
  await writeFile(join(bundle, 'widget-progress.js'), 'export {};');
  client = await startPlatformClient({ bundle, allowOrigins: [FRIEND] });
});
after(async () => {
  await client.sandbox.stop();
  await rm(bundle, { recursive: true });
});

const ask: PlatformClient['ask'] = (...request) => client.ask(...request);
const post: PlatformClient['post'] = (...request) => client.post(...request);
const postJson: PlatformClient['postJson'] = (...request) => client.postJson(...request);

function setFlag(name: string, enabled: boolean): void {
  client.sandbox.store.db.run('UPDATE feature_flag SET enabled = ? WHERE type = ?', [Number(enabled), name]);
}

async function hasErrors(response: Response): Promise<boolean> {
  return 'errors' in ((await response.json()) as object);
}

test('the preview is chosen by one exact Accept header and by nothing near it', async () => {
  const accepts = [PREVIEW, `${PREVIEW}, */*`, 'application/json'];
  const refused = await Promise.all(
    accepts.map(async (Accept) => hasErrors(await postJson('/graphql', { query: LIST }, { Accept }))),
  );
  assert.deepEqual(refused, [false, true, true]);
  assert.equal(await hasErrors(await postJson('/graphql/public', { query: LIST }, { Accept: PREVIEW })), true);
});

test('each endpoint answers for its own schema', async () => {
  const answer = await postJson('/graphql/internal', { query: PROBE });
  assert.deepEqual(await answer.json(), { data: { isAuthenticated: false } });
  assert.equal(await hasErrors(await postJson('/graphql', { query: PROBE }, { Accept: PREVIEW })), true);
  assert.equal((await postJson('/graphql/dev', { query: PROBE })).status, 400);
  assert.equal((await postJson('/graphql/preview', { query: PROBE })).status, 404);
});

test('every body format is understood', async () => {
  const query = 'query Q($id: ID!) { node(id: $id) { __typename } }';
  const form = new FormData();
  form.set('query', query);
  form.set('variables', '{"id":"nobody"}');
  const answers = await Promise.all([
    postJson('/graphql', { query, variables: { id: 'nobody' }, operationName: 'Q' }),
    post('/graphql', new URLSearchParams({ query, variables: '{"id":"nobody"}' })),
    post('/graphql', form),
    post('/graphql', '{ node(id: "nobody") { __typename } }', { 'Content-Type': 'application/graphql; charset=utf-8' }),
    post(`/graphql?${new URLSearchParams({ query, variables: '{"id":"nobody"}' })}`, undefined),
  ]);
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.deepEqual(await answer.json(), { data: { node: null } });
  }
});

test('parameters of the address win over the body', async () => {
  const answer = await postJson(`/graphql?query=${encodeURIComponent('{ fromTheAddress: __typename }')}`, {
    query: '{ fromTheBody: __typename }',
  });
  assert.deepEqual(await answer.json(), { data: { fromTheAddress: 'Query' } });
});

test('requests without a query are refused in text, or as a page by the internal endpoint', async () => {
  const json = { 'Content-Type': 'application/json' };
  const bad: (BodyInit | undefined)[] = [undefined, '', '{', '{"query":""}', `[{"query":"{ __typename }"}]`];
  for (const body of bad) {
    const answer = await post('/graphql', body, json);
    assert.equal(answer.status, 400);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(await answer.text(), 'Wrong public query');
    assert.match(await (await post('/graphql/internal', body, json)).text(), /<!doctype html>/);
  }
  const wrongVariables = await postJson('/graphql', { query: '{ __typename }', variables: '{' });
  assert.equal(wrongVariables.status, 400);
});

test('a syntax error is a 400, any other GraphQL error a 200', async () => {
  assert.equal((await postJson('/graphql', { query: '{' })).status, 400);
  assert.equal((await postJson('/graphql', { query: '{ nothingOfTheKind }' })).status, 200);
});

test('the public endpoint is not there when its feature is off, with CORS headers all the same', async () => {
  setFlag('public_api', false);
  const answer = await postJson('/graphql', { query: '{ __typename }' });
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.equal((await postJson('/graphql/internal', { query: PROBE })).status, 200);
  await post('/sandbox/reset', undefined);
});

test('the language asked for counts only on a platform with several', async () => {
  const query = { query: `{ node(id: "${client.sandbox.store.state().projects.budget}") { ... on Project { url } } }` };
  const urlFor = async (headers: Record<string, string>): Promise<string> => {
    const answer = await postJson('/graphql', query, { Accept: PREVIEW, ...headers });
    return ((await answer.json()) as { data: { node: { url: string } } }).data.node.url;
  };
  const english = { 'Accept-Language': 'en-US,en;q=0.8' };
  assert.doesNotMatch(await urlFor(english), /\/en\//);
  setFlag('multilangue', true);
  assert.match(await urlFor(english), /\/en\//);
  assert.match(await urlFor({ ...english, Cookie: 'theme=dark; locale=fr-FR' }), /\/fr\//);
  await post('/sandbox/reset', undefined);
});

test('only POST and OPTIONS are answered', async () => {
  const options = await ask('/graphql', { method: 'OPTIONS' });
  assert.deepEqual([options.status, await options.text()], [200, '[]']);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await ask('/graphql/internal', { method });
    assert.deepEqual([answer.status, await answer.text()], [405, '""']);
  }
});

test('caching headers leave out what they should name', async () => {
  const { headers } = await postJson('/graphql', { query: '{ __typename }' });
  assert.equal(headers.get('cache-control'), 'public, s-maxage=60');
  assert.equal(headers.get('vary'), 'Accept-Encoding, Accept-Language, Origin, Access-Control-Request-*');
});

test('a key names its user on the public endpoint only, and an unknown one is refused', async () => {
  const { token } = client.sandbox.store.state().accounts.admin;
  assert.ok(token);
  const viewer = { query: '{ viewer { id } }' };
  const known = await postJson('/graphql', viewer, { Authorization: `Bearer ${token}` });
  const { data } = (await known.json()) as { data: { viewer: { id: string } } };
  assert.ok(data.viewer.id);

  for (const Authorization of ['Bearer unknown', 'Basic dXNlcjpwYXNz']) {
    const refused = await postJson('/graphql', viewer, { Authorization });
    assert.deepEqual([refused.status, await refused.text()], [401, 'Invalid API Key']);
    assert.match(refused.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(refused.headers.get('access-control-allow-origin'), '*');
  }
  const elsewhere = await postJson('/graphql/internal', { query: PROBE }, { Authorization: `Bearer ${token}` });
  assert.deepEqual(await elsewhere.json(), { data: { isAuthenticated: false } });
});

test('CORS: the public endpoint is open to all, the internal one echoes without credentials', async () => {
  const preflight = { Origin: CITY, 'Access-Control-Request-Method': 'POST' };
  const open = await ask('/graphql', { method: 'OPTIONS', headers: preflight });
  assert.equal(open.headers.get('access-control-allow-origin'), '*');
  assert.equal(open.headers.get('access-control-allow-methods'), 'OPTIONS, POST');
  assert.equal(
    open.headers.get('access-control-allow-headers'),
    'Accept, Accept-Language, Origin, Content-Type, Authorization',
  );
  assert.equal(open.headers.get('access-control-max-age'), '3600');
  assert.equal(open.headers.get('access-control-allow-credentials'), null);

  for (const path of ['/graphql/internal', '/login_check', '/', '/nowhere']) {
    const { headers } = await ask(path, { method: 'OPTIONS', headers: preflight });
    assert.equal(headers.get('access-control-allow-origin'), CITY, path);
    assert.equal(headers.get('access-control-allow-headers'), null, path);
    assert.equal(headers.get('access-control-allow-credentials'), null, path);
  }
});

test('CORS: an origin that is let in may send JSON and cookies, and only to the session’s paths', async () => {
  for (const path of ['/graphql/internal', '/login_check']) {
    const answer = await ask(path, { method: 'OPTIONS', headers: { Origin: FRIEND } });
    assert.ok(answer.ok, path);
    assert.equal(answer.headers.get('access-control-allow-origin'), FRIEND);
    assert.equal(answer.headers.get('access-control-allow-headers'), 'Content-Type');
    assert.equal(answer.headers.get('access-control-allow-credentials'), 'true');
  }
  for (const path of ['/graphql', '/']) {
    const { headers } = await ask(path, { headers: { Origin: FRIEND } });
    assert.equal(headers.get('access-control-allow-credentials'), null, path);
  }
});

test('pages refuse to be framed, except the one made for it', async () => {
  const page = await ask('/');
  assert.equal(page.headers.get('content-security-policy'), "frame-ancestors 'self'");
  assert.equal(page.headers.get('x-frame-options'), 'SAMEORIGIN');
  const api = await postJson('/graphql', { query: '{ __typename }' });
  assert.equal(api.headers.get('content-security-policy'), "default-src 'none'");
  assert.equal(api.headers.get('x-frame-options'), 'deny');
  const debate = await ask('/widget_debate/any', { headers: { Origin: CITY } });
  assert.doesNotMatch(debate.headers.get('content-security-policy') ?? '', /frame-ancestors/);
  assert.equal(debate.headers.get('x-frame-options'), null);
  assert.equal(debate.headers.get('access-control-allow-origin'), '*');
});

test('a body above the limit of the web server is refused', async () => {
  const answer = await post('/graphql', 'x'.repeat(26 * 1024 * 1024), { 'Content-Type': 'application/graphql' });
  assert.equal(answer.status, 413);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
});

test('the widgets are served to every origin, chunks for good and entries for a short time', async () => {
  const entry = await ask('/widgets/v1/cap-widgets.js', { headers: { Origin: CITY } });
  assert.equal(entry.headers.get('access-control-allow-origin'), '*');
  assert.match(entry.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.equal(entry.headers.get('cache-control'), 'public, max-age=60');
  const chunk = await ask('/widgets/v1/project-card-Bx3_9kQz.js');
  assert.equal(chunk.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const plain = await ask('/widgets/v1/widget-progress.js');
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=60');
  const missing = await ask('/widgets/v1/nothing.js');
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /npm run build/);
});

test('each address of a picture has its own, always the same, and a browser may keep it', async () => {
  const picture = (slug: string): Promise<Response> => ask(`/media/projects/${slug}.svg`);
  const slugs = Array.from({ length: 150 }, (_, index) => `projet-${index}`);
  const texts = await Promise.all(slugs.map(async (slug) => (await picture(slug)).text()));
  assert.equal(new Set(texts).size, slugs.length);
  for (const text of texts) assert.doesNotMatch(text, /NaN|undefined|<script/);

  const first = await picture('projet-0');
  assert.equal(await first.text(), texts[0]);
  assert.match(first.headers.get('content-type') ?? '', /^image\/svg\+xml/);
  assert.match(first.headers.get('cache-control') ?? '', /max-age=\d+/);
  const again = await ask('/media/projects/projet-0.svg', {
    // Without its own Cache-Control, fetch would ask for a fresh copy.
    headers: { 'If-None-Match': first.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' },
  });
  assert.equal(again.status, 304);

  // As the platform's web server does it: whoever names no origin gets a copy that no other page may read.
  const asked = await ask('/media/projects/projet-0.svg', { headers: { Origin: CITY } });
  assert.equal(asked.headers.get('access-control-allow-origin'), CITY);
  for (const answer of [first, asked]) assert.doesNotMatch(answer.headers.get('vary') ?? '', /origin/i);
  assert.equal(first.headers.get('access-control-allow-origin'), null);
});
