import { tell } from '../../core/tell.js';
import { newElement } from '../../page/document.js';

/** What no fallback has in it: it is the page's own. Nor has it a heading, but for one at its start. */
const OWN = /^(cap-.+|form|script|table|main|nav|header|footer|aside|section|search)$/;
const OWN_LATER = /^(cap-.+|form|script|table|main|nav|header|footer|aside|section|search|h[1-6])$/;

/**
 * Keeps apart the part of an element's content that is no fallback of it: a tag that closed itself, `<cap-… />`, has swallowed
 * what comes after it on the page. A fallback is text, links, pictures, lists, and one heading at its start. The rest is shown
 * after what the element renders, as it would look without it.
 *
 * @returns What gives the fallback its place whenever the element has rendered; undefined where there is nothing but a fallback.
 */
export function keepApart(host: HTMLElement): (() => void) | undefined {
  const children = [...host.children];
  const from = children.findIndex((child, index) =>
    [child, ...child.querySelectorAll('*')].some(({ localName }) => (index ? OWN_LATER : OWN).test(localName)),
  );
  if (from < 0 || host.shadowRoot) return;
  const nodes = [...host.childNodes] as (Element | Text)[];
  // Without a link before that, even the first heading is none of a fallback.
  const hasFallback = children.slice(0, from).some((child) => child.matches('a') || child.querySelector('a'));
  if (hasFallback) nodes.splice(0, nodes.indexOf(children[from] as Element));
  // By hand: a text takes no `slot` attribute, and a page's nodes are not ours to change.
  const root = host.attachShadow({ mode: 'open', slotAssignment: 'manual' });
  const slot = root.appendChild(newElement('slot'));
  slot.name = 'page';
  slot.style.cssText = 'all:inherit;display:contents';
  slot.assign(...nodes);
  tell('swallowed', host.localName);
  // What comes later is the fallback's.
  const isFallback = (node: Node): boolean => !nodes.includes(node as Element);
  return () =>
    root
      .querySelector<HTMLSlotElement>('slot:not([name])')
      ?.assign(...([...host.childNodes].filter(isFallback) as Element[]));
}
