import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';

import { Platform, type Access } from '../../src/platform/endpoints.js';
import { settingsFor } from './http-platform.js';

const PLATFORM = 'https://participez.ville.fr';

suite('that a script of the own page asks', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'location'));

  const cases: readonly [page: string, api: string, access: Access, said: boolean][] = [
    ['https://www.ville.fr/vote', 'https://www.ville.fr/participation', 'session', true],
    ['https://www.ville.fr/vote', 'https://www.ville.fr/participation', 'public', false],
    ['https://www.ville.fr/vote', 'https://www.ville.fr/participation', 'rules', false],
    [`${PLATFORM}/project/budget`, '', 'session', true],
    // Each of these would be asked for leave first, and the platform's CORS gives none.
    ['https://www.ville.fr/vote', '', 'session', false],
    ['https://www.ville.fr/vote', 'https://api.ville.fr', 'session', false],
    ['https://www.ville.fr/vote', 'https://www.ville.fr.example/participation', 'session', false],
    ['https://www.ville.fr/vote', 'https://www.ville.fr:8443/participation', 'session', false],
    ['http://www.ville.fr/vote', 'https://www.ville.fr/participation', 'session', false],
  ];
  for (const [page, api, access, said] of cases)
    test(`is ${said ? '' : 'not '}said on ${page} to ${api || 'the platform'}, ${access}`, () => {
      Object.assign(globalThis, { location: new URL(page) });
      const { headers } = new Platform(settingsFor(PLATFORM, { api })).loader(access).endpoint;
      assert.equal(headers['X-Requested-With'], said ? 'XMLHttpRequest' : undefined);
    });

  test('is not said where there is no page', () => {
    const { headers } = new Platform(settingsFor(PLATFORM)).loader('session').endpoint;
    assert.equal(headers['X-Requested-With'], undefined);
  });
});
