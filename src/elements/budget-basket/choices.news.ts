import type { BasketChange } from './budget-basket.events.js';
import type { Item, Ready } from './budget-basket.view.js';
import { refusalOf, statusOf } from './choices.message.js';
import type { ChoicesWriter } from './choices.messages.js';
import type { Writer } from './messages.js';

/** What is on screen, and has been said. */
export interface Told {
  readonly items: readonly Item[];
  readonly status: string;
  readonly refused: string;
}

/** What there is to say since the last time. */
export interface News {
  /** For screen readers; empty for nothing. */
  readonly words: string;
  /** It is a failure. */
  readonly urgent: boolean;
  /** Other choices are on screen, or in another order. */
  readonly changed: boolean;
  readonly told: Told;
}

export function toldOf(view: Ready, write: ChoicesWriter, basics: Writer): Told {
  const refusal = refusalOf(view);
  return { items: view.items, status: statusOf(view, write, basics)[0], refused: refusal ? write.t(refusal) : '' };
}

/**
 * What has changed on screen: at the first time nothing has.
 *
 * @param note - What the visitor has just done, to be said along with what it led to.
 */
export function newsOf(
  view: Ready,
  before: Told | undefined,
  note: string,
  write: ChoicesWriter,
  basics: Writer,
): News {
  const { items, pending, stage, draft } = view;
  const now = toldOf(view, write, basics);
  if (!before) return { words: '', urgent: false, changed: false, told: now };
  const changed = idsOf(items) !== idsOf(before.items);
  // What an act comes to is said at its end, even if it has failed before in the same way.
  const quiet = pending && stage !== 'unsure';
  const refused = !quiet && now.refused !== before.refused ? now.refused : '';
  const words = [
    note || (changed && draft ? difference(before.items, items, write) : ''),
    !quiet && now.status !== before.status ? now.status : '',
    refused,
  ];
  return {
    words: words.filter(Boolean).join(' '),
    urgent: refused !== '',
    changed,
    told: quiet ? { ...before, items, refused: '' } : now,
  };
}

/** One choice that has come or gone, wherever on the page that was done. */
function difference(before: readonly Item[], after: readonly Item[], { t }: ChoicesWriter): string {
  const without = (list: readonly Item[], others: readonly Item[]): readonly Item[] =>
    list.filter((item) => !others.some(({ proposalId }) => proposalId === item.proposalId));
  const [added, ...more] = without(after, before);
  const [removed, ...less] = without(before, after);
  if (more.length || less.length) return '';
  if (added) return t('added', { title: added.title });
  return removed ? t('removed', { title: removed.title }) : '';
}

/** The choices on screen, as the page is told. */
export const changeOf = ({ items, verdict, sends }: Ready, stepId: string): BasketChange => ({
  stepId,
  proposalIds: items.map(({ proposalId }) => proposalId),
  spent: verdict?.spent ?? 0,
  left: verdict?.left ?? null,
  votesUsed: verdict?.votesUsed ?? items.length,
  votesLeft: verdict?.votesLeft ?? null,
  valid: verdict?.valid ?? sends !== null,
});

const idsOf = (items: readonly Item[]): string => items.map(({ proposalId }) => proposalId).join();
