// A registered symbol: two copies of the library on one page know it. No text can set it, as it could an attribute.
const MARK = Symbol.for('cap-widgets/made-by-link');

/** Marks an element before it is on the page: it stands there for a link. */
export const markMadeByLink = (element: object): void => void Object.defineProperty(element, MARK, { value: true });

/** Whether an element stands for a link, whose text and attributes may be a visitor's: it asks once more before it acts. */
export const isMadeByLink = (element: object): boolean => MARK in element;
