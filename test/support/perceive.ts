/** What a visitor perceives of a widget, whatever it is made of: words, roles and names, in shadow roots and slots too. */

const NEVER_SHOWN = 'style,script';

const shown = (element: Element): boolean =>
  !element.matches(NEVER_SHOWN) && (element.checkVisibility() || getComputedStyle(element).display === 'contents');

const childrenOf = (node: Node): Iterable<Node> =>
  node instanceof HTMLSlotElement && node.assignedNodes().length > 0
    ? node.assignedNodes()
    : ((node as Partial<Element>).shadowRoot ?? node).childNodes;

function* shownElements(node: Node): Generator<Element> {
  if (node instanceof Element) {
    if (!shown(node)) return;
    yield node;
  }
  for (const child of childrenOf(node)) yield* shownElements(child);
}

function wordsOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof Element && !shown(node)) return '';
  const words = [...childrenOf(node)].map(wordsOf).join('');
  // What is a box of its own does not run into its neighbours.
  return node instanceof Element && !/inline|contents/.test(getComputedStyle(node).display) ? ` ${words} ` : words;
}

const clean = (text: string): string => text.replace(/[\s\u202f]+/g, ' ').trim();

/** All the words on screen. No-break spaces read as spaces. */
export const textOf = (node: Node): string => clean(wordsOf(node));

const ROLES = {
  link: 'a[href]',
  button: 'button',
  checkbox: 'input[type=checkbox]',
  heading: 'h1,h2,h3,h4,h5,h6',
  list: 'ul',
  listitem: 'li',
} as const;
type Role = keyof typeof ROLES;

/** The shown elements with a role. */
export const allByRole = (node: Node, role: Role): HTMLElement[] =>
  [...shownElements(node)].filter(
    (element): element is HTMLElement => element instanceof HTMLElement && element.matches(ROLES[role]),
  );

/** What assistive technologies call an element. */
export const nameOf = (element: Element): string =>
  clean(element.getAttribute('aria-label') ?? textOf((element as Partial<HTMLInputElement>).labels?.[0] ?? element));

/** The names of all shown elements with a role. */
export const names = (node: Node, role: Role): string[] => allByRole(node, role).map(nameOf);

/** The one shown element with a role and a name. */
export function byRole(node: Node, role: Role, name: string): HTMLElement {
  const found = allByRole(node, role).filter((element) => nameOf(element) === name);
  if (found.length !== 1 || !found[0])
    throw new Error(
      `${found.length} of role ${role} are called "${name}". There are: ${names(node, role).join(', ')}.`,
    );
  return found[0];
}

/** The element that has the focus, inside shadow roots too. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** What screen readers are told: politely, or at once. */
export const announced = (role: 'status' | 'alert'): string =>
  clean(document.querySelector(`body > [role=${role}]`)?.textContent?.replace('\u200b', '') ?? '');

/** The page's own content in an element takes room on screen. */
export const fallbackShown = (element: Element): boolean =>
  [...element.children].some((child) => child.getClientRects().length > 0);

/** A part of a widget, by its public name. */
export function part(element: Element, name: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`);
  if (!found) throw new Error(`<${element.localName}> shows no part ${name}.`);
  return found;
}
