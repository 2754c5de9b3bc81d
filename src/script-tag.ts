import { registry } from './elements/registry.js';

/** Calls `visit` for every element of ours under `root`, and for those that come later. */
export function watch(root: Node, visit: (element: Element) => void): void {
  const tags = Object.keys(registry);
  const wanted = `${tags.join()},a[data-cap]`;
  const look = (node: Node): void => {
    if (node instanceof Element && node.matches(wanted)) meet(node);
    (node as Partial<ParentNode>).querySelectorAll?.(wanted).forEach(meet);
  };
  const meet = (element: Element): void => {
    if (element.localName in registry) visit(element);
    else void import('./links.js').then(({ upgrade }) => upgrade(element, tags));
  };
  look(root);
  new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach(look))).observe(root, {
    childList: true,
    subtree: true,
  });
}
