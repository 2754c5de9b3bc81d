import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { actsIn } from '../../sandbox/city/gateway/acts.js';
import { Limits } from '../../sandbox/city/gateway/limits.js';
import { ACT, answerOn, asForm, FORM, gatewayBench, JSON_TYPE, OWN, QUERY, startBench } from './gateway-bench.js';

const bench = gatewayBench({ files: true });
const KB = 1024;

const signIn = (length: number): string => {
  const empty = JSON.stringify({ username: 'a', password: '' });
  return JSON.stringify({ username: 'a', password: 'x'.repeat(length - empty.length) });
};
const asked = (length: number): string => asForm(QUERY) + '&x='.padEnd(length - asForm(QUERY).length, 'x');
const UPLOAD = { 'Content-Type': 'multipart/form-data; boundary=x' };

suite('a body', () => {
  const limits: readonly [
    path: string,
    headers: Readonly<Record<string, string>>,
    bytes: number,
    body: (n: number) => string,
  ][] = [
    ['/graphql', FORM, 64 * KB, asked],
    ['/graphql/internal', FORM, 64 * KB, asked],
    ['/graphql/internal', { ...FORM, ...OWN }, 64 * KB, asked],
    ['/login_check', { ...JSON_TYPE, ...OWN }, 4 * KB, signIn],
    ['/api/files', { ...UPLOAD, ...OWN }, 10 * KB * KB, (n) => 'x'.repeat(n)],
  ];
  for (const [path, headers, bytes, bodyOf] of limits)
    test(`has at most ${bytes} bytes at ${path}${headers === FORM ? '' : ', with the session'}`, async () => {
      assert.equal((await bench.now.send({ path, headers, body: bodyOf(bytes) })).status, 200);
      assert.equal((await bench.now.send({ path, headers, body: bodyOf(bytes + 1) })).status, 413);
      assert.equal(bench.now.arrived.length, 1);
    });

  test('is counted while it comes, however long it says that it is', async () => {
    const socket = bench.now.open();
    const answered = answerOn(socket);
    socket.write(
      'POST /participation/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
        'Transfer-Encoding: chunked\r\n\r\n',
    );
    // It never ends: whoever waits for that does not answer.
    for (let chunks = 0; chunks <= 64; chunks++) socket.write(`400\r\n${'x'.repeat(KB)}\r\n`);
    assert.equal((await answered).status, 413);
    assert.equal(bench.now.arrived.length, 0);
  });

  test('is not read where its length is too much', async () => {
    const socket = bench.now.open();
    const answered = answerOn(socket);
    socket.write(
      'POST /participation/login_check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
        'Sec-Fetch-Site: same-origin\r\nX-Requested-With: XMLHttpRequest\r\nContent-Length: 4097\r\n\r\n{',
    );
    assert.equal((await answered).status, 413);
  });

  test('that stays out is not waited for', async () => {
    const hasty = await startBench({ timeout: 50 });
    try {
      const { status } = await hasty.send({
        path: '/graphql',
        headers: { ...FORM, 'Content-Length': '10' },
        body: 'query',
      });
      assert.equal(status, 408);
    } finally {
      await hasty.stop();
    }
  });

  test('is taken uncompressed alone', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip', 'x']) {
      const body = gzipSync(asForm(QUERY)).toString('latin1');
      const { status } = await bench.now.send({
        path: '/graphql',
        headers: { ...FORM, 'Content-Encoding': encoding },
        body,
      });
      assert.equal(status, 415, encoding);
    }
    assert.equal(bench.now.arrived.length, 0);
  });

  test('is written anew: nothing is in it that was not understood', async () => {
    const variables = JSON.stringify({ id: 'é' });
    const form = new URLSearchParams({ _method: 'GET', query: QUERY, variables, operationName: '', access_token: 'x' });
    await bench.now.send({ path: '/graphql', headers: FORM, body: form.toString() });
    assert.deepEqual(
      [...new URLSearchParams(bench.now.arrived[0]?.body)],
      [
        ['query', QUERY],
        ['variables', variables],
      ],
    );
    const body = `{"query": "{ a }", "_method": "GET", "query": ${JSON.stringify(QUERY)}, "extensions": {}}`;
    await bench.now.send({ path: '/graphql/internal', headers: { ...JSON_TYPE, ...OWN }, body });
    assert.equal(bench.now.arrived[1]?.body, JSON.stringify({ query: QUERY }));
  });

  const document = JSON.stringify(QUERY);
  for (const [what, body] of [
    ['nothing', ''],
    ['a list of requests', `[{"query":${document}}]`],
    ['half of one', `{"query":${document}`],
    ['no document', '{"variables":{}}'],
    ['an empty document', '{"query":" "}'],
    ['a document of another type', '{"query":["{ a }"]}'],
    ['a document that does not end', '{"query":"{ a "}'],
    ['two documents in one that no parser takes', '{"query":"{ a } mutation"}'],
    ['an operation without a document', '{"operationName":"A","extensions":{"persistedQuery":{}}}'],
    ['fragments alone', '{"query":"fragment F on Query { a }"}'],
    ['types', '{"query":"type A { a: Int } query { a }"}'],
    ['a subscription', '{"query":"subscription { a }"}'],
    ['values that are none', `{"query":${document},"variables":[1]}`],
    ['a name that is none', `{"query":${document},"operationName":{}}`],
    ['a document as deep as it is long', JSON.stringify({ query: '{a'.repeat(20_000) })],
    ['a document of too many words', JSON.stringify({ query: `{ ${'a '.repeat(10_001)} }` })],
  ] as const)
    test(`with ${what} is refused`, async () => {
      const { status } = await bench.now.send({ path: '/graphql/internal', headers: { ...JSON_TYPE, ...OWN }, body });
      assert.equal(status, 400);
      assert.equal(bench.now.arrived.length, 0);
    });

  test('with a field twice, or with bytes that are no text, is refused', async () => {
    for (const body of [
      `${asForm(QUERY)}&${asForm(ACT)}`,
      `${asForm(QUERY)}&variables={}&variables={}`,
      'variables={}',
      'query=%7B',
    ])
      assert.equal((await bench.now.send({ path: '/graphql', headers: FORM, body })).status, 400, body);
    const socket = bench.now.open();
    const answered = answerOn(socket);
    socket.write('POST /participation/graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n');
    socket.write('Content-Type: application/x-www-form-urlencoded\r\n\r\n');
    socket.write(Buffer.from('query={\xff\xfe', 'latin1'));
    assert.equal((await answered).status, 400);
    assert.equal(bench.now.arrived.length, 0);
  });
});

