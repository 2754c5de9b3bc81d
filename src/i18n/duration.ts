import { cached } from '../core/cached.js';

const MINUTE = 60_000;
const UNITS = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const;

/** A length of time in whole units of the largest kind that fits; a minute at least. */
export function formatDuration(locale: string, milliseconds: number): string {
  const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
  const [unit, size] = UNITS.find(([, length]) => minutes >= length) ?? UNITS[2];
  return cached(
    `u${locale}${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(Math.floor(minutes / size));
}
