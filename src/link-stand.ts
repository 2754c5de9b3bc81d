import { isMadeByLink, markMadeByLink } from './core/made-by-link.js';
import type { LinkWish } from './domain/link.js';
import { newElement, ofDocument } from './page/document.js';
import { HiddenElement } from './page/hidden-element.js';

/** On a link that has become a widget. Registered: another copy of the library on the page leaves that link to the first. */
const TAKEN = Symbol.for('cap-widgets/link');

/** The element that stands for one link, right after it: one of the two is seen. */
export class LinkStand {
  readonly tag: string;
  readonly #link: HTMLElement;
  readonly #element: HTMLElement;
  readonly #hiddenLink: HiddenElement;
  readonly #hiddenElement: HiddenElement;
  readonly #abort = new AbortController();
  readonly #observer = new MutationObserver(() => this.#look());
  #attributes: LinkWish['attributes'] = new Map();
  #hasFocus = false;

  /** Whether no other copy of the library has made something of that link. */
  static isFree(link: HTMLElement): boolean {
    return !(TAKEN in link);
  }

  /**
   * A script of the page may have copied a link along with what stands for it, as those do that let slides go round. The
   * copy of the element does not know what it is: it goes, and the copy of the link makes its own.
   */
  static undoCopy(link: HTMLElement, { tag, attributes }: LinkWish): void {
    const next = link.nextElementSibling;
    if (next?.localName !== tag || isMadeByLink(next) || !LinkStand.isFree(link)) return;
    if (![...attributes].every(([name, value]) => next.getAttribute(name) === value)) return;
    next.replaceWith();
    HiddenElement.undoCopy(link);
  }

  constructor(link: HTMLElement, { tag, attributes }: LinkWish) {
    this.tag = tag;
    this.#link = link;
    Object.defineProperty(link, TAKEN, { value: true, configurable: true });
    this.#element = newElement(tag as 'a');
    markMadeByLink(this.#element);
    this.set(attributes);
    // It is near already, or it would not be here; an element that is not shown is never approached.
    this.#element.setAttribute('loading', 'eager');
    this.#hiddenElement = new HiddenElement(this.#element);
    this.#hiddenElement.hide();
    this.#hiddenLink = new HiddenElement(link);
    const { signal } = this.#abort;
    this.#element.addEventListener('focusin', this.#onFocus, { signal });
    // Some browsers say so as well when what has the focus is taken away: that is seen before the next task.
    this.#element.addEventListener('focusout', () => setTimeout(this.#onFocus), { signal });
    this.place();
    void customElements.whenDefined(tag).then(() => this.#begin());
  }

  /** Whether the link and its element are both on the page. */
  get isWhole(): boolean {
    return this.#link.isConnected && this.#element.isConnected;
  }

  /** Puts the element where the link is. */
  place(): void {
    if (this.#link.nextSibling !== this.#element) this.#link.after(this.#element);
  }

  /** Has the element take the attributes that the link gives, and drop those that it gave. */
  set(attributes: LinkWish['attributes']): void {
    for (const name of this.#attributes.keys()) if (!attributes.has(name)) this.#element.removeAttribute(name);
    for (const [name, value] of attributes)
      if (this.#element.getAttribute(name) !== value) this.#element.setAttribute(name, value);
    this.#attributes = attributes;
  }

  /** Takes the element away. The link is what it was. */
  end(): void {
    this.#abort.abort();
    this.#observer.disconnect();
    this.#hiddenLink.show();
    this.#element.replaceWith();
    Reflect.deleteProperty(this.#link, TAKEN);
  }

  #begin(): void {
    const { shadowRoot } = this.#element;
    if (this.#abort.signal.aborted || !shadowRoot) return;
    this.#observer.observe(shadowRoot, { childList: true, subtree: true });
    // What its owner sets while it is hidden holds once it is shown.
    this.#observer.observe(this.#link, { attributeFilter: ['style'] });
    this.#look();
  }

  readonly #onFocus = (): void => void (this.#hasFocus = this.#element.matches(':focus-within'));

  /** An element with a place for the page's own content has nothing of its own to show: then the link is seen. */
  #look(): void {
    const root = this.#element.shadowRoot;
    const content = root?.querySelector('slot:not([name])') ? null : root?.firstElementChild;
    if (!content) {
      this.#hiddenLink.show();
      // What had the focus may be gone by now, and the focus nowhere.
      if (this.#hasFocus && [ofDocument('body'), this.#element].includes(ofDocument('activeElement') as HTMLElement))
        this.#link.focus();
      this.#hiddenElement.hide();
      return;
    }
    if (this.#link.matches(':focus-within') && !this.#passFocus()) return;
    this.#hiddenElement.show();
    this.#hiddenLink.hide();
  }

  /** Whoever is on the link goes on from what takes its place; where that takes no focus, the link stays until he has left it. */
  #passFocus(): boolean {
    this.#hiddenElement.show();
    this.#element.shadowRoot?.querySelector<HTMLElement>('a,button,[tabindex]')?.focus();
    if (!this.#link.matches(':focus-within')) return true;
    this.#hiddenElement.hide();
    const { signal } = this.#abort;
    this.#link.addEventListener('focusout', () => queueMicrotask(() => this.#look()), { once: true, signal });
    return false;
  }
}
