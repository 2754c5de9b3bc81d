import { cached } from '../core/cached.js';

/** The platform's zone where none is configured. */
export const DEFAULT_TIME_ZONE = 'Europe/Paris';

const DAY = 86_400_000;

/** What clocks in `zone` show at an instant, as the platform writes dates: `YYYY-MM-DD HH:mm:ss`. */
export const wallTime = (instant: number, zone = DEFAULT_TIME_ZONE): string =>
  // Swedish writes dates as ISO 8601 does, which can be parsed again.
  cached(
    `z${zone}`,
    () => new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
  ).format(instant);

/** Milliseconds by which clocks in `zone` are ahead of UTC at an instant. */
const offsetAt = (instant: number, zone: string): number =>
  asUtc(wallTime(instant, zone)) - Math.floor(instant / 1000) * 1000;

const asUtc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/**
 * The instant meant by a date of the platform, which is written without a zone in the platform's own.
 * As on the platform, an hour that occurs twice is the first one, and an hour that a change of clocks leaves out counts on.
 *
 * @param text - `YYYY-MM-DD HH:mm:ss`.
 * @returns Milliseconds since the epoch, or NaN when the text is no date.
 */
export function parsePlatformTime(text: string, zone = DEFAULT_TIME_ZONE): number {
  const wall = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? asUtc(text) : NaN;
  if (Number.isNaN(wall)) return NaN;
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const first = wall - before;
  const second = wall - after;
  return offsetAt(first, zone) === before || offsetAt(second, zone) !== after ? first : second;
}

/** The last moment before an end: what ends as a day begins lasts until the end of the day before. */
export const lastMoment = (end: number, zone = DEFAULT_TIME_ZONE): number =>
  (end + offsetAt(end, zone)) % DAY === 0 ? end - 1 : end;
