/** What an entry needs of the shared code before its first element. */
export { shadowRoots } from './elements/base/cap-element.js';
export { define } from './elements/base/define.js';
export { configure } from './state/page.js';
export { settingsOfTag } from './tag-settings.js';
