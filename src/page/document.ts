/**
 * A property of the page's document, its methods included, which are to be called on `document`.
 *
 * Not by `document.body`, which is `<img name="body">` where a page has such a picture, as one that shows what its visitors
 * write may have. The browser's own `location` and what it defines on the window itself no name can replace; what hears an
 * event anywhere on the page is added to the window.
 */
export const ofDocument = <K extends keyof Document>(name: K): Document[K] =>
  Reflect.get(Document.prototype, name, document);

/** A new element of the page's document. */
export const newElement = <K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K] =>
  ofDocument('createElement').call(document, tag) as HTMLElementTagNameMap[K];
