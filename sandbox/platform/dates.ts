/** The platform writes dates without an offset, in its own time zone. */
export const timeZone = 'Europe/Paris';

const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
const hourLength = 3_600_000;
const offsets = new Map<number, number>();

/** How far the platform's clock is ahead of UTC. It changes on whole hours only, so each hour is asked for once. */
function offsetAt(instant: number): number {
  const hour = Math.floor(instant / hourLength);
  let offset = offsets.get(hour);
  if (offset === undefined) {
    const name = format.formatToParts(hour * hourLength).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    offset = (sign === '-' ? -1 : 1) * (Number(hours) * hourLength + Number(minutes) * 60_000);
    offsets.set(hour, offset);
  }
  return offset;
}

/** `2026-03-29 14:05:00`, as a clock on the town hall shows it. */
export function platformDate(instant: number): string {
  return new Date(instant + offsetAt(instant)).toISOString().slice(0, 19).replace('T', ' ');
}

/** The instant of a date in the platform's zone; of an hour that exists twice, the first. */
export function platformInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?$/.exec(text);
  if (!match) return undefined;
  const [, date = '', minutes = '', seconds = ':00'] = match;
  const written = `${date}T${minutes}${seconds}.000Z`;
  const wall = Date.parse(written);
  if (Number.isNaN(wall) || new Date(wall).toISOString() !== written) return undefined;
  const before = wall - offsetAt(wall - 24 * hourLength);
  const after = wall - offsetAt(wall + 24 * hourLength);
  const fits = [before, after].filter((instant) => instant + offsetAt(instant) === wall);
  // An hour that the change to summer time leaves out is taken as the one behind it.
  return fits.length > 0 ? Math.min(...fits) : before;
}

/** Midnight of the instant's day in the platform's zone, moved by whole days, at an hour of that day. */
export function platformDay(instant: number, days: number, hour = 0, minute = 0): number {
  const date = new Date(platformDate(instant).slice(0, 10) + 'T00:00:00Z');
  date.setUTCDate(date.getUTCDate() + days);
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
  const result = platformInstant(`${date.toISOString().slice(0, 10)} ${clock}`);
  if (result === undefined) throw new RangeError(`No such hour: ${clock}`);
  return result;
}
