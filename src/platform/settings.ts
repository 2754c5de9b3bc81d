import { pasted, tell, wordOf } from '../core/tell.js';
import { DEFAULT_TIME_ZONE } from '../domain/platform-time.js';
import { webAddress } from './web-address.js';

/** What a page says of its platform. Plain values only: two versions of the library on one page must understand each other. */
export interface Settings {
  /** Base URL of the participation platform. */
  readonly platform: string;
  /** Base URL for API calls when it differs from the platform: a gateway path on the page's own origin. */
  readonly api: string;
  /** `public`: anonymous reads without cookies. `session`: reads and acts with the visitor's cookies. */
  readonly access: string;
  /** `auto`: what the preview API lacks for a ballot is asked of the internal one, without credentials, where that answers. `off`: it is not. */
  readonly rules: string;
  /** URL, or path on the platform, of the hand-over page. */
  readonly handoff: string;
  /** Whose device the page is on. `shared`, as in a library or a booth: nothing stays on it once somebody has finished. */
  readonly device: 'personal' | 'shared';
  /** Language of the widgets; empty: the closest `lang` of the page. */
  readonly lang: string;
  /** IANA name of the zone that the platform's dates are in. */
  readonly timeZone: string;
}

/** As people write them: any text may stand anywhere. */
export type SettingsInput = { readonly [K in keyof Settings]?: string | undefined };

/** Fills in what is left out, from `base` and then from the defaults; null when that names no usable platform. */
export function resolveSettings(input: SettingsInput, base?: Settings | null): Settings | null {
  // A script of the page may have given all objects something of that name.
  const given = (name: keyof Settings): string => (Object.hasOwn(input, name) ? pasted(input[name]) : '');
  const platform = given('platform') && addressOf(given('platform'), true);
  const address = platform || base?.platform;
  return address && platform !== null
    ? {
        platform: address,
        // A platform of its own has a gateway of its own.
        api: addressOf(given('api')) ?? ((platform ? '' : base?.api) || address),
        access: wordOf(given('access') || base?.access, 'public', 'session'),
        rules: wordOf(given('rules') || base?.rules, 'auto', 'off'),
        handoff: given('handoff') || base?.handoff || '',
        device: wordOf(given('device') || base?.device, 'personal', 'shared'),
        lang: given('lang') || base?.lang || '',
        timeZone: zoneOf(given('timeZone') || base?.timeZone),
      }
    : null;
}

/**
 * The address that somebody means: without `https://`, or copied from a page of the platform. Null where it is none.
 *
 * @param isPlatform - A platform is a whole host, unless it is a part of the page's own.
 */
function addressOf(text: string, isPlatform = false): string | null {
  // Without a scheme or a dot it could be meant for a path of the page, and be taken for a host. A path is one of the page
  // itself: a `<base>` may stand in what visitors write.
  const isPath = text.startsWith('/');
  const found = webAddress(
    isPath || /^\w+:\/\//.test(text) || !text.includes('.') ? text : `https://${text}`,
    isPath ? globalThis.location?.href : undefined,
  );
  const isOwn = isPath || (found && new URL(found).origin === globalThis.location?.origin);
  const address =
    found && (isPlatform && !isOwn ? new URL(found).origin : found.replace(/(\/graphql(\/internal)?)?\/*$/, ''));
  if (address && !isPath && text.replace(/\/+$/, '') !== address) tell('repaired', text, address);
  return address;
}

/** A zone that the browser knows. */
function zoneOf(name = DEFAULT_TIME_ZONE): string {
  try {
    new Intl.DateTimeFormat('fr', { timeZone: name });
    return name;
  } catch {
    tell('bad-word', name, `${DEFAULT_TIME_ZONE}, another IANA time zone`);
    return DEFAULT_TIME_ZONE;
  }
}
