import { registry } from './elements/registry.js';

interface Parent {
  querySelectorAll(selectors: string): Iterable<Element>;
}

/** What has something under it. */
const PARENTS: readonly { readonly prototype: Parent; new (): unknown }[] = [Element, Document, DocumentFragment];

/** What a selector finds under a node. A form's own method is not asked: a field of that name stands in its place. */
function* find(node: Node, selectors: string): Iterable<Element> {
  for (const parent of PARENTS)
    if (node instanceof parent) yield* parent.prototype.querySelectorAll.call(node, selectors);
}
export type Find = typeof find;

/**
 * Calls `visit` for every element of ours under `root`, and for those that come later.
 *
 * @param url - Address of the script, whose tag says which links become widgets; without it none does.
 */
export function watch(root: Document | ShadowRoot, visit: (element: Element) => void, url?: string): void {
  const tags = Object.keys(registry);
  const wanted = tags.join() + (url ? ',a[data-cap]' : '');
  let links: Promise<void> | undefined;
  const meet = (element: Element): void => {
    if (element.localName in registry) visit(element);
    else if (url) links ??= import('./links.js').then(({ followLinks }) => followLinks(root, find, tags, url));
  };
  const look = (node: Node): void => {
    if (node instanceof Element && Element.prototype.matches.call(node, wanted)) meet(node);
    for (const element of find(node, wanted)) meet(element);
  };
  look(root);
  new MutationObserver((records) =>
    records.forEach(({ addedNodes, attributeName, target }) => (attributeName ? [target] : addedNodes).forEach(look)),
  ).observe(root, { childList: true, subtree: true, attributeFilter: ['data-cap'] });
}
