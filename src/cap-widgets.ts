/** The script tag. Reads its own `data-` attributes, then loads the elements of the page as they are approached. */
import { watch } from './autoloader.js';
import { ofDocument } from './page/document.js';
import { configure } from './state/page-settings.js';
import { settingsOfTag } from './tag-settings.js';

const url = import.meta.url;
// Another copy, or this one by another address, leaves the page to the first. Not `in`: an element may have that name.
if (!Object.hasOwn(globalThis, 'capWidgets')) {
  const start = (): void => void watch(document, url);
  configure(settingsOfTag(url));
  // A page that is still arriving would otherwise start its first elements alone.
  if (ofDocument('readyState') === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
  Object.assign(globalThis, { capWidgets: { watch: (root: ShadowRoot) => watch(root, url) } });
}
