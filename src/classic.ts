/**
 * The same widgets from a `<script src>` without `type="module"`, which many editors drop: loads `cap-widgets.js` beside it,
 * with the settings of this tag in its address.
 */
import { ofDocument } from './page/document.js';

const tag = (ofDocument('currentScript') ??
  // As a module it has no tag of its own.
  ofDocument('querySelector').call(document, 'script[src*="cap-widgets.classic.js"]')) as HTMLScriptElement;
const url = new URL(tag.src);
url.pathname = url.pathname.replace(/[^/]*$/, 'cap-widgets.js');
for (const name of ['platform', 'api', 'access', 'rules', 'handoff', 'lang', 'time-zone', 'device', 'links']) {
  const value = tag.getAttribute(`data-${name}`);
  if (value) url.searchParams.set(name, value);
}
import(url.href).catch((reason: unknown) =>
  console.warn(`[cap-widgets] ${url.href} did not load. It belongs beside this script, and in script-src.`, reason),
);
