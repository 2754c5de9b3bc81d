/**
 * Loads the elements of a page as they are approached.
 *
 * What a page needs at first is loaded together and registered in one go: all its elements start in the same moment,
 * and all they ask goes in one request.
 */
import { define } from './elements/base/define.js';
import { registry } from './elements/registry.js';
import { ofDocument } from './page/document.js';

/** How far ahead of the visible part of the page elements are loaded. */
const APPROACH = '200%';

const due = new Set<string>();
let approach: IntersectionObserver | undefined;
let script: string | undefined;

/**
 * Has the elements and links under a root become widgets, those that come later too. For a closed shadow root, or one that
 * a component makes long after it has come: others are found without it.
 *
 * @param url - Address of the script, whose tag has the settings; the package has them from `configure`.
 * @returns Ends it.
 */
export function watch(root: Document | ShadowRoot, url = script): () => void {
  script = url;
  let end: (() => void) | undefined;
  const follow = (): unknown =>
    end ??
    import('./script-tag.js').then(
      (found) => (end ??= found.watch(root, expect, url)),
      miss.bind(null, 'cap-*', follow),
    );
  // The first picture of a page does not wait for what finds the rest, and a page that has nothing asks for nothing. A form's
  // own methods may be fields, but a form is nothing to look for.
  const found = [...ofDocument('querySelectorAll').call(document, ':not(form)')].filter(
    (element) => element.shadowRoot ?? element.matches(':not(:defined),[data-cap]'),
  );
  found.forEach(expect);
  if (found[0] ?? root !== document) follow();
  else
    new MutationObserver((_, observer) => {
      observer.disconnect();
      follow();
    }).observe(root, { childList: true, subtree: true, attributes: true });
  return () => {
    end?.();
    end = () => undefined;
  };
}

function expect(element: Element): void {
  if (customElements.get(element.localName)) return;
  // A platform shows nothing, and is never approached.
  if (element.localName === 'cap-platform' || element.getAttribute('loading') === 'eager') request(element.localName);
  else (approach ??= new IntersectionObserver(meet, { rootMargin: APPROACH })).observe(element);
}

function meet(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    approach?.unobserve(target);
    request(target.localName);
  }
}

function request(tag: string): void {
  if (due.add(tag).size === 1) queueMicrotask(() => void load());
}

async function load(): Promise<void> {
  // What is none of ours was only met on the way.
  const tags = Object.keys(registry).filter((tag) => due.has(tag) && !customElements.get(tag));
  due.clear();
  const modules = await Promise.all(
    tags.map(async (tag) => registry[tag]?.().catch(miss.bind(null, tag, () => request(tag)))),
  );
  tags.forEach((tag, index) => {
    const [element] = Object.values(modules[index] ?? {});
    if (element) define(tag, element);
  });
}

/** The page's own content stays visible. */
function miss(tag: string, again: () => unknown, reason: unknown): void {
  addEventListener('online', again, { once: true });
  void explain(tag, reason);
}

/** Says why a file does not come. These words stand here, as they may be needed where no other file is. */
async function explain(tag: string, reason: unknown): Promise<void> {
  // Not every browser names the file.
  const [file = script] = /https?:[^\s'"]+/.exec(String(reason)) ?? [];
  const answer = file && (await fetch(file, { method: 'HEAD' }).catch(() => null));
  console.warn(
    `[cap-widgets] <${tag}> did not load. ${
      answer && !/script/.test(answer.headers.get('Content-Type') as string)
        ? `There is no ${file}: copy the whole folder.`
        : `Is ${script} in script-src?`
    }`,
    reason,
  );
}
