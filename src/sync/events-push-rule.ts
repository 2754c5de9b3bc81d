import ICAL from 'ical.js';

import type { Budget } from './events-push-limits.js';

/** Whose steps are counted: an iterator takes its first steps before its constructor could be told. */
let counting: Budget | undefined;

/** Goes through the dates of a rule, and counts each that it looks at: some look for ever for one that never comes. */
export class CountedIterator extends ICAL.RecurIterator {
  /** @throws {AgendaProblem} When that takes too many steps; so does `next`. */
  static of(rule: ICAL.Recur, dtstart: ICAL.Time, budget: Budget): CountedIterator {
    counting = budget;
    return new CountedIterator({ rule, dtstart });
  }

  readonly #budget = counting;

  /** The next date, which changes with the one after it; null when there are no more. */
  following(): ICAL.Time | null {
    counting = this.#budget;
    return this.next();
  }

  override check_contracting_rules(): boolean {
    counting?.step();
    return super.check_contracting_rules();
  }

  override increment_month(): void {
    counting?.step();
    super.increment_month();
  }

  override increment_year(years: number): void {
    counting?.step();
    super.increment_year(years);
  }
}

/**
 * The dates of a rule, from the first one to one that is late.
 *
 * @throws {AgendaProblem} When it takes too many steps to find them.
 */
export function* datesOf(
  rule: ICAL.Recur,
  start: ICAL.Time,
  isLate: (time: ICAL.Time) => boolean,
  budget: Budget,
): Generator<ICAL.Time, undefined> {
  const endless = rule.clone();
  // What is left out does not count.
  endless.count = null;
  const iterator = CountedIterator.of(endless, start, budget);
  let left = rule.count ?? Infinity;
  for (let time = iterator.following(); time && left > 0 && !isLate(time); time = iterator.following()) {
    if (!isMeant(time, rule, start)) continue;
    left--;
    yield time.clone();
  }
}

/**
 * Whether a date is one that the rule names. The library takes 30 February for 2 March, and 29 February for 1 March in most
 * years; the format wants such dates left out.
 */
function isMeant(time: ICAL.Time, { freq, parts }: ICAL.Recur, start: ICAL.Time): boolean {
  const listed = (name: string): readonly number[] | undefined =>
    (parts as Readonly<Record<string, readonly number[] | undefined>>)[name];
  const byDay = listed('BYDAY') ?? listed('BYYEARDAY') ?? listed('BYWEEKNO');
  const days = listed('BYMONTHDAY') ?? (!byDay && /^(YEAR|MONTH)LY$/.test(freq) ? [start.day] : null);
  const months = listed('BYMONTH') ?? (!byDay && freq === 'YEARLY' ? [start.month] : null);
  const fromEnd = time.day - ICAL.Time.daysInMonth(time.month, time.year) - 1;
  return (!days || days.includes(time.day) || days.includes(fromEnd)) && (!months || months.includes(time.month));
}
