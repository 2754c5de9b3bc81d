/** No style sheet of a page wins against these; through the object model, as a strict policy lets no style attribute through. */
const HIDDEN = [
  ['display', 'none'],
  // Else a transition of a page could keep it on screen.
  ['transition-property', 'none'],
] as const;

/** Hides an element whatever the page's style sheets say, and shows it again exactly as it was. */
export class HiddenElement {
  readonly #element: HTMLElement;
  /** What the element's own style said, by property. */
  readonly #before = new Map<string, readonly [value: string, priority: string]>();
  #hadStyle = true;

  /** Shows the copy of one that was hidden. */
  static undoCopy(element: HTMLElement): void {
    for (const [name] of HIDDEN) element.style.removeProperty(name);
    dropEmptyStyle(element);
  }

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Also again: what its owner has set meanwhile is what it is to be once it is shown. */
  hide(): void {
    const { style } = this.#element;
    if (!this.#before.size) this.#hadStyle = this.#element.hasAttribute('style');
    for (const [name, value] of HIDDEN) {
      const own = [style.getPropertyValue(name), style.getPropertyPriority(name)] as const;
      if (own[0] === value && own[1] === 'important' && this.#before.size === HIDDEN.length) continue;
      this.#before.set(name, own);
      style.setProperty(name, value, 'important');
    }
  }

  show(): void {
    const { style } = this.#element;
    for (const [name, own] of this.#before) style.setProperty(name, ...own);
    if (this.#before.size && !this.#hadStyle) dropEmptyStyle(this.#element);
    this.#before.clear();
  }
}

// Chromium forgets to take the attribute away unless it is read first.
const dropEmptyStyle = (element: Element): void => {
  if (element.getAttribute('style') === '') element.removeAttribute('style');
};
