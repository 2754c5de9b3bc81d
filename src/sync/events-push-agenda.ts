import ICAL from 'ical.js';

import { parsePlatformTime } from '../domain/platform-time.js';
import { webAddress } from '../platform/web-address.js';
import { withoutControls } from './control-characters.js';
import { bodyOf } from './events-push-body.js';
import { CommandError, EXIT } from './report.js';

/** One event as the platform takes it; a recurring one of the agenda is many. */
export interface AgendaEvent {
  readonly uid: string;
  /** The same at each reading: the UID, and for one of a series also when it would take place if nobody had moved it. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  /** `YYYY-MM-DD HH:mm:ss` on the platform's clock. */
  readonly startAt: string;
  readonly endAt: string | null;
}

export interface Agenda {
  readonly events: readonly AgendaEvent[];
  /** What the agenda says and nobody could carry out. */
  readonly problems: readonly { readonly uid: string; readonly message: string }[];
  /** UIDs of events that recur. */
  readonly series: ReadonlySet<string>;
}

export interface AgendaOptions {
  /** IANA name of the platform's zone, which is also that of dates without one. */
  readonly timeZone: string;
  /** Of events that recur, the occurrences from one instant to another. */
  readonly since: number;
  readonly until: number;
  /** What stands before the place. */
  readonly placeLabel: string;
  /** What addresses without a host are relative to. */
  readonly base: string;
}

/** More occurrences in the time asked for are a mistake in a rule rather than an agenda. */
const MOST_OCCURRENCES = 2000;

/** A zone that the agenda names without saying what it is. */
class NamedZone extends ICAL.Timezone {
  override utcOffset(time: ICAL.Time): number {
    const wall = wallOf(time);
    return (Date.parse(`${wall.replace(' ', 'T')}Z`) - parsePlatformTime(wall, this.tzid)) / 1000;
  }
}

const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** What a clock shows, whatever its zone. */
const wallOf = (time: ICAL.Time): string =>
  `${time.toString().slice(0, 10)} ${time.isDate ? '00:00:00' : time.toString().slice(11, 19)}`;

/**
 * Reads an agenda in the iCalendar format (RFC 5545). Cancelled and private events are none of the public's, and left out.
 *
 * @throws {CommandError} When the text is no agenda.
 */
