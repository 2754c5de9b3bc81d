import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ACT, asForm, CITY, FORM, gatewayBench, JSON_TYPE, OWN, QUERY, type Sent } from './gateway-bench.js';

const bench = gatewayBench();
const withFiles = gatewayBench({ files: true });

const COOKIE = { Cookie: 'cap-session=abc' };
const CREDENTIALS = JSON.stringify({ username: 'lucie@valmont.example', password: 'Passerelle-42' });
const UPLOAD = { 'Content-Type': 'multipart/form-data; boundary=border' };
const FILE = '--border\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--border--\r\n';

/** What needs the visitor's session, and what each asks of the platform. */
const session: readonly [sent: Sent, asked: string][] = [
  [{ path: '/login_check', headers: JSON_TYPE, body: CREDENTIALS }, 'POST /login_check'],
  [{ path: '/logout' }, 'GET /logout'],
  [{ path: '/api/files', headers: UPLOAD, body: FILE }, 'POST /api/files'],
];

/** What is not said by a script of the city's own page. */
const strangers: readonly [string, Readonly<Record<string, string>>][] = [
  ['nothing', {}],
  ['a form or an image of its own page', { 'Sec-Fetch-Site': 'same-origin' }],
  ['a script without a browser', { 'X-Requested-With': 'XMLHttpRequest' }],
  ['a sibling site', { ...OWN, 'Sec-Fetch-Site': 'same-site' }],
  ['another site', { ...OWN, 'Sec-Fetch-Site': 'cross-site' }],
  ['an address typed in', { ...OWN, 'Sec-Fetch-Site': 'none' }],
  ['an empty word', { ...OWN, 'Sec-Fetch-Site': '' }],
  ['two words in one', { ...OWN, 'Sec-Fetch-Site': 'same-origin, same-origin' }],
  ['another script', { ...OWN, 'X-Requested-With': 'XMLHttpRequest, x' }],
  ['a listed origin beside a browser that says otherwise', { ...OWN, 'Sec-Fetch-Site': 'same-site', Origin: CITY }],
  ['another origin', { 'X-Requested-With': 'XMLHttpRequest', Origin: 'http://blog.localhost:8080' }],
  ['the host as origin, which is not listed', { 'X-Requested-With': 'XMLHttpRequest', Origin: 'http://localhost' }],
  ['no origin', { 'X-Requested-With': 'XMLHttpRequest', Origin: 'null' }],
  ['a longer origin', { 'X-Requested-With': 'XMLHttpRequest', Origin: `${CITY}.evil.example` }],
  ['an origin in the referrer only', { 'X-Requested-With': 'XMLHttpRequest', Referer: `${CITY}/vote` }],
];

