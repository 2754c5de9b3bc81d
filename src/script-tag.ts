import { registry } from './elements/registry.js';

// By the prototype, as a form's own property may be a field of that name.
const shadowOf = (element: Element): ShadowRoot | null => Reflect.get(Element.prototype, 'shadowRoot', element);

/** Visits the elements of a part of a page. By a walker, as a form's own methods may be fields. */
function walk(from: Node, visit: (element: Element) => void): void {
  const walker = Document.prototype.createTreeWalker.call(document, from, NodeFilter.SHOW_ELEMENT);
  for (let at: Node | null = from; at; at = walker.nextNode()) if (at instanceof Element) visit(at);
}

/** What is watched already, and how that ends. */
const watched = new WeakMap<Node, () => void>();

/**
 * Calls `visit` for every element of ours under `root`, and for those that come later; also inside the open shadow roots of
 * the page's own components there.
 *
 * @param url - Address of the script, whose tag says which links become widgets; without it all do.
 * @returns Ends it.
 */
export function watch(root: Document | ShadowRoot, visit: (element: Element) => void, url?: string): () => void {
  const running = watched.get(root);
  if (running) return running;
  const awaited = new Set<string>();
  let links: Promise<unknown> | undefined;
  let endLinks: (() => void) | undefined;
  let ended = false;
  const meet = (element: Element): void => {
    // Of a form, this could be a field named so.
    const name = Reflect.get(Element.prototype, 'localName', element);
    if (Object.hasOwn(registry, name)) visit(element);
    if (name === 'a' && element.hasAttribute('data-cap'))
      links ??= import('./links.js').then(
        ({ followLinks }) => {
          if (!ended) endLinks = followLinks(root, Object.keys(registry), url);
        },
        // They stay links; the next one tries again.
        () => (links = undefined),
      );
    // A component has its shadow root when it stands on the page, or once its class is there.
    const inside = shadowOf(element);
    if (inside) watch(inside, visit, url);
    if (inside || !name.includes('-') || awaited.has(name) || customElements.get(name)) return;
    awaited.add(name);
    // Some names of SVG and MathML are none that a component can have.
    customElements.whenDefined(name).then(
      () => ended || look(root),
      () => undefined,
    );
  };
  const look = (node: Node): void => walk(node, meet);
  const observer = new MutationObserver((records) =>
    records.forEach(({ addedNodes, attributeName, target }) => (attributeName ? [target] : addedNodes).forEach(look)),
  );
  const end = (): void => {
    ended = true;
    observer.disconnect();
    watched.delete(root);
    endLinks?.();
    // Nothing else leads to them: what goes from the page must not be kept.
    walk(root, (element) => {
      const inside = shadowOf(element);
      if (inside) watched.get(inside)?.();
    });
  };
  watched.set(root, end);
  look(root);
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['data-cap'] });
  return end;
}
