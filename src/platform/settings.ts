import { DEFAULT_TIME_ZONE } from '../domain/platform-time.js';

/** What a page says of its platform. Plain values only: two versions of the library on one page must understand each other. */
export interface Settings {
  /** Base URL of the participation platform. */
  readonly platform: string;
  /** Base URL for API calls when it differs from the platform: a gateway path on the page's own origin. */
  readonly api: string;
  /** `public`: anonymous reads without cookies. `session`: reads and acts with the visitor's cookies. */
  readonly access: 'public' | 'session';
  /** `auto`: what the preview API lacks for a ballot is asked of the internal one, without credentials, where that answers. */
  readonly rules: 'auto' | 'off';
  /** URL, or path on the platform, of the hand-over page. */
  readonly handoff: string;
  /** Language of the widgets; empty: the closest `lang` of the page. */
  readonly lang: string;
  /** IANA name of the zone that the platform's dates are in. */
  readonly timeZone: string;
}

export type SettingsInput = { readonly [K in keyof Settings]?: Settings[K] | undefined };

/** Fills in the defaults; null when no usable platform is named. */
export function resolveSettings(input: SettingsInput, base?: Settings | null): Settings | null {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value));
  const merged = {
    api: '',
    access: 'public',
    rules: 'auto',
    handoff: '',
    lang: '',
    timeZone: DEFAULT_TIME_ZONE,
    ...base,
    ...given,
  } as Settings;
  const platform = absoluteUrl(merged.platform);
  if (!platform) return null;
  // A platform of its own has a gateway of its own.
  const api = given['platform'] && !given['api'] ? '' : merged.api;
  return { ...merged, platform, api: absoluteUrl(api) ?? platform };
}

/** An address of the page's own, made absolute and without a slash at its end; null unless it is http or https. */
function absoluteUrl(text: string | undefined): string | null {
  if (!text) return null;
  try {
    const url = new URL(text, globalThis.document?.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : null;
  } catch {
    return null;
  }
}
