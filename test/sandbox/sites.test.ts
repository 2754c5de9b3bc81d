import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startSandbox, type Sandbox } from '../../sandbox/server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let sandbox: Sandbox;

before(async () => {
  sandbox = await startSandbox({ port: 0 });
});
after(() => sandbox.stop());

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  assert.equal(response.status, 200, url);
  return response.text();
}

/** Attributes of each of these elements in a page of ours, which always quotes them. */
function attributesOf(page: string, tag: string): Map<string, string>[] {
  const tags = page.match(new RegExp(`<${tag}\\b[^>]*>`, 'g')) ?? [];
  return tags.map(
    (text) => new Map([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])),
  );
}

function statusAt(url: string, host: string): Promise<number | undefined> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    get({ host, port, path: '/' }, (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, '::1', () => server.close(() => resolve(true)));
  });
}

test('the three sites answer on localhost and on 127.0.0.1', async () => {
  const hosts = ['127.0.0.1', 'localhost', ...((await hasIpv6()) ? ['::1'] : [])];
  for (const url of [sandbox.city, sandbox.platform, sandbox.partner]) {
    for (const host of hosts) assert.equal(await statusAt(url, host), 200, `${url} on ${host}`);
  }
});

test('the city embeds the widgets under the strictest policy, from whichever address it is opened', async () => {
  const { platform } = sandbox;
  for (const city of [sandbox.city, sandbox.city.replace('localhost', '127.0.0.1')]) {
    for (const path of ['/', '/ecran', '/nombreux']) {
      const response = await fetch(city + path);
      const page = await response.text();
      assert.equal(
        response.headers.get('content-security-policy'),
        `default-src 'none'; script-src ${platform} 'self'; connect-src ${platform}; img-src ${platform} 'self'; ` +
          "require-trusted-types-for 'script'",
      );
      const scripts = attributesOf(page, 'script');
      assert.deepEqual(
        scripts.map((script) => script.get('src')),
        ['/site.js', `${platform}/widgets/v1/cap-widgets.js`],
      );
      assert.equal(scripts[1]?.get('data-platform'), platform);
      assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|<script>/);
      assert.match(page, /<html lang="fr">/);
    }
  }
});

test('the city’s page shows one budget, its counters and three other projects, each with a link of its own', async () => {
  const { projects } = sandbox.store.state();
  const page = await textOf(`${sandbox.city}/`);
  assert.deepEqual(
    attributesOf(page, 'cap-project-card').map((card) => card.get('project-id')),
    [projects.budget, projects.consultation, projects.closed, projects.future],
  );
  const counters = attributesOf(page, 'cap-participation-counter');
  assert.equal(counters.length, 4);
  for (const counter of counters) assert.equal(counter.get('project-id'), projects.budget);
  assert.deepEqual(
    new Set(counters.map((counter) => counter.get('metric'))),
    new Set(['votes', 'contributors', 'contributions']),
  );
  assert.equal(
    counters.filter((counter) => counter.get('refresh') === '10' && counter.get('display') === 'tile').length,
    3,
  );

  const fallbacks = [...page.matchAll(/<cap-[a-z-]+[^>]*>\s*<a href="([^"]+)">[^<]+<\/a>/g)].map(
    ([, href = '']) => href,
  );
  assert.equal(fallbacks.length, 8);
  for (const href of new Set(fallbacks)) assert.match(await textOf(href), /<h1>[^<]+<\/h1>/);
});

test('the screen shows one board, and the page of many as many cards as asked for', async () => {
  const [board] = attributesOf(await textOf(`${sandbox.city}/ecran`), 'cap-participation-counter');
  assert.deepEqual([board?.get('display'), board?.get('refresh')], ['board', '10']);

  const { many } = sandbox.store.state().projects;
  for (const [query, count] of [
    ['', 20],
    ['?n=3', 3],
    ['?n=120', 120],
    ['?n=x', 20],
  ] as const) {
    const cards = attributesOf(await textOf(`${sandbox.city}/nombreux${query}`), 'cap-project-card');
    assert.deepEqual(
      cards.map((card) => card.get('project-id')),
      many.slice(0, count),
      query,
    );
  }
});

