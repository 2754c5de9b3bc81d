import { createContext } from '@lit/context';

import { Emitter } from '../core/emitter.js';
import { tell } from '../core/tell.js';
import { resolveSettings, type Settings, type SettingsInput } from '../platform/settings.js';

/** Settings of the closest `<cap-platform>`. The key is a text, so that two copies of the library on a page understand each other. */
export const settingsContext = createContext<Settings | null>('cap-widgets/settings');

/** The page's settings have changed. */
export const settingsChanged = new Emitter();

let pageSettings: Settings | null = null;

/** Says which platform the widgets of the page talk to. The script tag does this by its `data-` attributes. */
export function configure(settings: SettingsInput): void {
  pageSettings = resolveSettings(settings);
  if (!pageSettings && settings.platform) tell('bad-platform', settings.platform);
  settingsChanged.emit();
}

/** The page's own settings; null before it has any. */
export const currentSettings = (): Settings | null => pageSettings;

export { resolveSettings };
export type { Settings, SettingsInput };
