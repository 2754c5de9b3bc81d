import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { actsIn } from '../../sandbox/city/gateway/acts.js';
import { Limits } from '../../sandbox/city/gateway/limits.js';
import { ACT, FORM, JSON_TYPE, OWN, QUERY, startBench } from './gateway-bench.js';

const UPLOAD = { 'Content-Type': 'multipart/form-data; boundary=x' };
const CREDENTIALS = JSON.stringify({ username: 'a', password: 'b' });

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
      limited.send({ path: '/login_check', headers: { ...JSON_TYPE, ...own }, body: CREDENTIALS });
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
