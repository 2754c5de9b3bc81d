/** Links that stand for a widget. Loaded when there is one. */
import { tell, wordOf } from './core/tell.js';
import { readLink, settable, widgetsFor, type LinkKind, type LinkWish } from './domain/link.js';
import { LinkStand } from './link-stand.js';
import { settingsOfTag } from './tag-settings.js';

/** How far ahead of the visible part of the page a link becomes a widget, as elements are loaded. */
const APPROACH = '200% 0px';

/** So many links of a page are widgets at a time. */
const MOST = 20;

/** Where none is: whoever writes there, or allows others to, does not want it. */
const OFF = '[contenteditable],[data-cap-links="off" i]';

/** Which links may be one. */
const LINK = 'a[data-cap]';

const WATCHED = ['data-cap', 'data-cap-links', 'contenteditable', ...settable.data.map((name) => `data-cap-${name}`)];

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

/** The links of the whole page that are widgets. */
const made = new Set<LinkStand>();

/**
 * Turns links into widgets, those that come later too, as far as the script's `data-links` lets it. Each link stays what it
 * is, and its owner's: what he changes of it, or where he moves it, is followed.
 *
 * @param tags - The elements that there are.
 * @param url - Address of the script, if one loads the widgets.
 * @returns Ends it: each link is what it was.
 */
export function followLinks(root: Document | ShadowRoot, tags: readonly string[], url?: string): () => void {
  const links = url && settingsOfTag(url).links;
  return wordOf(links, 'all', 'data', 'off') === 'off' ? () => undefined : new LinkFollower(tags).follow(root);
}

class LinkFollower {
  readonly #tags: readonly string[];
  readonly #stands = new Map<HTMLElement, LinkStand>();
  /** Links that have found no room. */
  readonly #waiting = new Set<HTMLElement>();
  readonly #approach = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.#make(target as HTMLElement);
    },
    { rootMargin: APPROACH },
  );

  constructor(tags: readonly string[]) {
    this.#tags = tags;
  }

  /** @returns Ends it. */
  follow(root: Document | ShadowRoot): () => void {
    const observer = new MutationObserver((records) => this.#follow(records));
    observer.observe(root, { childList: true, subtree: true, attributeFilter: WATCHED });
    this.#look(root);
    return () => {
      observer.disconnect();
      this.#approach.disconnect();
      for (const [link, stand] of this.#stands) this.#end(link, stand);
    };
  }

  #follow(records: readonly MutationRecord[]): void {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    for (const [link, stand] of this.#stands) {
      if (stand.isWhole) {
        if (added.has(link)) stand.place();
      } else this.#end(link, stand);
    }
    for (const node of added) this.#look(node);
    for (const { attributeName, target } of records) if (attributeName) this.#look(target);
    const free = MOST - made.size;
    for (const link of [...this.#waiting].slice(0, free)) this.#consider(link);
  }

  /** Considers all links in a part of the page. */
  #look(node: Node): void {
    if (node instanceof HTMLElement && (this.#stands.has(node) || node.localName === 'a')) this.#consider(node);
    for (const link of find(node, LINK)) if (link instanceof HTMLElement) this.#consider(link);
  }

  /** Has a link become what it says, or be what it was if it says nothing any more. */
  #consider(link: HTMLElement): void {
    const wish = this.#wishOf(link);
    const stand = this.#stands.get(link);
    this.#waiting.delete(link);
    if (stand && stand.tag === wish?.tag) stand.set(wish.attributes);
    else {
      if (stand) this.#end(link, stand);
      // Observed anew, it is told of again where it is near already.
      this.#approach.unobserve(link);
      if (!wish) return;
      LinkStand.undoCopy(link, wish);
      this.#approach.observe(link);
    }
  }

  #make(link: HTMLElement): void {
    this.#approach.unobserve(link);
    const wish = this.#wishOf(link);
    if (!wish || this.#stands.has(link) || !LinkStand.isFree(link)) return;
    if (made.size >= MOST) {
      this.#waiting.add(link);
      tell('many-links', `${MOST}`);
      return;
    }
    for (const name of wish.ignored) tell('link-attribute', name, settable.data.join(' '));
    const stand = new LinkStand(link, wish);
    this.#stands.set(link, stand);
    made.add(stand);
  }

  #end(link: HTMLElement, stand: LinkStand): void {
    this.#stands.delete(link);
    made.delete(stand);
    stand.end();
  }

  /** Null where a link says nothing, nothing that it may become, or may not say it here. */
  #wishOf(link: HTMLElement): LinkWish | null {
    const kind: LinkKind = 'data';
    const name = link.getAttribute('data-cap');
    if (!link.isConnected || name === null || isOff(link)) return null;
    const given = [...link.attributes].flatMap(({ name: own, value }): [string, string][] =>
      own.startsWith('data-cap-') && own !== 'data-cap-links' ? [[own.slice('data-cap-'.length), value]] : [],
    );
    const wish = readLink(kind, name, given, this.#tags);
    if (!wish) tell('no-widget', name.slice(0, 60), widgetsFor(kind, this.#tags).join(', '));
    return wish;
  }
}

/** Whether a node is where no link becomes a widget, from outside the shadow roots around it too. */
function isOff(node: Element): boolean {
  const root = node.getRootNode();
  return node.closest(OFF) !== null || (root instanceof ShadowRoot && isOff(root.host));
}
