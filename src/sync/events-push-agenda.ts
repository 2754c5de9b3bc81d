import ICAL from 'ical.js';

import { wallTime } from '../domain/platform-time.js';
import { webAddress } from '../platform/web-address.js';
import { withoutControls } from './control-characters.js';
import { bodyOf } from './events-push-body.js';
import { AgendaProblem, Budget } from './events-push-limits.js';
import { isSeries, localTo, timesOf, within } from './events-push-series.js';
import { calendarsIn, type RawCalendar, type RawComponent } from './events-push-text.js';
import { CalendarZones, instantOf, shownTime, wallOf } from './events-push-zones.js';
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

/** What the agenda says and nobody could carry out. */
export interface Unreadable {
  /** Empty where it has none; null where it has one that cannot be read, and it may be any that was pushed before. */
  readonly uid: string | null;
  readonly title: string;
  /** Line of the file. */
  readonly line: number;
  readonly message: string;
}

export interface Agenda {
  readonly events: readonly AgendaEvent[];
  readonly problems: readonly Unreadable[];
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

/** The platform writes years in four digits. */
const FIRST_YEAR = 1000;

/** An event of the file: one of its own, the first of a series, or an occurrence that differs from its series. */
interface Entry {
  readonly raw: RawComponent;
  readonly calendar: CalendarZones;
}

/** All of the file that has one UID. */
interface Group {
  master: Entry | undefined;
  readonly overrides: Entry[];
}

/**
 * Reads an agenda in the iCalendar format (RFC 5545). Cancelled and private events are none of the public's, and left out.
 * It takes time in proportion to the text, and to the occurrences of its series, which are limited.
 *
 * @param onLine - Is told of the line that it is at.
 * @throws {CommandError} When the text is no agenda.
 */
export function readAgenda(text: string, options: AgendaOptions, onLine?: (line: number) => void): Agenda {
  const { groups, nameless } = groupsIn(text, onLine);
  const reader = new EventReader(options);
  const events: AgendaEvent[] = [];
  const problems = nameless.map(({ raw }) =>
    // Where a part of it cannot be read, that may be the UID.
    problemOf(raw.problem ? null : '', raw, raw.problem ?? new AgendaProblem('It has no UID to recognize it by.')),
  );
  const series = new Set<string>();
  for (const [uid, group] of groups) {
    const entries = [...(group.master ? [group.master] : []), ...group.overrides];
    const { raw } = entries.find((entry) => entry.raw.problem) ?? entries[0] ?? {};
    if (!raw) continue;
    onLine?.(raw.line);
    try {
      if (raw.problem) throw raw.problem;
      // One by one: a call cannot be handed as many as a series may have.
      for (const event of reader.read(uid, group)) events.push(event);
      if (reader.readSeries) series.add(uid);
    } catch (cause) {
      problems.push(problemOf(uid, raw, cause));
    }
  }
  return { events, problems, series };
}

/** The events of a file by their UID, and those without one. */
function groupsIn(
  text: string,
  onLine?: (line: number) => void,
): { readonly groups: ReadonlyMap<string, Group>; readonly nameless: readonly Entry[] } {
  const groups = new Map<string, Group>();
  const nameless: Entry[] = [];
  for (const { events, zones } of calendars(text, onLine)) {
    const calendar = new CalendarZones(zones);
    for (const raw of events) {
      const uid = String(valueIn(raw, 'uid') ?? '').trim();
      const group = groups.get(uid) ?? { master: undefined, overrides: [] };
      if (!uid) nameless.push({ raw, calendar });
      else groups.set(uid, group);
      if (valueIn(raw, 'recurrence-id') !== undefined) group.overrides.push({ raw, calendar });
      else if (isNewer(raw, group.master?.raw)) group.master = { raw, calendar };
    }
  }
  return { groups, nameless };
}

/** The first value of a property, before anything is made of it. */
function valueIn({ jcal: [, properties] }: RawComponent, name: string): string | number | undefined {
  const value = properties.find(([each]) => each === name)?.[3];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function calendars(text: string, onLine?: (line: number) => void): RawCalendar[] {
  try {
    return calendarsIn(text, onLine);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(EXIT.files, `The file is no iCalendar agenda: ${reason}.`, { cause });
  }
}

function problemOf(uid: string | null, raw: RawComponent, cause: unknown): Unreadable {
  const line = (cause instanceof AgendaProblem ? cause.line : undefined) ?? raw.line;
  // What a library says of itself helps nobody who keeps an agenda.
  const isPlain = cause instanceof Error && !(cause instanceof TypeError);
  const message = isPlain ? cause.message : 'It is not written as the iCalendar format asks.';
  return { uid, title: said(String(valueIn(raw, 'summary') ?? '')).slice(0, 100), line, message };
}

const textOf = (component: ICAL.Component, name: string): string =>
  (component.getFirstPropertyValue(name)?.toString() ?? '').trim();

/** A text in one line. What comes out of here is pushed. */
const said = (text: string): string => withoutControls(text).replace(/\s+/g, ' ').trim();

const isNewer = (one: RawComponent, other: RawComponent | undefined): boolean =>
  !other || Number(valueIn(one, 'sequence') ?? 0) >= Number(valueIn(other, 'sequence') ?? 0);

const isPublic = (component: ICAL.Component): boolean =>
  !/^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(component, 'class')) && !/^CANCELLED$/i.test(textOf(component, 'status'));

/** What an event says, each time that it takes place. */
type Words = Pick<AgendaEvent, 'title' | 'body' | 'link'>;

/** Makes events for the platform out of those of one agenda. */
class EventReader {
  readonly #budget = new Budget();
  /** Of the events of one UID; what a series says is worked out once. */
  #words = new Map<ICAL.Component, Words>();
  /** Whether what was read last is a series of the public's. */
  readSeries = false;

