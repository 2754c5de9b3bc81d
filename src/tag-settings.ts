import { ofDocument } from './page/document.js';
import type { SettingsInput } from './platform/settings.js';

/** What the script tag says: of the platform, and of links. */
export type TagSettings = SettingsInput & {
  /** Which links become widgets: `all`, `data` or `off`. */
  readonly links?: string | undefined;
};

/**
 * The settings on the tag that loaded a script. Whoever writes into the page could write another tag, which does not load
 * anything: where none leads to the script itself, as behind a redirection, the only one that has settings counts.
 *
 * @param url - Address of the script.
 */
export function settingsOfTag(url: string): TagSettings {
  const found = ofDocument('querySelectorAll').call(document, 'script[type=module][data-platform]');
  const tags = [...(found as NodeListOf<HTMLScriptElement>)];
  const tag = tags.find(({ src }) => src === url) ?? (tags[1] ? undefined : tags[0]);
  return Object.assign({}, tag?.dataset);
}
