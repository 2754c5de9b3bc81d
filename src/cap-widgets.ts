/**
 * The script tag. Reads its own `data-` attributes, then loads the elements of the page as they are approached.
 *
 * What a page needs at first is loaded together and registered in one go: all its elements start in the same moment,
 * and all they ask goes in one request.
 */
import { registry } from './elements/registry.js';
import { watch } from './script-tag.js';

/** How far ahead of the visible part of the page elements are loaded. */
const APPROACH = '200% 0px';

const due = new Set<string>();
let prepared: Promise<typeof import('./start.js')> | undefined;

const approach = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      approach.unobserve(target);
      request(target.localName);
    }
  },
  { rootMargin: APPROACH },
);

function expect(element: Element): void {
  if (customElements.get(element.localName)) return;
  // A platform shows nothing, and is never approached.
  if (element.localName === 'cap-platform' || element.getAttribute('loading') === 'eager') request(element.localName);
  else approach.observe(element);
}

function request(tag: string): void {
  if (due.add(tag).size === 1) queueMicrotask(() => void load());
}

async function load(): Promise<void> {
  const tags = Object.keys(registry).filter((tag) => due.delete(tag) && !customElements.get(tag));
  const classes = await Promise.all(tags.map(async (tag) => registry[tag]?.().catch(miss.bind(null, tag))));
  if (!classes.some(Boolean)) return;
  const { define } = await (prepared ??= prepare());
  for (const [index, tag] of tags.entries()) {
    const element = classes[index];
    if (element) define(tag, element);
  }
}

/** Before the first element: its platform, and the shadow roots in which there may be more of our tags. */
async function prepare(): Promise<typeof import('./start.js')> {
  const start = await import('./start.js');
  const { configure, settingsOfTag, shadowRoots } = start;
  configure(settingsOfTag(import.meta.url));
  shadowRoots.on((root) => watch(root, expect));
  return start;
}

/** The page's own content stays visible. */
function miss(tag: string, reason: unknown): void {
  console.warn(
    `[cap-widgets] <${tag}> did not load. Is ${import.meta.url} in script-src of the Content-Security-Policy?`,
    reason,
  );
  addEventListener('online', () => request(tag), { once: true });
}

const start = (): void => watch(document, expect, import.meta.url);
// A page that is still arriving would otherwise start its first elements alone.
if (Reflect.get(Document.prototype, 'readyState', document) === 'loading') addEventListener('DOMContentLoaded', start);
else start();