  constructor(readonly options: AgendaOptions) {}

  /** @throws {AgendaProblem} When the events of this UID cannot be brought to the platform, or are too many. */
  read(uid: string, group: Group): AgendaEvent[] {
    this.#budget.next();
    this.#words = new Map();
    this.readSeries = false;
    const master = group.master && componentOf(group.master);
    const overrides = group.overrides.map(componentOf);
    const recurs = master && isSeries(master);
    const found = new Map<number, () => AgendaEvent>();
    const keyOf = (time: ICAL.Time): string => `${uid} ${time.toString()}`;
    if (master) {
      const ranges = overrides.filter((each) => new ICAL.Event(each).modifiesFuture());
      const event = new ICAL.Event(master, { exceptions: ranges });
      if (!recurs) {
        if (isPublic(master)) found.set(NaN, () => this.#eventOf(uid, uid, event, event.startDate, event.endDate));
      } else {
        for (const time of timesOf(event, this.options, this.#budget)) {
          const { item, startDate, endDate } = event.getOccurrenceDetails(time);
          if (isPublic(item.component))
            found.set(time.toUnixTime(), () => this.#eventOf(uid, keyOf(time), item, startDate, endDate));
        }
      }
    }
    // An occurrence that was moved has its own place, also one that the rule does not know.
    for (const component of overrides) {
      const event = new ICAL.Event(component);
      const moment = event.recurrenceId.toUnixTime();
      const known = found.delete(moment);
      const due = known || !master || within(event.startDate.toUnixTime() * 1000, this.options);
      const key = keyOf(localTo(master, event.recurrenceId));
      if (due && isPublic(component) && !(master && !isPublic(master)))
        found.set(moment, () => this.#eventOf(uid, key, event, event.startDate, event.endDate));
    }
    const events = [...found.values()].map((make) => make());
    if (recurs) this.#budget.spend(events.map(({ body }) => body.length));
    this.readSeries = Boolean(recurs && isPublic(master));
    return events;
  }

  #eventOf(uid: string, key: string, { component }: ICAL.Event, start: ICAL.Time, end: ICAL.Time): AgendaEvent {
    const { timeZone } = this.options;
    const startAt = platformTime(start, timeZone);
    const lasts = end.compare(start);
    if (lasts < 0) throw new AgendaProblem('It ends before it begins.');
    const endAt = lasts === 0 ? null : end.isDate ? lastMinute(end) : platformTime(end, timeZone);
    let words = this.#words.get(component);
    if (!words) this.#words.set(component, (words = this.#wordsOf(component)));
    return { uid, key, ...words, startAt, endAt };
  }

  #wordsOf(component: ICAL.Component): Words {
    const title = said(textOf(component, 'summary')) || said(textOf(component, 'location'));
    if (!title) throw new AgendaProblem('It has neither a title nor a place.');
    const { placeLabel, base } = this.options;
    // HTML too may bring control characters along, written as `&#27;`.
    const body = withoutControls(bodyOf(component, placeLabel, base)) || title;
    const address = textOf(component, 'url');
    return { title, body, link: address ? webAddress(address) : null };
  }
}

function componentOf({ raw, calendar }: Entry): ICAL.Component {
  const component = new ICAL.Component(raw.jcal, calendar);
  if (!component.hasProperty('dtstart')) throw new AgendaProblem('It does not say when it begins.');
  return component;
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
  const instant = local ? instantOf(wallOf(time), timeZone) : time.toUnixTime() * 1000;
  const isThere = time.year >= FIRST_YEAR && !Number.isNaN(instant);
  const wall = isThere ? (local ? shownTime(wallOf(time), timeZone) : wallTime(instant, timeZone)) : '';
  if (!/^\d{4}-/.test(wall)) throw new AgendaProblem(`The platform has no such date: ${time.toString()}.`);
  return wall;
}
