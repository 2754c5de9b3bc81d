import ICAL from 'ical.js';

import type { Budget } from './events-push-limits.js';
import { datesOf } from './events-push-rule.js';

/** From one instant to another, in milliseconds since the epoch. */
interface Span {
  readonly since: number;
  readonly until: number;
}

export const within = (instant: number, { since, until }: Span): boolean => instant >= since && instant < until;

export const isSeries = (component: ICAL.Component): boolean =>
  component.hasProperty('rrule') || component.hasProperty('rdate');

/**
 * When a series takes place, from RRULE and RDATE, without EXDATE. Moments that come twice count once.
 *
 * @throws {AgendaProblem} When it does so too often.
 */
export function timesOf(event: ICAL.Event, span: Span, budget: Budget): ICAL.Time[] {
  const { component } = event;
  const start = event.startDate;
  const valuesOf = (name: string): unknown[] =>
    component.getAllProperties(name).flatMap((each) => each.getValues() as unknown[]);
  const asTime = (value: unknown): ICAL.Time[] =>
    value instanceof ICAL.Period ? [value.start] : value instanceof ICAL.Time ? [value] : [];
  const excluded = valuesOf('exdate').flatMap(asTime);
  const moments = new Set(excluded.filter((time) => !time.isDate || start.isDate).map((time) => time.toUnixTime()));
  // Some agendas leave out whole days of what takes place at an hour.
  const days = new Set(excluded.filter((time) => time.isDate).map((time) => time.toString()));
  const times = new Map<number, ICAL.Time>();
  const isLate = (time: ICAL.Time): boolean => time.toUnixTime() * 1000 >= span.until;
  const add = (time: ICAL.Time): void => {
    if (isLate(time)) return;
    const moment = time.toUnixTime();
    const left = moments.has(moment) || days.has(time.toString().slice(0, 10));
    if (!left && moment * 1000 >= span.since) times.set(moment, time);
    budget.check(times.size);
  };
  const rules = valuesOf('rrule').filter((rule) => rule instanceof ICAL.Recur);
  for (const rule of rules) for (const time of datesOf(rule, start, isLate, budget)) add(time);
  if (rules.length === 0) add(start);
  for (const time of valuesOf('rdate').flatMap(asTime)) add(time);
  return [...times].sort(([a], [b]) => a - b).map(([, time]) => time);
}

/** The moment of a series as its other moments are written: some agendas name it in UTC. */
export function localTo(master: ICAL.Component | undefined, time: ICAL.Time): ICAL.Time {
  const start = master?.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time) || time.isDate || start.zone.tzid === time.zone.tzid) return time;
  const local = start.clone();
  local.addDuration(ICAL.Duration.fromSeconds(time.toUnixTime() - start.toUnixTime()));
  // The wall clock moves on by an hour where the zone does.
  local.addDuration(ICAL.Duration.fromSeconds(time.toUnixTime() - local.toUnixTime()));
  return local;
}