test('all that a city page needs is there, its stylesheet in a script', async () => {
  const script = await fetch(`${sandbox.city}/site.js`);
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.match(await script.text(), /replaceSync\(.*cap-project-card:not\(:defined\)/);
  for (const picture of ['/favicon.svg', '/valmont.svg']) {
    assert.match((await fetch(sandbox.city + picture)).headers.get('content-type') ?? '', /^image\/svg/);
  }
  assert.equal((await fetch(`${sandbox.city}/rien`)).status, 404);
});

test('the partner embeds cards too', async () => {
  const page = await textOf(`${sandbox.partner}/`);
  assert.ok(attributesOf(page, 'cap-project-card').length >= 2);
  assert.equal(attributesOf(page, 'script')[0]?.get('src'), `${sandbox.platform}/widgets/v1/cap-widgets.js`);
});

test('the platform has a home, a page for each project that it lists, and a page for what is not there', async () => {
  const home = await textOf(`${sandbox.platform}/`);
  const links = attributesOf(home, 'a')
    .map((link) => link.get('href') ?? '')
    .filter((href) => href.startsWith(`${sandbox.platform}/`));
  assert.ok(links.length >= 10);
  for (const href of links) assert.match(await textOf(href), /<h1>[^<]+<\/h1>/);
  for (const { src = '' } of attributesOf(home, 'img').map((image) => ({ src: image.get('src') }))) {
    assert.match((await fetch(new URL(src, sandbox.platform))).headers.get('content-type') ?? '', /^image\/svg/);
  }
  const missing = await fetch(`${sandbox.platform}/rien`);
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /Page introuvable/);
});

test('the gateway serves the platform’s API on the city’s own origin, without its CORS', async () => {
  await fetch(`${sandbox.platform}/sandbox/requests`, { method: 'DELETE' });
  const body = JSON.stringify({ query: '{ isAuthenticated }' });
  const answer = await fetch(`${sandbox.city}/participation/graphql/internal`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Cookie: 'cap-session=abc; PHPSESSID=cms',
      Origin: sandbox.city,
      'X-Requested-With': 'XMLHttpRequest',
    },
    body,
  });
  assert.deepEqual(await answer.json(), { data: { isAuthenticated: false } });
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.deepEqual(
    [...answer.headers.keys()].filter((name) => name.startsWith('access-control-')),
    [],
  );

  const log = (await (await fetch(`${sandbox.platform}/sandbox/requests`)).json()) as {
    path: string;
    body: string;
    headers: Record<string, string>;
  }[];
  assert.equal(log.length, 1);
  assert.equal(log[0]?.path, '/graphql/internal');
  assert.equal(log[0]?.body, body);
  assert.equal(log[0]?.headers['cookie'], 'PHPSESSID=abc');
  assert.equal(log[0]?.headers['host'], new URL(sandbox.platform).host);

  assert.equal((await fetch(`${sandbox.city}/participation/graphql`)).status, 405);
  assert.equal((await fetch(`${sandbox.city}/participation/admin`, { method: 'POST' })).status, 404);
});

test('when the platform dies the city’s pages stay, and its data is there when it is back', async () => {
  await sandbox.stopPlatform();
  await assert.rejects(fetch(`${sandbox.platform}/`));
  assert.match(await textOf(`${sandbox.city}/`), /<cap-project-card/);
  const refused = await fetch(`${sandbox.city}/participation/graphql`, {
    method: 'POST',
    body: new URLSearchParams({ query: '{ __typename }' }),
  });
  assert.equal(refused.status, 502);
  await sandbox.startPlatform();
  assert.equal((await fetch(`${sandbox.platform}/`)).status, 200);
});

test('a plain Node program can start the sandbox, and a port in use is said plainly', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as AddressInfo; // A TCP server that listens has such an address.
  const program = spawn(process.execPath, ['sandbox/main.js'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), NODE_OPTIONS: '' },
  });
  let said = '';
  program.stderr.on('data', (text) => (said += String(text)));
  const code = await new Promise((resolve) => program.once('close', resolve));
  blocker.close();
  assert.equal(code, 1);
  assert.match(said, new RegExp(`Port ${port} is already in use`));
});

test('it says where it runs, and stops cleanly on Ctrl+C', async () => {
  const program = spawn(process.execPath, ['sandbox/main.js'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', NODE_OPTIONS: '' },
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    program.once('close', () => reject(new Error(`It ended early: ${said}`)));
    program.stdout.on('data', (text) => {
      said += String(text);
      if ((said.match(/http:\/\/localhost:\d+/g) ?? []).length === 4) resolve();
    });
  });
  program.kill('SIGINT');
  assert.equal(await new Promise((resolve) => program.once('close', resolve)), 0);
});
