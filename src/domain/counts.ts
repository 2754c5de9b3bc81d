/** What a counter can count. */
export const METRICS = ['votes', 'contributors', 'contributions', 'replies'] as const;
export type Metric = (typeof METRICS)[number];

/** What has something to count. */
export const KINDS = ['project', 'step', 'proposal', 'consultation', 'questionnaire'] as const;

/** What is counted of an object. */
export interface CountTarget {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
}

/** A number that may be shown. */
export interface Tally {
  readonly kind: 'tally';
  readonly value: number;
  /** The part of `value` that was counted on paper; null where the platform does not say. */
  readonly paper: number | null;
}

/** The ballot is secret: there is no number before its date, and none at all where no date is set. */
export interface SecretBallot {
  readonly kind: 'secret';
  readonly publishedAt: number | null;
}

/** The platform has no such number for this object, or does not give it to this page. */
export interface NotCounted {
  readonly kind: 'not-counted';
}

export type Count = Tally | SecretBallot | NotCounted;