suite('with the session', () => {
  for (const [sent, asked] of session)
    test(`${asked} is asked by a script of the own page`, async () => {
      for (const own of [OWN, { 'X-Requested-With': 'XMLHttpRequest', Origin: CITY }]) {
        const { status, headers } = await withFiles.now.send({
          ...sent,
          headers: { ...sent.headers, ...own, ...COOKIE },
        });
        assert.equal(status, asked === 'GET /logout' ? 204 : 200);
        assert.deepEqual(headers.get('cache-control'), ['no-store']);
        assert.deepEqual(
          [...headers.keys()].filter((name) => name.startsWith('access-control-') || name === 'location'),
          [],
        );
      }
      const { arrived } = withFiles.now;
      assert.deepEqual(
        arrived.map(({ method, url, headers }) => [`${method} ${url}`, headers.cookie]),
        Array<unknown>(2).fill([asked, 'PHPSESSID=abc']),
      );
    });

  for (const [sent, asked] of session)
    test(`${asked} is refused to everybody else`, async () => {
      for (const [who, said] of strangers) {
        const { status, headers } = await withFiles.now.send({
          ...sent,
          headers: { ...sent.headers, ...said, ...COOKIE },
        });
        assert.equal(status, 403, who);
        assert.deepEqual(headers.get('access-control-allow-origin'), undefined, who);
        assert.deepEqual(headers.get('set-cookie'), undefined, who);
      }
      assert.equal(withFiles.now.arrived.length, 0);
    });

  test('a question or an act is asked as a form or as JSON', async () => {
    for (const [type, body] of [
      [FORM, asForm(ACT)],
      [JSON_TYPE, JSON.stringify({ query: ACT })],
      [{ 'Content-Type': 'application/json; charset=utf-8' }, JSON.stringify({ query: ACT })],
    ] as const) {
      const { status } = await bench.now.send({
        path: '/graphql/internal',
        headers: { ...OWN, ...COOKIE, ...type },
        body,
      });
      assert.equal(status, 200);
      const [arrived] = bench.now.arrived.slice(-1);
      assert.equal(arrived?.headers.cookie, 'PHPSESSID=abc');
      assert.equal(arrived?.body, body);
    }
  });

  test('signing in takes JSON alone', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/json-patch+json',
      '',
    ])
      assert.equal(
        (await bench.now.send({ path: '/login_check', headers: { ...OWN, 'Content-Type': type }, body: CREDENTIALS }))
          .status,
        415,
        type,
      );
    for (const body of ['', '[]', '"x"', '{"username":', `${CREDENTIALS}x`])
      assert.equal(
        (await bench.now.send({ path: '/login_check', headers: { ...OWN, ...JSON_TYPE }, body })).status,
        400,
        body,
      );
    assert.equal(bench.now.arrived.length, 0);
  });

  test('signing in hands on who and by what, and no wish to be remembered', async () => {
    const body = JSON.stringify({
      username: 'a',
      password: 'b',
      captcha: 'c',
      _remember_me: true,
      _target_path: '//evil.example',
    });
    await bench.now.send({ path: '/login_check', headers: { ...OWN, ...JSON_TYPE }, body });
    assert.deepEqual(JSON.parse(bench.now.arrived[0]?.body ?? ''), { username: 'a', password: 'b', captcha: 'c' });
  });

  test('signing out gives no way back, and says when the platform has failed', async () => {
    bench.now.answer = (response) => response.writeHead(302, { Location: 'https://evil.example/' }).end('<p>Found</p>');
    const { status, headers, text } = await bench.now.send({ path: '/logout', headers: { ...OWN, ...COOKIE } });
    assert.deepEqual([status, text, headers.get('location')], [204, '', undefined]);
    bench.now.answer = (response) => response.writeHead(500).end();
    assert.equal((await bench.now.send({ path: '/logout', headers: { ...OWN, ...COOKIE } })).status, 502);
  });

  test('no redirect of the platform leads a script away', async () => {
    bench.now.answer = (response) => response.writeHead(302, { Location: 'https://evil.example/' }).end();
    const { headers } = await bench.now.send({
      path: '/login_check',
      headers: { ...OWN, ...JSON_TYPE },
      body: CREDENTIALS,
    });
    assert.equal(headers.get('location'), undefined);
  });

  test('files pass only where the deposit is used', async () => {
    const { status } = await bench.now.send({ path: '/api/files', headers: { ...OWN, ...UPLOAD }, body: FILE });
    assert.equal(status, 404);
    await withFiles.now.send({ path: '/api/files', headers: { ...OWN, ...UPLOAD }, body: FILE });
    const [arrived] = withFiles.now.arrived;
    assert.deepEqual(
      [arrived?.headers['content-type'], arrived?.body],
      ['multipart/form-data; boundary="border"', FILE],
    );
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=a"; x="b', 'image/png'])
      assert.equal(
        (await withFiles.now.send({ path: '/api/files', headers: { ...OWN, 'Content-Type': type }, body: FILE }))
          .status,
        415,
        type,
      );
  });
});

