/** The platform writes dates without an offset, in its own time zone. */
export const timeZone = 'Europe/Paris';

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  calendar: 'iso8601',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `2026-03-29 14:05:00`, as a clock on the town hall shows it. */
export function platformDate(instant: number): string {
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** The instant of a date in the platform's zone; of an hour that exists twice, the first. */
export function platformInstant(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const probe = new Date(wall);
  if (probe.getUTCMonth() !== month - 1 || probe.getUTCDate() !== day || hour > 23) return undefined;
  const earliest = wall - offsetAt(wall - 86_400_000);
  const latest = wall - offsetAt(wall + 86_400_000);
  const fits = [earliest, latest].filter((instant) => instant + offsetAt(instant) === wall);
  return fits.length > 0 ? Math.min(...fits) : latest;
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

function offsetAt(instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000;
  return Date.parse(`${platformDate(whole).replace(' ', 'T')}Z`) - whole;
}