export function readAgenda(text: string, options: AgendaOptions): Agenda {
  const masters = new Map<string, ICAL.Component>();
  const overrides = new Map<string, ICAL.Component[]>();
  for (const component of componentsOf(text)) {
    const uid = textOf(component, 'uid');
    if (component.hasProperty('recurrence-id')) overrides.set(uid, [...(overrides.get(uid) ?? []), component]);
    else if (isNewer(component, masters.get(uid))) masters.set(uid, component);
  }
  const events: AgendaEvent[] = [];
  const problems: { uid: string; message: string }[] = [];
  for (const uid of new Set([...masters.keys(), ...overrides.keys()])) {
    try {
      if (!uid) throw new RangeError('An event without a UID cannot be recognized again.');
      events.push(...occurrencesOf(uid, masters.get(uid), overrides.get(uid) ?? [], options));
    } catch (cause) {
      problems.push({ uid, message: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  const recurring = [...masters].filter(
    ([, component]) => isPublic(component) && new ICAL.Event(component).isRecurring(),
  );
  return { events, problems, series: new Set(recurring.map(([uid]) => uid)) };
}

function componentsOf(text: string): ICAL.Component[] {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    // One calendar, or several one behind the other.
    const calendars = (typeof parsed[0] === 'string' ? [parsed] : parsed) as string[][];
    if (calendars.length === 0) throw new Error('it is empty');
    return calendars.flatMap((jcal) => {
      const calendar = new ICAL.Component(jcal);
      if (calendar.name !== 'vcalendar') throw new Error(`it begins with ${calendar.name.toUpperCase()}`);
      return calendar.getAllSubcomponents('vevent');
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw new CommandError(EXIT.files, `The file is no iCalendar agenda: ${reason}.`, { cause });
  }
}

const textOf = (component: ICAL.Component, name: string): string =>
  (component.getFirstPropertyValue(name)?.toString() ?? '').trim();

const isNewer = (one: ICAL.Component, other: ICAL.Component | undefined): boolean =>
  !other || Number(textOf(one, 'sequence')) >= Number(textOf(other, 'sequence'));

const isPublic = (component: ICAL.Component): boolean =>
  !/^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(component, 'class')) && !/^CANCELLED$/i.test(textOf(component, 'status'));

function occurrencesOf(
  uid: string,
  master: ICAL.Component | undefined,
  overrides: readonly ICAL.Component[],
  options: AgendaOptions,
): AgendaEvent[] {
  for (const component of [master, ...overrides]) {
    if (!component) continue;
    if (!component.hasProperty('dtstart')) throw new RangeError('It does not say when it begins.');
    checkZones(component);
  }
  const found = new Map<number, () => AgendaEvent>();
  const keyOf = (time: ICAL.Time): string => `${uid} ${time.toString()}`;
  if (master) {
    const ranges = overrides.filter((each) => new ICAL.Event(each).modifiesFuture());
    const event = new ICAL.Event(master, { exceptions: ranges });
    if (!event.isRecurring()) {
      if (isPublic(master)) found.set(NaN, () => eventOf(uid, uid, event, event.startDate, event.endDate, options));
    } else {
      for (const time of timesOf(event, options)) {
        const { item, startDate, endDate } = event.getOccurrenceDetails(time);
        if (isPublic(item.component))
          found.set(time.toUnixTime(), () => eventOf(uid, keyOf(time), item, startDate, endDate, options));
      }
    }
  }
  // An occurrence that was moved has its own place, also one that the rule does not know.
  for (const component of overrides) {
    const event = new ICAL.Event(component);
    const moment = event.recurrenceId.toUnixTime();
    const known = found.delete(moment);
    const due = known || !master || within(event.startDate.toUnixTime() * 1000, options);
    const key = keyOf(localTo(master, event.recurrenceId));
    if (due && isPublic(component) && !(master && !isPublic(master)))
      found.set(moment, () => eventOf(uid, key, event, event.startDate, event.endDate, options));
  }
  return [...found.values()].map((make) => make());
}

/** The moment of a series as its other moments are written: some agendas name it in UTC. */
function localTo(master: ICAL.Component | undefined, time: ICAL.Time): ICAL.Time {
  const start = master?.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time) || time.isDate || start.zone.tzid === time.zone.tzid) return time;
  const local = start.clone();
  local.addDuration(ICAL.Duration.fromSeconds(time.toUnixTime() - start.toUnixTime()));
  // The wall clock moves on by an hour where the zone does.
  local.addDuration(ICAL.Duration.fromSeconds(time.toUnixTime() - local.toUnixTime()));
  return local;
}

const within = (instant: number, { since, until }: AgendaOptions): boolean => instant >= since && instant < until;

/** When a series takes place, from RRULE and RDATE, without EXDATE. Moments that come twice count once. */
function timesOf(event: ICAL.Event, options: AgendaOptions): ICAL.Time[] {
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
  const add = (time: ICAL.Time): boolean => {
    const moment = time.toUnixTime();
    if (moment * 1000 >= options.until) return false;
    const left = moments.has(moment) || days.has(time.toString().slice(0, 10));
    if (!left && moment * 1000 >= options.since) times.set(moment, time);
    if (times.size > MOST_OCCURRENCES)
      throw new RangeError(`More than ${MOST_OCCURRENCES} occurrences: narrow them by --since and --until.`);
    return true;
  };
  const rules = valuesOf('rrule').filter((rule) => rule instanceof ICAL.Recur);
  for (const rule of rules) {
    const iterator = endOfDay(rule, start).iterator(start);
    for (let time = iterator.next() as ICAL.Time | null; time && add(time.clone());) time = iterator.next();
  }
  if (rules.length === 0) add(start);
  for (const time of valuesOf('rdate').flatMap(asTime)) add(time);
  return [...times].sort(([a], [b]) => a - b).map(([, time]) => time);
}

/** A rule until a day lasts until the end of that day. */
function endOfDay(rule: ICAL.Recur, start: ICAL.Time): ICAL.Recur {
  const { until } = rule;
  if (!until?.isDate || start.isDate) return rule;
  const whole = rule.clone();
  whole.until = ICAL.Time.fromDateTimeString(`${until.toString()}T23:59:59`);
  return whole;
}

/** Makes sure that each zone an event names is one. */
function checkZones(component: ICAL.Component): void {
  for (const property of component.getAllProperties()) {
    const name = property.getParameter('tzid');
    if (typeof name !== 'string' || component.getTimeZoneByID(name) || ICAL.TimezoneService.has(name)) continue;
    const zone = isZone(name) ? name : (/[^/]+\/[^/]+$/.exec(name)?.[0] ?? '');
    if (!isZone(zone)) throw new RangeError(`The time zone “${name}” is not known.`);
    ICAL.TimezoneService.register(new NamedZone({ tzid: zone }), name);
  }
}

function eventOf(
  uid: string,
  key: string,
  { component, summary, location }: ICAL.Event,
  start: ICAL.Time,
  end: ICAL.Time,
  { timeZone, placeLabel, base }: AgendaOptions,
): AgendaEvent {
  const startAt = platformTime(start, timeZone);
  const lasts = end.compare(start);
  if (lasts < 0) throw new RangeError('It ends before it begins.');
  // What comes out of here is pushed: HTML too may bring control characters along, written as `&#27;`.
  const said = (text: string): string => withoutControls(text).replace(/\s+/g, ' ').trim();
  const title = said(summary ?? '') || said(location ?? '');
  if (!title) throw new RangeError('It has neither a title nor a place.');
  const address = textOf(component, 'url');
  return {
    uid,
    key,
    title,
    body: withoutControls(bodyOf(component, placeLabel, base)) || title,
    link: webAddress(address),
    startAt,
    endAt: lasts === 0 ? null : end.isDate ? lastMinute(end) : platformTime(end, timeZone),
  };
}

/** A whole day ends as the next one begins; for people it ends before. */
function lastMinute(end: ICAL.Time): string {
  const day = end.clone();
  day.adjust(-1, 0, 0, 0);
  return `${day.toString().slice(0, 10)} 23:59:00`;
}

/** A time as the platform's clock shows it. What names no zone, or no hour, is meant there. */
function platformTime(time: ICAL.Time, timeZone: string): string {
  const local = time.isDate || time.zone === ICAL.Timezone.localTimezone || time.zone.tzid === timeZone;
  const instant = local ? parsePlatformTime(wallOf(time), timeZone) : time.toUnixTime() * 1000;
  if (Number.isNaN(instant)) throw new RangeError('Its date is none.');
  return formatPlatformTime(instant, timeZone);
}

/** An instant as the platform writes it. */
export const formatPlatformTime = (instant: number, timeZone: string): string =>
  // Swedish writes dates as the platform does.
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
