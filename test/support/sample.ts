/**
 * Of what is many, `npm test` plays a sample and `npm run test:long` the whole. What is left to chance comes from one seed,
 * which every run prints; CAP_TEST_SEED repeats it.
 */
export const SEED = Number(process.env['CAP_TEST_SEED'] ?? Date.now() % 1_000_000);

const isLong = process.env['CAP_TEST_LONG'] === '1';

/** How many of something are tried. */
export const many = ({ sample, whole }: { readonly sample: number; readonly whole: number }): number =>
  isLong ? whole : sample;
