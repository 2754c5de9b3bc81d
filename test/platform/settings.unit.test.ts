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

  for (const platform of [
    undefined,
    '',
    'participez.valmont.example',
    'javascript:alert(1)',
    'ftp://valmont.example',
    'https://',
  ])
    test(`are none for "${String(platform)}"`, () => {
      assert.equal(resolveSettings({ platform }), null);
    });

  test('have addresses without a slash at the end', () => {
    const settings = resolveSettings({ platform: `${PLATFORM}/`, api: 'https://www.valmont.example/participation//' });
    assert.equal(settings?.platform, PLATFORM);
    assert.equal(settings?.api, 'https://www.valmont.example/participation');
  });

  test('leave words that are unknown, and say so once', async () => {
    const warn = mock.method(console, 'warn', () => undefined);
    for (let time = 0; time < 3; time++) {
      const settings = resolveSettings({ platform: PLATFORM, access: 'Session', rules: 'never', device: 'mine' });
      assert.deepEqual([settings?.access, settings?.rules, settings?.device], ['public', 'auto', 'personal']);
    }
    await until(() => warn.mock.callCount() >= 3);
    await pause(50);
    const said = warn.mock.calls.map(({ arguments: [message] }) => String(message));
    assert.equal(said.length, 3);
    for (const word of ['Session', 'never', 'mine'])
      assert.ok(
        said.some((message) => message.includes(word)),
        word,
      );
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

  test('do not send another platform’s questions through the gateway of the first', () => {
    const around = resolveSettings({ platform: PLATFORM, api: 'https://www.valmont.example/participation' });
    assert.equal(resolveSettings({ platform: 'https://autre.example' }, around)?.api, 'https://autre.example');
  });
});
