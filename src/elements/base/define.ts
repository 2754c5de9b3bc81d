/** Registers a tag, unless this or another copy of the library has done so: the script may be on a page twice. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