suite('a request that two readers understand in two ways', () => {
  const headers = { ...FORM, ...OWN, Cookie: 'cap-session=abc', 'Content-Length': String(asForm(QUERY).length) };
  const doubled: readonly (readonly [string, string])[] = [
    ['Accept', 'application/json'],
    ['Accept-Language', 'fr'],
    ['Authorization', 'x'],
    ['Content-Length', '1'],
    ['Content-Type', 'application/json'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['Cookie', 'cap-session=evil'],
    ['Host', 'evil.example'],
    ['Origin', 'https://evil.example'],
    ['Sec-Fetch-Dest', 'empty'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['sec-fetch-site', 'same-origin'],
    ['X-Forwarded-For', '192.0.2.1'],
    ['X-Requested-With', 'XMLHttpRequest'],
  ];
  const first: Readonly<Record<string, string>> = {
    Accept: 'application/json',
    'Accept-Language': 'en',
    Authorization: 'y',
    Origin: 'http://localhost:8080',
    'Sec-Fetch-Dest': 'empty',
    'X-Forwarded-For': '192.0.2.2',
  };
  for (const [name, value] of doubled)
    test(`by ${name}: ${value} beside another one is refused`, async () => {
      for (const path of ['/graphql/internal', '/graphql']) {
        const pairs = [...Object.entries({ ...first, ...headers }), [name, value] as const];
        const { status } = await bench.now.send({ path, headers: pairs, body: asForm(QUERY) });
        assert.equal(status, 400);
      }
      assert.equal(bench.now.arrived.length, 0);
    });

  test('by two lengths of its body is refused, and what is hidden in it is not carried out', async () => {
    const hidden = 'GET /participation/logout HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const lengths of [
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
      'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n',
      'Transfer-Encoding: identity, chunked\r\nContent-Length: 4\r\n',
      'Transfer-Encoding: chunked, identity\r\n',
      'Transfer-Encoding : chunked\r\nContent-Length: 4\r\n',
      'Transfer-Encoding:\tx-chunked\r\nContent-Length: 4\r\n',
      'Content-Length: +4\r\n',
      'Content-Length: 4, 4\r\n',
    ]) {
      const socket = bench.now.open();
      const answered = answerOn(socket);
      socket.write(
        `POST /participation/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
          `${lengths}\r\n0\r\n\r\n${hidden}`,
      );
      assert.equal((await answered).status, 400, lengths);
    }
    assert.equal(bench.now.arrived.length, 0);
  });

  for (const path of [
    '/graphql?query={isAuthenticated}',
    '/graphql?',
    '/graphql/internal?operationName=A',
    '/login_check?_target_path=/',
    '/logout?_method=GET',
  ])
    test(`by a query string is refused: ${path}`, async () => {
      assert.equal((await bench.now.send({ path, headers, body: asForm(QUERY) })).status, 400);
      assert.equal(bench.now.arrived.length, 0);
    });

  for (const path of [
    '//graphql',
    '/graphql/',
    '/graphql//internal',
    '/graphql/internal/',
    '/graphql%2Finternal',
    '/graphql/%69nternal',
    '/%67raphql',
    '/graphql;x=1',
    '/graphql/internal;/',
    '/graphql/../graphql/internal',
    '/graphql/./internal',
    '/x/..//login_check',
    '/%2e%2e/logout',
    '/graphql%00',
    '/graphql%3Fquery',
    '/graphql#x',
    '/GRAPHQL',
    '/Login_check',
    '/graphql/public',
    '/graphql/dev',
    '/api/files/x',
    '/login',
    '/admin',
    '/sandbox/reset',
    '/constructor',
    '/__proto__',
    '/',
    '',
  ])
    test(`by its path is not handed through: ${path}`, async () => {
      assert.equal((await bench.now.send({ path, headers, body: asForm(QUERY) })).status, 404);
      assert.equal(bench.now.arrived.length, 0);
    });

  test('by an address of another host is not handed through', async () => {
    const socket = bench.now.open();
    const answered = answerOn(socket);
    socket.write('POST http://evil.example/participation/graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    assert.equal((await answered).status, 404);
    assert.equal(bench.now.arrived.length, 0);
  });

  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
    test(`by ${method} is refused, whatever else it says`, async () => {
      for (const path of ['/graphql', '/graphql/internal', '/login_check', '/logout']) {
        const overridden = { ...headers, 'X-HTTP-Method-Override': 'POST' };
        const answer = await bench.now.send({ method, path, headers: overridden, body: asForm(QUERY) });
        assert.deepEqual([answer.status, answer.headers.get('allow')], [405, ['POST']]);
        assert.equal(answer.headers.get('access-control-allow-origin'), undefined, 'No preflight is granted.');
      }
      assert.equal(bench.now.arrived.length, 0);
    });
});

suite('a platform', () => {
  const ask = () => bench.now.send({ path: '/graphql', headers: FORM, body: asForm(QUERY) });

  test('that breaks off is none to rely on: half an answer is cut off, and none at all is said', async () => {
    bench.now.answer = (response) => response.destroy();
    assert.equal((await ask()).status, 502);
    bench.now.answer = (response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"data":', () => response.destroy());
    };
    const { text, headers } = await ask();
    assert.ok(text.length < Number(headers.get('content-length')));
  });

  test('that keeps silent is not waited for', async () => {
    const hasty = await startBench({ timeout: 1000 });
    hasty.answer = () => undefined;
    try {
      const { status } = await hasty.send({ path: '/graphql', headers: FORM, body: asForm(QUERY) });
      assert.equal(status, 504);
    } finally {
      await hasty.stop();
    }
  });

  test('is let go when the visitor leaves', async () => {
    const left = new Promise((resolve) => {
      bench.now.answer = (response) => response.once('close', resolve);
    });
    const socket = bench.now.open();
    const body = asForm(QUERY);
    socket.write(
      'POST /participation/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    while (bench.now.arrived.length === 0) await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    await left;
  });
});

suite('acts', () => {
  const counts: readonly [document: string, acts: number][] = [
    [QUERY, 0],
    ['query A { a } query B { b }', 0],
    ['# mutation { a }\n{ a }', 0],
    ['{ mutation: a(text: "mutation { a }") }', 0],
    [ACT, 1],
    ['# query\n,,mutation M($a: Int) @x { a(a: $a) { b c } }', 1],
    ['\uFEFFmutation{a}', 1],
    ['query A { a } mutation B { b }', 1],
    ['mutation A { a } mutation B { b c }', 3],
    ['mutation { a b: a c: a }', 3],
    ['mutation { a a }', 1],
    [
      'mutation { ... { a } ... on Mutation { b } ...F } fragment F on Mutation { c ...G } fragment G on Mutation { d ...F }',
      4,
    ],
    ['mutation { ...F ...F ...None } fragment F on Mutation { a }', 1],
  ];
  for (const [document, acts] of counts)
    test(`are ${acts} in ${JSON.stringify(document)}`, () => {
      assert.equal(actsIn(document), acts);
    });

  test('are limited for each address, with the session or without, and the wait is told', async () => {
    const limited = await startBench({ limits: new Limits({ signIns: 2, acts: 5 }), trustedProxies: ['127.0.0.1'] });
    const ask = (query: string, address: string, own: Readonly<Record<string, string>> = {}) =>
      limited.send({
        path: '/graphql/internal',
        headers: { ...FORM, ...own, 'X-Forwarded-For': address },
        body: new URLSearchParams({ query, operationName: 'Q' }).toString(),
      });
    try {
      assert.equal((await ask('query Q { a } mutation M { a b }', '192.0.2.1')).status, 200);
      assert.equal((await ask(ACT, '192.0.2.1', OWN)).status, 200);
      assert.equal((await ask('mutation Q { a b: a }', '192.0.2.1', OWN)).status, 200);
      const { status, headers } = await ask(ACT, '192.0.2.1', OWN);
      assert.equal(status, 429);
      const [wait] = headers.get('retry-after') ?? [];
      assert.ok(Number(wait) > 0 && Number(wait) <= 60, wait);
      assert.equal((await ask(ACT, '192.0.2.1')).status, 429, 'Nor without the session.');
      assert.equal((await ask(QUERY, '192.0.2.1', OWN)).status, 200, 'Reading is not limited.');
      assert.equal((await ask(ACT, '192.0.2.2', OWN)).status, 200, 'Somebody else has acts of his own.');
      assert.equal(limited.arrived.length, 5);
      // Whoever has one IPv6 address has a whole network of them.
      assert.equal((await ask('mutation { a b c d e }', '2001:db8:0:1::1', OWN)).status, 200);
      assert.equal((await ask(ACT, '2001:db8:0:1:ffff::2', OWN)).status, 429);
      assert.equal((await ask(ACT, '2001:db8:0:2::1', OWN)).status, 200);
    } finally {
      await limited.stop();
    }
  });

  test('are sixty in a minute, and sign-ins ten, where nothing else is said', async () => {
    const limits = new Limits();
    for (let times = 0; times < 60; times++) await limits.act('192.0.2.1', 1);
    await assert.rejects(limits.act('192.0.2.1', 1), { status: 429 });
    for (let times = 0; times < 10; times++) await limits.signIn('192.0.2.1');
    await assert.rejects(limits.signIn('192.0.2.1'), { status: 429 });
    limits.clear();
    await limits.act('192.0.2.1', 1);
    await limits.signIn('192.0.2.1');
  });

  test('of signing in are limited before anything is read, and only those of the own page count', async () => {
    const limited = await startBench({ limits: new Limits({ signIns: 2 }) });
    const attempt = (own: Readonly<Record<string, string>>) =>
      limited.send({ path: '/login_check', headers: { ...JSON_TYPE, ...own }, body: signIn(100) });
    try {
      for (let times = 0; times < 3; times++) assert.equal((await attempt({})).status, 403);
      for (let times = 0; times < 2; times++) assert.equal((await attempt(OWN)).status, 200);
      const { status, headers } = await attempt(OWN);
      assert.deepEqual([status, headers.get('retry-after')?.length], [429, 1]);
      assert.equal(limited.arrived.length, 2);
    } finally {
      await limited.stop();
    }
  });

  test('of uploading are acts', async () => {
    const limited = await startBench({ files: true, limits: new Limits({ acts: 1 }) });
    const upload = () => limited.send({ path: '/api/files', headers: { ...UPLOAD, ...OWN }, body: 'x' });
    try {
      assert.deepEqual([(await upload()).status, (await upload()).status], [200, 429]);
    } finally {
      await limited.stop();
    }
  });
});
