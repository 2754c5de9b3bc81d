import { registry } from './elements/registry.js';
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
