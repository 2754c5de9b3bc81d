import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { participationGateway } from '../../sandbox/city/gateway/gateway.js';
import { SessionCookie } from '../../sandbox/city/gateway/session-cookie.js';
import { ACT, asForm, CITY, FORM, gatewayBench, OWN, QUERY, type Bench } from './gateway-bench.js';

const bench = gatewayBench();
const behindProxies = gatewayBench({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });

/** What browsers, proxies, a CMS and attackers send beside what is looked at. */
const LOAD = {
  Authorization: 'Basic dmlsbGU6dmlsbGU=',
  Cookie: 'PHPSESSID=cms; wordpress_logged_in=1; REMEMBERME=x; CapcoParticipant=t; locale=en-GB; cap-session=abc',
  Forwarded: 'for=192.0.2.9;host=evil.example',
  Origin: CITY,
  'Proxy-Authorization': 'Basic eDp4',
  Range: 'bytes=0-1',
  Referer: `${CITY}/vote?secret=1`,
  'True-Client-IP': '192.0.2.9',
  'User-Agent': 'Mozilla/5.0',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Prefix': '/admin',
  'X-Forwarded-Proto': 'http',
  'X-HTTP-Method': 'DELETE',
  'X-HTTP-Method-Override': 'GET',
  'X-Method-Override': 'GET',
  'X-Original-URL': '/admin',
  'X-Real-IP': '192.0.2.9',
  'X-Rewrite-URL': '/admin',
  'Accept-Encoding': 'gzip, br',
  'If-None-Match': '*',
  TE: 'trailers',
};

/** The headers that have reached the platform, those of the connection excepted. */
const arrivedAt = ({ arrived }: Bench): Record<string, unknown> => {
  const { connection, host, ...headers } = { ...arrived.at(-1)?.headers };
  assert.ok(connection !== undefined && /^localhost:\d+$/.test(host ?? ''));
  return headers;
};

suite('what reaches the platform', () => {
  test('with the session is listed, and nothing else passes', async () => {
    const body = asForm(QUERY);
    await bench.now.send({ path: '/graphql/internal', headers: { ...LOAD, ...FORM, ...OWN }, body });
    assert.deepEqual(arrivedAt(bench.now), {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-length': String(body.length),
      'content-type': 'application/x-www-form-urlencoded',
      cookie: 'PHPSESSID=abc',
      'x-forwarded-for': '127.0.0.1',
      'x-requested-with': 'XMLHttpRequest',
    });
  });

  test('without it is the same, but for the session', async () => {
    const body = asForm(QUERY);
    for (const path of ['/graphql', '/graphql/internal']) {
      await bench.now.send({ path, headers: { ...LOAD, ...FORM }, body });
      assert.deepEqual(arrivedAt(bench.now), {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'content-length': String(body.length),
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': '127.0.0.1',
      });
    }
  });

  test('is a type and a language of a closed list', async () => {
    const PREVIEW = 'application/vnd.cap-collectif.preview+json';
    const cases: readonly [accept: string, language: string, accepted: string, spoken: string | undefined][] = [
      [PREVIEW, 'fr', PREVIEW, 'fr-FR'],
      [`${PREVIEW}, */*`, 'en', 'application/json', 'en-GB'],
      ['text/html', 'de-DE,de;q=0.9,en;q=0.8', 'application/json', 'de-DE'],
      ['*/*', 'tlh', 'application/json', undefined],
      ['', "fr'; DROP TABLE vote", 'application/json', undefined],
    ];
    for (const [accept, language, accepted, spoken] of cases) {
      const headers = { ...FORM, Accept: accept, 'Accept-Language': language };
      await bench.now.send({ path: '/graphql', headers, body: asForm(QUERY) });
      const arrived = arrivedAt(bench.now);
      assert.deepEqual([arrived['accept'], arrived['accept-language']], [accepted, spoken], `${accept} ${language}`);
    }
  });
});

suite('the visitor’s address', () => {
  const addressTold = async (where: Bench, told?: string): Promise<unknown> => {
    const headers = { ...FORM, ...(told === undefined ? {} : { 'X-Forwarded-For': told }) };
    const { status } = await where.send({ path: '/graphql', headers, body: asForm(QUERY) });
    assert.equal(status, 200);
    return arrivedAt(where)['x-forwarded-for'];
  };

  test('is that of the connection, whatever the visitor writes', async () => {
    for (const told of [undefined, '192.0.2.1', '192.0.2.1, 127.0.0.1', 'x'])
      assert.equal(await addressTold(bench.now, told), '127.0.0.1');
  });

  test('is the last one that a trusted proxy names, and one alone', async () => {
    const cases: readonly [told: string | undefined, sure: string][] = [
      [undefined, '127.0.0.1'],
      ['192.0.2.1', '192.0.2.1'],
      ['198.51.100.7, 192.0.2.1', '192.0.2.1'],
      ['198.51.100.7, 192.0.2.1, 10.1.2.3', '192.0.2.1'],
      ['2001:db8::1', '2001:db8::1'],
      ['::ffff:192.0.2.1', '192.0.2.1'],
      ['198.51.100.7, unknown', '127.0.0.1'],
      ['<script>', '127.0.0.1'],
    ];
    for (const [told, sure] of cases) assert.equal(await addressTold(behindProxies.now, told), sure, told);
  });
});

