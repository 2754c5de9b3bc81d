import type { SettingsInput } from './platform/settings.js';

/**
 * The settings on the tag that loaded a script; where it was merged with others, on the first tag that has any.
 *
 * @param url - Address of the script.
 */
export function settingsOfTag(url: string): SettingsInput {
  const tags = [...document.querySelectorAll<HTMLScriptElement>('script[data-platform]')];
  return Object.assign({}, (tags.find(({ src }) => src === url) ?? tags[0])?.dataset);
}
