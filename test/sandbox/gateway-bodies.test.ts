import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';

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