suite('anonymously', () => {
  const NAMED = { ...COOKIE, Authorization: 'Bearer 0123456789abcdef' };

  test('the public API is asked as nobody, whoever asks', async () => {
    for (const said of [{}, OWN, { Origin: 'https://blog.example' }]) {
      const { status, headers } = await bench.now.send({
        path: '/graphql',
        headers: { ...FORM, ...NAMED, ...said },
        body: asForm(QUERY),
      });
      assert.equal(status, 200);
      assert.deepEqual(headers.get('access-control-allow-origin'), ['*']);
    }
    assert.equal(bench.now.arrived.length, 3);
    for (const { headers } of bench.now.arrived)
      assert.deepEqual([headers.cookie, headers.authorization], [undefined, undefined]);
  });

  test('the internal API is asked as nobody by everybody but the own page', async () => {
    for (const [who, said] of strangers) {
      const { status, headers } = await bench.now.send({
        path: '/graphql/internal',
        headers: { ...FORM, ...NAMED, ...said },
        body: asForm(ACT),
      });
      assert.equal(status, 200, who);
      assert.deepEqual(headers.get('access-control-allow-origin'), ['*'], who);
    }
    assert.equal(bench.now.arrived.length, strangers.length);
    for (const { headers } of bench.now.arrived)
      assert.deepEqual([headers.cookie, headers.authorization], [undefined, undefined]);
  });

  test('only forms are taken', async () => {
    for (const path of ['/graphql', '/graphql/internal'])
      for (const type of [
        'application/json',
        'application/graphql',
        'text/plain',
        'multipart/form-data; boundary=x',
        '',
      ])
        assert.equal(
          (await bench.now.send({ path, headers: { 'Content-Type': type }, body: JSON.stringify({ query: QUERY }) }))
            .status,
          415,
          `${path} ${type}`,
        );
    assert.equal(bench.now.arrived.length, 0);
  });

  test('only scripts ask: no page, frame or image is made of an answer', async () => {
    const ask = async (path: string, dest: string): Promise<number> =>
      (await bench.now.send({ path, headers: { ...FORM, 'Sec-Fetch-Dest': dest }, body: asForm(QUERY) })).status;
    for (const path of ['/graphql', '/graphql/internal']) {
      assert.equal(await ask(path, 'empty'), 200);
      for (const dest of ['document', 'iframe', 'image', 'script', 'object', 'empty, document', ''])
        assert.equal(await ask(path, dest), 403, dest);
    }
    assert.equal(bench.now.arrived.length, 2);
  });

  test('never a cookie comes back, and only what is listed', async () => {
    bench.now.answer = (response) =>
      response
        .writeHead(200, {
          'Content-Type': 'application/json',
          'Set-Cookie': ['PHPSESSID=x; Path=/', 'locale=fr'],
          'Cache-Control': 'public, s-maxage=60',
          Age: '12',
          'Cap-As-Of': '2026-07-29T10:00:00Z',
          'Access-Control-Allow-Origin': 'https://evil.example',
          'Access-Control-Allow-Credentials': 'true',
          'Access-Control-Expose-Headers': 'X-Secret',
          Location: 'https://evil.example',
          'Clear-Site-Data': '"*"',
          Refresh: '0; url=https://evil.example',
          Server: 'nginx',
          'X-Debug-Token': '1',
        })
        .end('{}');
    for (const path of ['/graphql', '/graphql/internal']) {
      const { headers } = await bench.now.send({ path, headers: FORM, body: asForm(QUERY) });
      const own = ['connection', 'date', 'keep-alive', 'transfer-encoding'];
      assert.deepEqual(
        Object.fromEntries([...headers].filter(([name]) => !own.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1))),
        {
          'access-control-allow-origin': ['*'],
          'access-control-expose-headers': ['Age, Cap-As-Of'],
          age: ['12'],
          'cache-control': ['public, s-maxage=60'],
          'cap-as-of': ['2026-07-29T10:00:00Z'],
          'content-security-policy': ["default-src 'none'; frame-ancestors 'none'"],
          'content-type': ['application/json'],
          vary: ['Accept, Accept-Language, Origin, Sec-Fetch-Dest, Sec-Fetch-Site, X-Requested-With'],
          'x-content-type-options': ['nosniff'],
        },
      );
    }
  });

  test('a refusal can be read by other origins, too, and is not kept', async () => {
    const { status, headers } = await bench.now.send({ path: '/graphql', headers: JSON_TYPE, body: '{}' });
    assert.equal(status, 415);
    assert.deepEqual(headers.get('access-control-allow-origin'), ['*']);
    assert.deepEqual(headers.get('cache-control'), ['no-store']);
  });
});
