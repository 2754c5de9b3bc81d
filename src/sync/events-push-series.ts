import ICAL from 'ical.js';

import { wallTime } from '../domain/platform-time.js';
import type { Budget } from './events-push-limits.js';
import { datesOf } from './events-push-rule.js';

/** What a series is looked at for. */
interface Span {
  /** From one instant to another, in milliseconds since the epoch. */
  readonly since: number;
  readonly until: number;
  /** The zone in which days begin. */
  readonly timeZone: string;
}

/** One time of a series, and its end where that is another than the series has. */
export interface Moment {
  readonly time: ICAL.Time;
  readonly end: ICAL.Time | null;
}

export const within = (instant: number, { since, until }: Pick<Span, 'since' | 'until'>): boolean =>
  instant >= since && instant < until;

export const isSeries = (component: ICAL.Component): boolean =>
  component.hasProperty('rrule') || component.hasProperty('rdate');

/** Whether a time is only a way to write a day. */
export const isDayOnly = (time: ICAL.Time): boolean => time.isDate || time.hour + time.minute + time.second === 0;

/** The day that is meant by a time, where days are asked for. Some agendas note the first moment of it in UTC. */
export function dayOf(time: ICAL.Time, timeZone: string): string {
  const isElsewhere = time.zone?.tzid === 'UTC' && !isDayOnly(time);
  return (isElsewhere ? wallTime(time.toUnixTime() * 1000, timeZone) : time.toString()).slice(0, 10);
}

/** A time of a series as the others of it are written: a day where those are days, and at their hour where they have one. */
function alike(time: ICAL.Time, start: ICAL.Time, timeZone: string): ICAL.Time {
  if (time.isDate === start.isDate) return time;
  if (start.isDate) return ICAL.Time.fromDateString(dayOf(time, timeZone));
  const same = start.clone();
  [same.year, same.month, same.day] = [time.year, time.month, time.day];
  return same;
}

/**
 * When a series takes place, from RRULE and RDATE, without EXDATE and EXRULE. Moments that come twice count once.
 *
 * @throws {AgendaProblem} When it does so too often.
 */
export function timesOf(event: ICAL.Event, span: Span, budget: Budget): Moment[] {
  const { component } = event;
  const start = event.startDate;
  const valuesOf = (name: string): unknown[] =>
    component.getAllProperties(name).flatMap((each) => each.getValues() as unknown[]);
  const rulesOf = (name: string): ICAL.Recur[] =>
    valuesOf(name).flatMap((rule) => (rule instanceof ICAL.Recur ? [meant(rule, start, span)] : []));
  const isLate = (time: ICAL.Time): boolean => time.toUnixTime() * 1000 >= span.until;
  const { moments, days } = excludedFrom(start, valuesOf('exdate'), span);
  for (const rule of rulesOf('exrule'))
    for (const time of datesOf(rule, start, isLate, budget)) moments.add(time.toUnixTime());
  const times = new Map<number, Moment>();
  const add = (written: ICAL.Time, end: ICAL.Time | null = null): void => {
    const time = alike(written, start, span.timeZone);
    if (isLate(time)) return;
    const moment = time.toUnixTime();
    const left = moments.has(moment) || days.has(time.toString().slice(0, 10));
    if (!left && moment * 1000 >= span.since) times.set(moment, { time, end });
    budget.check(times.size);
  };
  const rules = rulesOf('rrule');
  for (const rule of rules) for (const time of datesOf(rule, start, isLate, budget)) add(time);
  if (rules.length === 0) add(start);
  for (const value of valuesOf('rdate')) {
    if (value instanceof ICAL.Period) add(value.start, value.getEnd());
    else if (value instanceof ICAL.Time) add(value);
  }
  return [...times].sort(([a], [b]) => a - b).map(([, moment]) => moment);
}

/** What is left out of a series: moments, and whole days, however it says so. */
function excludedFrom(
  start: ICAL.Time,
  values: readonly unknown[],
  { timeZone }: Span,
): { readonly moments: Set<number>; readonly days: ReadonlySet<string> } {
  const excluded = values.filter((value) => value instanceof ICAL.Time);
  // Whoever leaves out midnight of what takes place at noon means the day.
  const isDay = (time: ICAL.Time): boolean => start.isDate || time.isDate || (isDayOnly(time) && !isDayOnly(start));
  return {
    moments: new Set(excluded.filter((time) => !time.isDate).map((time) => time.toUnixTime())),
    days: new Set(excluded.filter(isDay).map((time) => dayOf(time, timeZone))),
  };
}

/** A rule until a day lasts until the end of that day; and until a moment, on the clock of the series. */
function meant(rule: ICAL.Recur, start: ICAL.Time, { timeZone }: Span): ICAL.Recur {
  const whole = rule.clone();
  const { until } = rule;
  if (!until) return whole;
  if (start.isDate) {
    whole.until = ICAL.Time.fromDateString(dayOf(until, timeZone));
  } else if (until.isDate || until.zone === ICAL.Timezone.localTimezone) {
    const end = until.isDate ? ICAL.Time.fromDateTimeString(`${until.toString()}T23:59:59`) : until.clone();
    end.zone = start.zone;
    // In UTC: whoever copies a rule forgets the zone.
    whole.until = end.convertToZone(ICAL.Timezone.utcTimezone);
  }
  return whole;
}

/** The moment of a series as its other moments are written: some agendas name it in UTC. */
export function localTo(master: ICAL.Component | undefined, time: ICAL.Time): ICAL.Time {
  const start = master?.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time) || time.isDate || start.isDate || start.zone.tzid === time.zone.tzid) return time;
  const local = start.clone();
  local.addDuration(ICAL.Duration.fromSeconds(time.toUnixTime() - start.toUnixTime()));
  // The wall clock moves on by an hour where the zone does.
  local.addDuration(ICAL.Duration.fromSeconds(time.toUnixTime() - local.toUnixTime()));
  return local;
}
