import type { ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import { doorOf, type Ballot } from '../../domain/ballot.js';
import type { ListPage } from '../../domain/list-page.js';
import type { ListedProposal, ProposalChoices } from '../../domain/proposal.js';

/** The one state that a list is in. */
export type ProposalListView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  /** There is no such step, or it is one without proposals. */
  | { readonly kind: 'empty'; readonly code: 'not-found' }
  /** Without a code nothing was tried: the page names no platform or no step. */
  | { readonly kind: 'error'; readonly code?: ErrorCode | undefined }
  | ListView;

export interface ListView {
  /** Empty: nothing fits the filters, or there is nothing yet. */
  readonly kind: 'ready' | 'empty';
  readonly list: ListPage<ListedProposal>;
  /** Null where the platform does not tell this page its rules. */
  readonly ballot: Ballot | null;
  /** What keeps everybody from voting, whatever the proposal. */
  readonly door: ReturnType<typeof doorOf>;
  /** What is shown is that of other filters, while that of the present ones is being read. */
  readonly pending: boolean;
  /** Why the latest reading failed. */
  readonly code?: ErrorCode | undefined;
  /** When what is shown was read, if it could not be read again since. */
  readonly staleSince: number | null;
}

export interface ProposalListSources {
  /** The list with the present filters. */
  readonly page: Remote<ListPage<ListedProposal>>;
  readonly ballot: Remote<Ballot | null>;
  readonly choices: Remote<ProposalChoices | null>;
  /** What is on screen of the same step, if anything is: the latest list that was read. */
  readonly list: ListPage<ListedProposal> | undefined;
}

/**
 * First match wins. What was read stays when a later reading fails.
 *
 * @param askable - Whether the page names a platform and a step.
 */
export function proposalListView(
  { page: { data, error, at = 0 }, ballot, choices, list }: ProposalListSources,
  askable: boolean,
  now: number,
): ProposalListView {
  if (!askable) return { kind: 'error' };
  if (!data && error)
    return error.code === 'not-found' ? { kind: 'empty', code: error.code } : { kind: 'error', code: error.code };
  // All three come in one answer; what is said of the step stands above its proposals.
  if (!list || [ballot, choices].some((other) => other.data === undefined && !other.error)) return { kind: 'loading' };
  const rules = ballot.data ?? null;
  return {
    kind: list.items.length ? 'ready' : 'empty',
    list,
    ballot: rules,
    door: rules && doorOf(rules, now),
    pending: !data,
    code: error?.code,
    staleSince: error ? at : null,
  };
}

/** Whether there is a list to show, if only one without entries. */
export const isList = (view: ProposalListView): view is ListView => 'list' in view;
