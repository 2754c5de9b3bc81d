/** What the platform has recorded of one vote, in the form that votes of every kind share. */
export interface Recorded {
  readonly kind: 'proposal';
  readonly id: string;
  /** What is recorded now; null: no vote. */
  readonly value: 'for' | null;
  /** Votes for each value, paper ones included; null for a secret ballot, and where nobody knows. */
  readonly counts: { readonly for: number } | null;
  /** Whether the platform counts the visitor's vote. */
  readonly accounted: boolean;
}

/** A vote for a proposal in that form. */
export const recordedOf = (vote: {
  readonly proposalId: string;
  readonly voted: boolean;
  readonly count: number | null;
  readonly accounted: boolean;
}): Recorded => ({
  kind: 'proposal',
  id: vote.proposalId,
  value: vote.voted ? 'for' : null,
  counts: vote.count === null ? null : { for: vote.count },
  accounted: vote.accounted,
});
