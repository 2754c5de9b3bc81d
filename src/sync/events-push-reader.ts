import ICAL from 'ical.js';

import { wallTime } from '../domain/platform-time.js';
import type { AgendaEvent, AgendaOptions, Unreadable } from './events-push-event.js';
import { currentOf, titleIn, type Entry, type Group } from './events-push-groups.js';
import { AgendaProblem, Budget, NOT_AS_ASKED } from './events-push-limits.js';
import { dayOf, isDayOnly, isSeries, localTo, timesOf, within } from './events-push-series.js';
import type { RawComponent } from './events-push-text.js';
import { textOf, wordsOf, type Words } from './events-push-words.js';
import { instantOf, shownTime, wallOf } from './events-push-zones.js';

/** The platform writes years in four digits. */
const FIRST_YEAR = 1000;

/** What an event of the file cannot be brought to the platform for. */
export function unreadable(uid: string | null, raw: RawComponent, cause: unknown): Unreadable {
  const line = (cause instanceof AgendaProblem ? cause.line : undefined) ?? raw.line;
  // What a library says of itself helps nobody who keeps an agenda.
  const message = cause instanceof AgendaProblem ? cause.message : NOT_AS_ASKED;
  return { uid, title: titleIn(raw), line, message };
}

const isPublic = (component: ICAL.Component): boolean =>
  !/^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(component, 'class')) && !/^CANCELLED$/i.test(textOf(component, 'status'));

/** One time at which something takes place; which it is on the platform, and how to say it. */
interface Slot {
  readonly entry: Entry;
  readonly key: string;
  /** The day, where it is one of a series or could be. */
  readonly day: string;
  /** Null where the public is told nothing of it. */
  readonly make: (() => AgendaEvent) | null;
}

/** What came of the events of one UID. */
interface Reading {
  readonly events: readonly AgendaEvent[];
  readonly problems: readonly Unreadable[];
  /** Whether one of them is a series of the public's. */
  readonly isSeries: boolean;
}

/** Makes events for the platform out of those of one agenda. */
export class EventReader {
  readonly #budget = new Budget();

  constructor(
    readonly options: AgendaOptions,
    readonly onWarning: (sentence: string) => void,
  ) {}

  /** What cannot be brought to the platform of one UID does not keep the others from it, unless they belong together. */
  read(uid: string, group: Group): Reading {
    this.#budget.next();
    return new GroupReader(uid, currentOf(group, this.onWarning), this.options, this.#budget).read();
  }
}

/** The events of one UID. */
class GroupReader {
  readonly #problems = new Map<Entry, Unreadable>();
  /** By the moment at which each would take place if nobody had moved it. */
  readonly #slots = new Map<number, Slot[]>();
  /** How often each key was asked for. */
  readonly #keys = new Map<string, number>();
  /** What a series says is worked out once. */
  readonly #words = new Map<ICAL.Component, Words>();
  #days: Map<string, number> | undefined;
  /** Whether what takes place does so all day. */
  #isOfDays = false;

  constructor(
    readonly uid: string,
    readonly group: Group,
    readonly options: AgendaOptions,
    readonly budget: Budget,
  ) {}

  read(): Reading {
    const { masters, overrides } = this.group;
    const [own, others] = [this.#componentsOf(masters), this.#componentsOf(overrides)];
    const series = [...own].filter(([, component]) => isSeries(component));
    // Which occurrence, or what else it is that cannot be read, nobody can say.
    const isHeld = masters.some((entry) => this.#problems.has(entry)) && (series.length > 0 || overrides.length > 0);
    if (isHeld) return { events: [], problems: [...this.#problems.values()], isSeries: false };
    const ranges = [...others.values()].filter((each) => each.getFirstProperty('recurrence-id')?.getParameter('range'));
    for (const [entry, component] of own)
      this.#attempt(entry, () =>
        isSeries(component) ? this.#addSeries(entry, component, ranges) : this.#addSingle(entry, component),
      );
    if (masters.every((entry) => !this.#problems.has(entry))) {
      const [master] = [...series, ...own].map(([, component]) => component);
      for (const entry of overrides) this.#attempt(entry, () => this.#override(entry, others.get(entry), master));
    }
    const events = this.#make();
    const [first] = series;
    if (first) this.#attempt(first[0], () => this.budget.spend(events.map(({ body }) => body.length)));
    const isWhole = !first || !this.#problems.has(first[0]);
    return {
      events: isWhole ? events : [],
      problems: [...this.#problems.values()],
      isSeries: isWhole && series.some(([, component]) => isPublic(component)),
    };
  }

  #attempt<T>(entry: Entry, work: () => T): T | undefined {
    try {
      return work();
    } catch (cause) {
      if (!this.#problems.has(entry)) this.#problems.set(entry, unreadable(this.uid, entry.raw, cause));
      return undefined;
    }
  }

  #componentsOf(entries: readonly Entry[]): Map<Entry, ICAL.Component> {
    const found = new Map<Entry, ICAL.Component>();
    for (const entry of entries) {
      const component = this.#attempt(entry, () => componentOf(entry));
      if (component) found.set(entry, component);
    }
    return found;
  }

  /** A key that no other has, however many have the same UID and start. */
  #keyOf(wanted: string): string {
    const times = (this.#keys.get(wanted) ?? 0) + 1;
    this.#keys.set(wanted, times);
    return times === 1 ? wanted : `${wanted} (${times})`;
  }

  #add(moment: number, slot: Slot): void {
    const others = this.#slots.get(moment);
    if (others) others.push(slot);
    else this.#slots.set(moment, [slot]);
  }

  #addSingle(entry: Entry, component: ICAL.Component): void {
    const event = new ICAL.Event(component);
    const { uid } = this;
    const key = this.#keyOf(this.group.masters.length === 1 ? uid : `${uid} ${event.startDate.toString()}`);
    this.#add(event.startDate.toUnixTime(), {
      entry,
      key,
      day: dayOf(event.startDate, this.options.timeZone),
      make: isPublic(component) ? () => this.#eventOf(key, event, event.startDate, event.endDate) : null,
    });
  }

