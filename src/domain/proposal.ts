import type { VotableProposal } from './ballot.js';

/** The orders of a list of proposals. Random is the platform's: another one for each visitor, and always the same for him. */
export const ORDERS = ['random', 'newest', 'oldest', 'votes', 'cost'] as const;
export type ProposalOrder = (typeof ORDERS)[number];

/** Which proposals a list shows, and in which order. IDs, and empty for all. */
export interface ProposalFilters {
  readonly order: ProposalOrder;
  readonly category: string;
  readonly district: string;
  readonly theme: string;
  /** Words to find. */
  readonly term: string;
}

/** The names of the filters in the order in which they are shown. */
export const FILTERS = ['order', 'term', 'category', 'theme', 'district'] as const;

/** A proposal as a list shows it. Null is what is not said, or not to this page. */
export interface ListedProposal {
  readonly id: string;
  readonly url: string;
  readonly image: string | null;
  readonly title: string;
  readonly excerpt: string | null;
  readonly author: string | null;
  readonly category: string | null;
  readonly theme: string | null;
  readonly district: string | null;
  /** In euros. */
  readonly cost: number | null;
  readonly status: { readonly name: string; readonly tone: string } | null;
  /** As something to vote for, if that was told along. */
  readonly vote: VotableProposal | null;
  /** Whether it was told to somebody who is signed in. */
  readonly signedIn: boolean;
}

/** One choice of a filter. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What the proposals of a step can be told apart by. */
export interface ProposalChoices {
  readonly categories: readonly Choice[];
  readonly themes: readonly Choice[];
  readonly districts: readonly Choice[];
  /** Proposals have a cost. */
  readonly costable: boolean;
}
