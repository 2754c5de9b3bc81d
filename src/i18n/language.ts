import { Emitter } from '../core/emitter.js';

/**
 * The language that the widgets speak where one is asked for: `en-AU` is `en`, as is `en_GB.UTF-8`, which operating systems
 * write, and an unknown one is French.
 */
export const closestLanguage = (tag: string, known: object): string => {
  const [language = ''] = /[a-z]+/.exec(tag.toLowerCase()) ?? [];
  return Object.hasOwn(known, language) ? language : 'fr';
};

/** The `lang` that holds for a node, also from outside the shadow roots around it. */
export function inheritedLang(node: Element): string {
  const closest = node.closest('[lang]');
  // Not by a property: a form has fields in their place, by their names.
  const lang = closest && Element.prototype.getAttribute.call(closest, 'lang');
  const root = node.getRootNode();
  return lang || (root instanceof ShadowRoot ? inheritedLang(root.host) : '');
}

const changed = new Emitter();
let observer: MutationObserver | undefined;

/** Calls `listener` when a `lang` changes in the trees around a node, until the returned function is called. */
export function onLang(node: Node, listener: () => void): () => void {
  observer ??= new MutationObserver(() => changed.emit());
  const root = node.getRootNode();
  observer.observe(root, { subtree: true, attributeFilter: ['lang'] });
  return root instanceof ShadowRoot ? onLang(root.host, listener) : changed.on(listener);
}