  #addSeries(entry: Entry, component: ICAL.Component, ranges: ICAL.Component[]): void {
    const event = new ICAL.Event(component, { exceptions: ranges });
    this.#isOfDays ||= event.startDate.isDate;
    for (const { time, end } of timesOf(event, this.options, this.budget)) {
      const key = this.#keyOf(`${this.uid} ${time.toString()}`);
      const { item, startDate, endDate } = event.getOccurrenceDetails(time);
      this.#add(time.toUnixTime(), {
        entry,
        key,
        day: time.toString().slice(0, 10),
        make: isPublic(item.component) ? () => this.#eventOf(key, item, startDate, end ?? endDate) : null,
      });
    }
  }

  /** An occurrence that was moved has its own place, also one that the rule does not know. */
  #override(entry: Entry, component: ICAL.Component | undefined, master: ICAL.Component | undefined): void {
    const replaced = recurrenceIdOf(component ?? rawComponentOf(entry));
    const moment = this.#momentOf(replaced);
    const [slot, ...rest] = this.#slots.get(moment) ?? [];
    if (slot) this.#slots.set(moment, rest);
    // What cannot be read stays as it is, and is not published as if nobody had changed it.
    if (!component) return;
    const event = new ICAL.Event(component);
    const due = slot || !master || within(event.startDate.toUnixTime() * 1000, this.options);
    if (!due || (master && !isPublic(master)) || !isPublic(component)) return;
    const key = slot?.key ?? this.#keyOf(`${this.uid} ${localTo(master, replaced).toString()}`);
    const make = (): AgendaEvent => this.#eventOf(key, event, event.startDate, event.endDate);
    this.#add(NaN, { entry, key, day: '', make });
  }

  /** Some agendas name an occurrence by its day. */
  #momentOf(time: ICAL.Time): number {
    const moment = time.toUnixTime();
    if (this.#slots.has(moment)) return moment;
    if (!isDayOnly(time) && !this.#isOfDays) return moment;
    this.#days ??= new Map([...this.#slots].map(([each, [slot]]) => [slot?.day ?? '', each]));
    return this.#days.get(dayOf(time, this.options.timeZone)) ?? moment;
  }

  #make(): AgendaEvent[] {
    const made: { readonly entry: Entry; readonly event: AgendaEvent }[] = [];
    for (const slots of this.#slots.values())
      for (const { entry, make } of slots) {
        const event = make && !this.#problems.has(entry) && this.#attempt(entry, make);
        if (event) made.push({ entry, event });
      }
    return made.filter(({ entry }) => !this.#problems.has(entry)).map(({ event }) => event);
  }

  #eventOf(key: string, { component }: ICAL.Event, start: ICAL.Time, end: ICAL.Time): AgendaEvent {
    const { timeZone, placeLabel, base } = this.options;
    const startAt = platformTime(start, timeZone);
    const lasts = end.compare(start);
    if (lasts < 0) throw new AgendaProblem('It ends before it begins.');
    const isOfDays = end.isDate || lasts === 0 || (isAllDay(component) && isDayOnly(start) && isDayOnly(end));
    const last = lasts === 0 ? (start.isDate ? dayAfter(start) : null) : end;
    const endAt = last && (isOfDays ? lastMinute(last) : platformTime(last, timeZone));
    let words = this.#words.get(component);
    if (!words) this.#words.set(component, (words = wordsOf(component, placeLabel, base)));
    return { uid: this.uid, key, ...words, startAt, endAt };
  }
}

const rawComponentOf = ({ raw, calendar }: Entry): ICAL.Component => new ICAL.Component(raw.jcal, calendar);

function componentOf(entry: Entry): ICAL.Component {
  if (entry.raw.problem) throw entry.raw.problem;
  const component = rawComponentOf(entry);
  if (!component.hasProperty('dtstart')) throw new AgendaProblem('It does not say when it begins.');
  return component;
}

/** Outlook may write whole days from midnight to midnight, and says so elsewhere. */
const isAllDay = (component: ICAL.Component): boolean =>
  /^TRUE$/i.test(textOf(component, 'x-microsoft-cdo-alldayevent'));

const recurrenceIdOf = (component: ICAL.Component): ICAL.Time =>
  component.getFirstPropertyValue('recurrence-id') as ICAL.Time;

function dayAfter(day: ICAL.Time): ICAL.Time {
  const next = day.clone();
  next.adjust(1, 0, 0, 0);
  return next;
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
