/** What the script tag needs of the shared code before the first element. */
export { shadowRoots } from './elements/base/cap-element.js';
export { configure } from './state/page.js';
