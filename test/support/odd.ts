/** What stands where something else was meant. */
export const ODD: readonly unknown[] = [null, 0, '', 'constructor', [], [null], {}];

/** The same, and what is odd in rarer ways. */
export const ODDER: readonly unknown[] = [
  ...ODD,
  -1,
  1e300,
  true,
  '__proto__',
  '9999-12-31 23:59:59',
  [[]],
  { length: -1 },
  { __typename: 'constructor' },
];

/** Every version of a value in which one place, at any depth, holds something odd, or nothing. */
export function* spoilt(value: unknown, odd: readonly unknown[] = ODD): Generator<unknown> {
  yield* odd;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    const put = (other: unknown): unknown =>
      Array.isArray(value)
        ? value.map((each: unknown, index) => (String(index) === key ? other : each))
        : { ...value, [key]: other };
    yield put(undefined);
    for (const other of spoilt(part, odd)) yield put(other);
  }
}

/** The first entries of every list in a value: one says as much as a hundred. */
export function shortened(value: unknown, length = 2): unknown {
  if (Array.isArray(value)) return value.slice(0, length).map((part) => shortened(part, length));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part, length)]));
}
