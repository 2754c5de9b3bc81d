/** The languages that the widgets speak. */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The closest language that the widgets speak: `en-AU` is `en`, and an unknown one is French. */
export const closestLanguage = (tag: string): Language =>
  LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0]) ?? 'fr';

/** The `lang` that holds for a node, also from outside the shadow roots around it. */
export function inheritedLang(node: Element): string {
  for (let at: Element | null = node; at;) {
    const found: Element | null = at.closest('[lang]');
    const lang = found?.getAttribute('lang');
    if (lang) return lang;
    const root = (found ?? at).getRootNode();
    at = root instanceof ShadowRoot ? root.host : (found?.parentElement ?? null);
  }
  return '';
}

const followers = new Set<() => void>();
const watched = new WeakSet<Node>();
let observer: MutationObserver | undefined;

/** Calls `listener` when a `lang` changes in the tree of a node, until the returned function is called. */
export function onLang(node: Node, listener: () => void): () => void {
  followers.add(listener);
  observer ??= new MutationObserver(() => followers.forEach((follower) => follower()));
  for (let root = node.getRootNode(); ; root = root.host.getRootNode()) {
    if (!watched.has(root)) observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    watched.add(root);
    if (!(root instanceof ShadowRoot)) break;
  }
  return () => void followers.delete(listener);
}
