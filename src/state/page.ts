import { createContext } from '@lit/context';

import { Emitter } from '../core/emitter.js';
import { resolveSettings, type Settings, type SettingsInput } from '../platform/settings.js';

/** Settings of the closest `<cap-platform>`. The key is a text, so that two copies of the library on a page understand each other. */
export const settingsContext = createContext<Settings | null>('cap-widgets/settings');

const changed = new Emitter();
let pageSettings: Settings | null = null;

/**
 * Says which platform the widgets of the page talk to. The script tag does this by its `data-` attributes.
 *
 * @throws {TypeError} When `platform` is no web address.
 */
export function configure(settings: SettingsInput): void {
  const resolved = resolveSettings(settings);
  if (!resolved)
    throw new TypeError(`configure({ platform: 'https://…' }): "${settings.platform ?? ''}" is no web address`);
  pageSettings = resolved;
  changed.emit();
}

/** The page's own settings; null before it has any. */
export const currentSettings = (): Settings | null => pageSettings;

/** Calls `listener` whenever the page's settings change, until the returned function is called. */
export const onSettings = (listener: () => void): (() => void) => changed.on(listener);
