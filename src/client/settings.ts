import { resolveSettings, type Settings } from '../platform/settings.js';
import { webAddress } from '../platform/web-address.js';
import type { ClientOptions } from './types.js';

/**
 * The settings of a client. A program is told of a bad one at once, where a page would go on with a default.
 *
 * @throws {TypeError}
 */
export function settingsOf({ platform, api, rules, token, lang, timeZone }: ClientOptions): Settings {
  if (timeZone !== undefined && !isZone(timeZone))
    throw new TypeError(`"${timeZone}" is no time zone: write it like "Europe/Paris".`);
  if (api !== undefined && !webAddress(api)) throw new TypeError(`"${api}" is no address of an API.`);
  if (rules !== undefined && rules !== 'auto' && rules !== 'off')
    throw new TypeError(`"${String(rules)}" is none of auto, off.`);
  const settings = resolveSettings({ platform, api, access: 'public', rules, lang, timeZone });
  if (!settings)
    throw new TypeError(`"${platform}" is no address of a platform: write it like "https://participez.ville.fr".`);
  if (token !== undefined) checkToken(token, settings);
  return settings;
}

function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('fr', { timeZone }));
  } catch {
    return false;
  }
}

const LOCAL = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** A key is like a password: it goes to the platform that has given it, where nobody reads along. No message may hold it. */
function checkToken(token: string, { platform, api }: Settings): void {
  // What is no header would be quoted in full by whoever refuses to send it.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('The token holds characters that no key has, or is empty.');
  const { protocol, hostname, origin } = new URL(api);
  if (origin !== new URL(platform).origin)
    throw new TypeError(`The token is for ${platform} alone: it is not sent to ${origin}.`);
  if (protocol !== 'https:' && !LOCAL.test(hostname))
    throw new TypeError(`The token is sent by https only, not to ${origin}.`);
}
