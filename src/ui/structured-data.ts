import { write } from '../core/json.js';
import { newElement, ofDocument } from '../page/document.js';

/** Something of schema.org. Two with the same `@id` are the same thing. */
export interface Thing {
  readonly '@type': string;
  readonly '@id': string;
  readonly [property: string]: unknown;
}

const described = new Map<object, readonly Thing[]>();
let block: HTMLScriptElement | undefined;

/**
 * Describes things to search engines, in one block of the page's head for all who have something to describe.
 *
 * @param owner - Who describes them; what he described before no longer counts.
 */
export function describe(owner: object, things: readonly Thing[]): void {
  if (things.length) described.set(owner, things);
  else if (!described.delete(owner)) return;
  const graph = [...new Map([...described.values()].flat().map((thing) => [thing['@id'], thing])).values()];
  // A title must not be able to end the element that it stands in.
  const text = write({ '@context': 'https://schema.org', '@graph': graph }).replace(/</g, '\\u003c');
  if (block?.isConnected && block.textContent === text) return;
  block?.replaceWith();
  if (!graph.length) return;
  block = emptyScript();
  block.type = 'application/ld+json';
  block.append(text);
  ofDocument('head').append(block);
}

/**
 * A copy of a script that has run never runs, and is not looked at again. Of a new one, a policy that lets no string become
 * a program would complain, although it only holds data.
 */
function emptyScript(): HTMLScriptElement {
  const ran = ofDocument('querySelector').call(
    document,
    'script:is([src],[type=module],:not([type])):not([nomodule])',
  ) as HTMLScriptElement | null;
  const copy = (ran?.cloneNode() ?? newElement('script')) as HTMLScriptElement;
  for (const name of copy.getAttributeNames()) copy.removeAttribute(name);
  return copy;
}
