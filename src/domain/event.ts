import { lastMoment, parsePlatformTime, wallTime } from './platform-time.js';

/** Something that takes place. Times are milliseconds since the epoch. */
export interface AgendaEvent {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly startAt: number;
  /** Null where only the beginning is known. */
  readonly endAt: number | null;
  readonly place: string | null;
}

/** Which events a list shows. */
export type EventPeriod = 'upcoming' | 'past' | 'all';

/** The last instant at which an event is still to come: what has begun and not ended is. */
export const endOf = ({ startAt, endAt }: AgendaEvent): number => endAt ?? startAt;

export const hasPassed = (event: AgendaEvent, now: number): boolean => endOf(event) < now;

/** The day of an instant on the platform, `YYYY-MM-DD`. */
export const dayOf = (instant: number, zone?: string): string => wallTime(instant, zone).slice(0, 10);

/** The last day of an event: one that ends as a day begins ends on the day before. */
export const lastDayOf = (event: AgendaEvent, zone?: string): string =>
  // A beginning at midnight is on the day that begins.
  event.endAt === null
    ? dayOf(event.startAt, zone)
    : dayOf(Math.max(event.startAt, lastMoment(event.endAt, zone)), zone);

/** Whether an event has days and no hours. */
export function isWholeDays({ startAt, endAt }: AgendaEvent, zone?: string): boolean {
  const hour = (instant: number): string => wallTime(instant, zone).slice(11, 16);
  return hour(startAt) === '00:00' && (endAt === null || ['00:00', '23:59'].includes(hour(endAt)));
}

/** The events that begin on one day. */
export interface EventDay {
  /** `YYYY-MM-DD`; null for those that have been going on since an earlier day. */
  readonly day: string | null;
  readonly events: readonly AgendaEvent[];
}

/**
 * Groups events by day, in their order.
 *
 * @param since - What is still going on comes first, for a list of what is to come at this instant.
 */
export function byDay(events: readonly AgendaEvent[], since: number | null, zone?: string): EventDay[] {
  const today = since === null ? '' : dayOf(since, zone);
  const days = new Map<string, AgendaEvent[]>();
  for (const event of events) {
    const day = dayOf(event.startAt, zone);
    const key = day < today ? '' : day;
    days.set(key, [...(days.get(key) ?? []), event]);
  }
  return [...days].map(([day, found]) => ({ day: day || null, events: found }));
}

/** When the list of what is to come, grouped by day, stops being right: an event is over, or a day. */
export function eventsUntil(events: readonly AgendaEvent[], now: number, zone?: string): number | null {
  const changes = events.map((event) => endOf(event) + 1);
  if (events.some(({ startAt }) => startAt <= now)) {
    const midnight = (instant: number): number => parsePlatformTime(`${dayOf(instant, zone)} 00:00:00`, zone);
    // Within the next day, however long this one is where the clocks change.
    changes.push(midnight(midnight(now) + 26 * 3_600_000));
  }
  const next = Math.min(...changes.filter((instant) => instant > now));
  return next === Infinity ? null : next;
}
