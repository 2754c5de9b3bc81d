import { resolveSettings, type Settings } from '../platform/settings.js';
import { webAddress } from '../platform/web-address.js';
import { checkToken } from './key.js';
import type { ClientOptions } from './types.js';

/**
 * The settings of a client. A program is told of a bad one at once, where a page would go on with a default.
 *
 * @throws {TypeError}
 */
export function settingsOf({
  platform,
  api,
  rules,
  token,
  lang,
  timeZone,
}: Pick<ClientOptions, 'platform' | 'api' | 'rules' | 'token' | 'lang' | 'timeZone'>): Settings {
  if (timeZone !== undefined && !isZone(timeZone))
    throw new TypeError(`"${timeZone}" is no time zone: write it like "Europe/Paris".`);
  for (const address of [platform, api])
    if (address && isSigned(address))
      throw new TypeError('An address holds a user name or a password: leave that out.');
  if (api !== undefined && !webAddress(api)) throw new TypeError(`"${api}" is no address of an API.`);
  if (rules !== undefined && rules !== 'auto' && rules !== 'off')
    throw new TypeError(`"${String(rules)}" is none of auto, off.`);
  const settings = resolveSettings({ platform, api, access: 'public', rules, lang, timeZone });
  if (!settings)
    throw new TypeError(`"${platform}" is no address of a platform: write it like "https://participez.ville.fr".`);
  if (token !== undefined) checkToken(token, settings);
  return settings;
}

/** Whether an address says as whom to go there, which would be written to files with it. */
function isSigned(address: string): boolean {
  try {
    const { username, password } = new URL(address);
    return Boolean(username || password);
  } catch {
    return false;
  }
}

function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('fr', { timeZone }));
  } catch {
    return false;
  }
}
