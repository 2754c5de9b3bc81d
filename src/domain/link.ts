/**
 * Which widgets a link within a text may become, and what it may set on them. A link is text, and text may be a visitor's:
 * what is not on these lists is not taken.
 */
import { tidy } from '../core/tell.js';

/** How a link says what it becomes: by `data-cap`, which sites leave to editors they trust, or by a fragment, which survives every filter. */
export type LinkKind = 'data' | 'fragment';

const SETTINGS =
  'layout hide order first status when theme district category section exclude heading-level lang display variant links metric by moderated step-id'.split(
    ' ',
  );
const IDS = 'project-id proposal-id consultation-id questionnaire-id debate-id contribution-id'.split(' ');

/** What a link may set. A fragment names no object: the address does. */
export const settable: Readonly<Record<LinkKind, readonly string[]>> = {
  data: [...SETTINGS, ...IDS],
  fragment: SETTINGS,
};

const NEVER = ['cap-handoff', 'cap-platform', 'cap-login-prompt', 'cap-proposal-form'];

/** What a link never becomes. A text can say one project and a button another: what acts is not made by a fragment. */
const refused: Readonly<Record<LinkKind, readonly string[]>> = {
  data: NEVER,
  fragment: [...NEVER, 'cap-vote-button', 'cap-budget-basket', 'cap-proposal-map'],
};

/** The longest list that a link begins with. */
const MOST_FIRST = 24;

/** What a link is to become. */
export interface LinkWish {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Names that it may not set. */
  readonly ignored: readonly string[];
}

/**
 * Reads what a link says.
 *
 * @param name - The widget, without `cap-`.
 * @param given - Names of attributes, and their values.
 * @param tags - The elements that there are.
 * @returns Null where there is no such widget, or none that a link may become.
 */
export function readLink(
  kind: LinkKind,
  name: string,
  given: Iterable<readonly [string, string]>,
  tags: readonly string[],
): LinkWish | null {
  const tag = `cap-${tidy(name).toLowerCase()}`;
  if (!tags.includes(tag) || refused[kind].includes(tag)) return null;
  const attributes = new Map<string, string>();
  const ignored: string[] = [];
  for (const [attribute, value] of given) {
    // A board covers the whole window.
    const covers = attribute === 'display' && kind === 'fragment' && value.trim() === 'board';
    if (!settable[kind].includes(attribute) || covers) ignored.push(attribute);
    else attributes.set(attribute, attribute === 'first' && Number(value) > MOST_FIRST ? `${MOST_FIRST}` : value);
  }
  return { tag, attributes, ignored };
}

/** What of the library a link may become, for whoever asks. */
export const widgetsFor = (kind: LinkKind, tags: readonly string[]): readonly string[] =>
  tags.filter((tag) => !refused[kind].includes(tag)).map((tag) => tag.slice('cap-'.length));
