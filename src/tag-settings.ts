import { ofDocument } from './page/document.js';
import type { SettingsInput } from './platform/settings.js';

/** What the script tag says: of the platform, and of links. */
export type TagSettings = SettingsInput & {
  /** Which links become widgets: `all`, `data` or `off`. */
  readonly links?: string | undefined;
};

/**
 * The settings on the tag that loaded a script, and those in the script's address: tag managers and content filters drop
 * attributes. Whoever writes into the page could write another tag, which does not load anything: where none leads to the
 * script itself, as behind a redirection, the only one that has settings counts.
 *
 * @param url - Address of the script.
 */
export function settingsOfTag(url: string): TagSettings {
  const found = ofDocument('querySelectorAll').call(document, 'script[type=module]');
  const tags = [...(found as NodeListOf<HTMLScriptElement>)];
  const named = tags.filter(({ dataset }) => dataset['platform']);
  const tag = tags.find(({ src }) => src === url) ?? (named[1] ? undefined : named[0]);
  const settings: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams)
    settings[name.replace(/^data-/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())] = value;
  // An attribute that a filter has emptied says nothing.
  for (const [name, value] of Object.entries(tag?.dataset ?? {})) settings[name] = value || (settings[name] ?? '');
  return settings;
}
