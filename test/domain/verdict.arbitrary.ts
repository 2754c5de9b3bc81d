import fc from 'fast-check';

import type { Rules } from './verdict.rules.js';

export const NOW = Date.UTC(2026, 4, 12);
export const HOUR = 3_600_000;

/** How many proposals there are to choose from; the last is of another step. */
export const SIZE = 7;

// Cents that binary numbers hold exactly: the platform and the page may add them up in different orders.
const quarters = fc.integer({ min: 0, max: 3 }).map((count) => count / 4);
const tens = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most }).map((count) => count * 10);
const withCents = (most: number): fc.Arbitrary<number> =>
  fc.tuple(tens(most), quarters).map(([euros, cents]) => euros + cents);
const cost = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: tens(6) },
  { weight: 4, arbitrary: withCents(6) },
);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 2 });
const moment = fc.integer({ min: -3, max: 3 }).map((hours) => NOW + hours * HOUR);
const often = (usual: boolean): fc.Arbitrary<boolean> =>
  fc.integer({ min: 0, max: 5 }).map((n) => (n === 0 ? !usual : usual));

const seldom = fc.integer({ min: 0, max: 14 }).map((n) => n === 0);

const window = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ startAt: NOW - HOUR, endAt: NOW + 2 * HOUR, timeless: false }) },
  { weight: 2, arbitrary: fc.record({ startAt: fc.option(moment), endAt: fc.option(moment), timeless: often(false) }) },
);

export const anyRules: fc.Arbitrary<Rules> = fc
  .record({
    voteType: fc.oneof(
      { weight: 4, arbitrary: fc.constant('SIMPLE' as const) },
      { weight: 6, arbitrary: fc.constant('BUDGET' as const) },
      { weight: 1, arbitrary: fc.constant('DISABLED' as const) },
    ),
    votesLimit: sometimes(fc.integer({ min: 1, max: 5 })),
    votesMin: sometimes(fc.integer({ min: 0, max: 4 })),
    // A budget of less than a euro is none to pages, as the API tells them of none.
    budget: sometimes(
      fc.oneof(
        tens(15),
        withCents(15).filter((euros) => euros >= 1),
      ),
    ),
    ranking: fc.boolean(),
    threshold: sometimes(fc.integer({ min: 0, max: 3 })),
    secret: fc.boolean(),
    window,
    requirements: fc.oneof(fc.constant([]), fc.subarray(['CHECKBOX', 'EMAIL_VERIFIED', 'ZIP_CODE'] as const)),
    voter: fc.record({ account: often(true), emailConfirmed: often(true), zipCode: often(true), ticked: often(true) }),
    proposals: fc.array(fc.record({ cost, archived: seldom }), {
      minLength: SIZE,
      maxLength: SIZE,
    }),
  })
  .map(({ window: { startAt, endAt, timeless }, ...rules }) => ({ ...rules, startAt, endAt, timeless }));

export type Act =
  | { readonly kind: 'press' | 'again' | 'archive'; readonly proposal: number }
  | { readonly kind: 'price'; readonly proposal: number; readonly cost: number | null }
  /** Keeps votes in another order, and gives up those after the first `keep`. */
  | { readonly kind: 'arrange'; readonly shuffle: readonly number[]; readonly keep: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'tick' };

const proposal = fc.nat({ max: SIZE - 1 });
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('press' as const), proposal }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), proposal }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('archive' as const), proposal }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('price' as const), proposal, cost }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('arrange' as const),
      shuffle: fc.array(fc.nat({ max: 99 }), { minLength: SIZE, maxLength: SIZE }),
      keep: fc.oneof(fc.constant(SIZE), fc.nat({ max: SIZE })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
);
