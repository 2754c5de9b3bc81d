import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { answerOn, asForm, FORM, gatewayBench, OWN, QUERY } from './gateway-bench.js';

const bench = gatewayBench({ files: true });

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
