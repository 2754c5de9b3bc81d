import assert from 'node:assert/strict';
import { afterEach, mock, suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { resolveSettings } from '../../src/platform/settings.js';
import { until } from './http-platform.js';

const PLATFORM = 'https://participez.valmont.example';

afterEach(() => mock.restoreAll());

suite('the settings of a page', () => {
  test('need a platform only', () => {
    assert.deepEqual(resolveSettings({ platform: PLATFORM }), {
      platform: PLATFORM,
      api: PLATFORM,
      access: 'public',
      rules: 'auto',
      handoff: '',
      device: 'personal',
      lang: '',
      timeZone: 'Europe/Paris',
    });
  });

  for (const platform of [undefined, '', 'participez', 'javascript:alert(1)', 'ftp://valmont.example', 'https://'])
    test(`are none for "${String(platform)}"`, () => {
      assert.equal(resolveSettings({ platform }), null);
    });

  for (const [written, meant = PLATFORM] of [
    ['participez.valmont.example'],
    ['participez.valmont.example/fr/projects'],
    [`${PLATFORM}/graphql`],
    [`${PLATFORM}/graphql/internal`],
    [`${PLATFORM}/project/budget-2026?page=2#votes`],
    [` \u00a0“${PLATFORM}” `],
    ['HTTPS://Participez.Valmont.example'],
    ['http://localhost:4401/fr/', 'http://localhost:4401'],
  ])
    test(`understand "${String(written)}", and say what to write`, async () => {
      const warn = mock.method(console, 'warn', () => undefined);
      assert.equal(resolveSettings({ platform: written })?.platform, meant);
      await until(() => warn.mock.callCount() > 0);
      assert.match(String(warn.mock.calls.at(-1)?.arguments[0]), new RegExp(`is read as "${String(meant)}"`));
    });

  test('take the path of an API off its gateway, and leave the gateway’s own', () => {
    for (const api of ['https://www.valmont.example/participation/graphql', 'www.valmont.example/participation/'])
      assert.equal(resolveSettings({ platform: PLATFORM, api })?.api, 'https://www.valmont.example/participation');
  });

  test('have addresses without a slash at the end', () => {
    const settings = resolveSettings({ platform: `${PLATFORM}/`, api: 'https://www.valmont.example/participation//' });
    assert.equal(settings?.platform, PLATFORM);
    assert.equal(settings?.api, 'https://www.valmont.example/participation');
  });

  test('leave words that are unknown, and say so once', async () => {
    const warn = mock.method(console, 'warn', () => undefined);
    for (let time = 0; time < 3; time++) {
      const settings = resolveSettings({ platform: PLATFORM, access: 'cookies', rules: 'never', device: 'mine' });
      assert.deepEqual([settings?.access, settings?.rules, settings?.device], ['public', 'auto', 'personal']);
    }
    // What was told of the addresses above may come as late as this.
    const said = (): string[] =>
      warn.mock.calls
        .map(({ arguments: [message] }) => /"(cookies|never|mine)"/.exec(String(message))?.[1] ?? '')
        .filter(Boolean)
        .sort();
    await until(() => said().length >= 3);
    await pause(50);
    assert.deepEqual(said(), ['cookies', 'mine', 'never']);
  });

  test('are not what a page has given to all objects', () => {
    const plain = resolveSettings({ platform: PLATFORM });
    const names = ['api', 'access', 'rules', 'handoff', 'device', 'lang', 'timeZone'];
    try {
      for (const name of names) Object.assign(Object.prototype, { [name]: () => undefined });
      assert.deepEqual({ ...resolveSettings({ platform: PLATFORM }) }, plain);
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  test('take from those around them what they leave out', () => {
    const around = resolveSettings({
      platform: PLATFORM,
      api: 'https://www.valmont.example/participation',
      access: 'session',
      rules: 'off',
      handoff: '/widgets/handoff',
      device: 'shared',
      lang: 'en',
      timeZone: 'Indian/Reunion',
    });
    assert.deepEqual(resolveSettings({}, around), around);
    assert.deepEqual(resolveSettings({ lang: 'fr' }, around), { ...around, lang: 'fr' });
  });

  test('take words in capitals for what they are', () => {
    assert.equal(resolveSettings({ platform: PLATFORM, access: ' Session' })?.access, 'session');
  });

  test('do not send another platform’s questions through the gateway of the first', () => {
    const around = resolveSettings({ platform: PLATFORM, api: 'https://www.valmont.example/participation' });
    assert.equal(resolveSettings({ platform: 'https://autre.example' }, around)?.api, 'https://autre.example');
  });
});