suite('the session’s cookie', () => {
  const ask = (cookie: string, path = '/graphql/internal') =>
    bench.now.send({ path, headers: { ...FORM, ...OWN, Cookie: cookie }, body: asForm(ACT) });

  test('is renamed on its way to the platform, and comes alone', async () => {
    const cases: readonly [cookies: string, arrived: string | undefined][] = [
      ['cap-session=abc', 'PHPSESSID=abc'],
      ['a=1; cap-session=abc; PHPSESSID=cms', 'PHPSESSID=abc'],
      ['PHPSESSID=cms', undefined],
      ['__Host-cap-session=abc', undefined],
      ['cap-session=', undefined],
      ['cap-session=a"b', undefined],
      ['cap-session=abc%0d%0aX: y', undefined],
      // Set by somebody else as well: which one is the visitor's?
      ['cap-session=abc; cap-session=evil', undefined],
    ];
    for (const [cookies, arrived] of cases) {
      await ask(cookies);
      assert.equal(arrivedAt(bench.now)['cookie'], arrived, cookies);
    }
  });

  test('is renamed on its way back, with attributes of the gateway’s, and comes alone', async () => {
    bench.now.answer = (response) =>
      response
        .writeHead(200, {
          'Set-Cookie': [
            'locale=fr',
            'PHPSESSID=new; Path=/; Domain=ville.fr; Max-Age=1209600; SameSite=None; Priority=High',
            'REMEMBERME=x; HttpOnly',
          ],
        })
        .end();
    const { headers } = await ask('cap-session=abc');
    assert.deepEqual(headers.get('set-cookie'), [
      'cap-session=new; Max-Age=1209600; Path=/; HttpOnly; SameSite=Strict',
    ]);
  });

  test('ends where the platform ends it', async () => {
    const expires = 'Thu, 01 Jan 1970 00:00:00 GMT';
    bench.now.answer = (response) =>
      response.writeHead(302, { Location: '/', 'Set-Cookie': `PHPSESSID=; Path=/; Expires=${expires}` }).end();
    const { headers } = await bench.now.send({ path: '/logout', headers: { ...OWN, Cookie: 'cap-session=abc' } });
    assert.deepEqual(headers.get('set-cookie'), [
      `cap-session=; Path=/; Expires=${expires}; HttpOnly; SameSite=Strict`,
    ]);
  });

  test('is bound to the host, and to https, anywhere but on loopback', () => {
    const cookie = new SessionCookie(true, 'PHPSESSID');
    assert.equal(cookie.toPlatform('__Host-cap-session=abc; cap-session=evil'), 'PHPSESSID=abc');
    assert.deepEqual(cookie.toVisitor(['PHPSESSID=new; Domain=ville.fr; path=/x']), [
      '__Host-cap-session=new; Path=/; HttpOnly; Secure; SameSite=Strict',
    ]);
  });

  test('may bear another name on the platform', () => {
    const cookie = new SessionCookie(false, 'SESSID');
    assert.equal(cookie.toPlatform('cap-session=abc'), 'SESSID=abc');
    assert.deepEqual(cookie.toVisitor(['PHPSESSID=new', 'SESSID=x']), [
      'cap-session=x; Path=/; HttpOnly; SameSite=Strict',
    ]);
  });
});

suite('a gateway', () => {
  const platform = 'https://participez.ville.fr';
  const wrong: readonly [string, Parameters<typeof participationGateway>[0], RegExp][] = [
    ['without origins', { platform, origins: [] }, /Name the origins/],
    ['on http', { platform, origins: ['http://www.ville.fr'] }, /not encrypted/],
    [
      'before a platform on http',
      { platform: 'http://participez.ville.fr', origins: ['https://www.ville.fr'] },
      /not encrypted/,
    ],
    ['with a path for an origin', { platform, origins: ['https://www.ville.fr/'] }, /no origin/],
    ['with any origin', { platform, origins: ['*'] }, /no origin/],
    ['on https and on loopback', { platform, origins: ['https://www.ville.fr', 'http://localhost:80'] }, /./],
  ];
  for (const [how, options, words] of wrong)
    test(`${how} is none`, () => {
      assert.throws(
        () => participationGateway(options),
        (reason) => reason instanceof TypeError && words.test(reason.message),
      );
    });

  test('on https and one on loopback are', () => {
    participationGateway({ platform, origins: ['https://www.ville.fr', 'https://ville.fr'] });
    participationGateway({ platform, origins: ['http://localhost:4400', 'http://127.0.0.1:4400'] });
  });
});
