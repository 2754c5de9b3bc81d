import type { ResultOf } from 'gql.tada';

import { ask, nothing } from '../ask.js';
import { list, maybe, text, type Cursor } from '../cursor.js';
import { terms } from '../documents/basket.js';
import type { Platform } from '../endpoints.js';
import type { ReadOptions } from '../loader.js';
import { plainTexts } from '../texts.js';

/** What a step asks of whoever votes in it. */
export interface Terms {
  /** How the platform explains its vote, as text. */
  readonly help: string | null;
  /** Why something is asked, in the words of the platform's staff. */
  readonly reason: string | null;
  /** What is asked, by the platform's names; what the visitor has to agree to, in its words. */
  readonly asked: readonly { readonly type: string; readonly label: string | null }[];
}

/** Characters of a text that is read, and not looked over. */
const MOST = 5000;

/** Reads the terms of a step; null where the platform does not tell them to this page. */
export const readTerms = (platform: Platform, stepId: string, options: ReadOptions): Promise<Terms | null> =>
  ask<Terms | null>(platform, (loader) => loader.node(stepId, terms, decodeTerms, options), nothing).then((found) =>
    // Nobody agrees to half a sentence.
    plainTexts(found, MOST),
  );

function decodeTerms(node: Cursor<ResultOf<typeof terms>>): Terms | null {
  // A step of another kind answers with its type alone.
  if ((node.raw as { id?: unknown }).id === undefined) return null;
  const requirements = node.at('requirements');
  return {
    help: maybe(node.at('votesHelpText'), (help) => plain(text(help))) || null,
    reason: maybe(requirements.at('reason'), (reason) => plain(text(reason))) || null,
    asked:
      maybe(requirements.at('edges'), (edges) =>
        list(edges, (edge) =>
          maybe(edge.at('node'), (asked) => ({
            type: text(asked.at('type')),
            label: maybe((asked as Cursor<{ readonly label?: string | null }>).at('label'), text),
          })),
        ).filter((asked) => asked !== null),
      ) ?? [],
  };
}

/** HTML as text: no parser of HTML is open to text under Trusted Types, and what is left over of it is shown as text. */
const plain = (html: string): string =>
  html
    .replace(/<(?:br|\/p|\/li|\/div|\/h\d)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
