const MINUTE = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** A length of time in whole units of the largest kind that fits; a minute at least. */
export function formatDuration(locale: string, milliseconds: number): string {
  const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
  const [unit, length] = minutes < HOUR ? ['minute', 1] : minutes < DAY ? ['hour', HOUR] : ['day', DAY];
  return Math.floor(minutes / length).toLocaleString(locale, { style: 'unit', unit, unitDisplay: 'long' });
}
