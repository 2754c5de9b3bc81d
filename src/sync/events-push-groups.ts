import type { AgendaProblem } from './events-push-limits.js';
import type { RawAgenda, RawComponent } from './events-push-text.js';
import { CalendarZones } from './events-push-zones.js';
import { said } from './events-push-words.js';

/** An event of the file: one of its own, the first of a series, or an occurrence that differs from its series. */
export interface Entry {
  readonly raw: RawComponent;
  readonly calendar: CalendarZones;
}

/** All of the file that has one UID. */
export interface Group {
  /** What names no other event. There should be one. */
  readonly masters: Entry[];
  readonly overrides: Entry[];
}

/** The first value of a property, before anything is made of it. */
export function valueIn({ jcal: [, properties] }: RawComponent, name: string): string | number | undefined {
  const value = properties.find(([each]) => each === name)?.[3];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

export const titleIn = (raw: RawComponent): string =>
  said(String(valueIn(raw, 'summary') ?? valueIn(raw, 'location') ?? '')).slice(0, 100);

/** Where something stands in the agenda, for people. */
export const placeOf = (line: number, title: string): string => `Line ${line} of the agenda${title && ` (“${title}”)`}`;

/**
 * The events of a file by their UID, and those without one.
 *
 * @param timeZone - Of times that name none, where their calendar does not say otherwise.
 * @param onWarning - Is told of what is odd about a calendar.
 */
export function groupsIn(
  { calendars }: RawAgenda,
  timeZone: string,
  onWarning: (sentence: string) => void,
): { readonly groups: ReadonlyMap<string, Group>; readonly nameless: readonly Entry[] } {
  const groups = new Map<string, Group>();
  const nameless: Entry[] = [];
  for (const { events, zones, head } of calendars) {
    const own = String(valueIn(head, 'x-wr-timezone') ?? valueIn(head, 'timezone-id') ?? '').trim();
    const calendar = new CalendarZones(zones, own, timeZone);
    if (calendar.doubt) onWarning(calendar.doubt);
    for (const raw of events) {
      calendar.locate(raw);
      const uid = String(valueIn(raw, 'uid') ?? '').trim();
      const group = groups.get(uid) ?? { masters: [], overrides: [] };
      if (!uid) nameless.push({ raw, calendar });
      else groups.set(uid, group);
      group[valueIn(raw, 'recurrence-id') === undefined ? 'masters' : 'overrides'].push({ raw, calendar });
    }
  }
  return { groups, nameless };
}

/** What makes an event another one than those of the same UID. */
const OWN = /^(?:dtstart|rrule|rdate|summary|location)$/;

const sequenceOf = ({ raw }: Entry): number => Number(valueIn(raw, 'sequence') ?? 0) || 0;

/** Of each event the version that counts: the one of the highest SEQUENCE, and of those the last. The others are told. */
export function currentOf({ masters, overrides }: Group, onWarning: (sentence: string) => void): Group {
  if (masters.length < 2 && overrides.length < 2) return { masters, overrides };
  const newest = masters.reduce((most, entry) => Math.max(most, sequenceOf(entry)), 0);
  const isOld = (entry: Entry): boolean => !entry.raw.problem && sequenceOf(entry) < newest;
  for (const old of masters.filter(isOld))
    onWarning(
      `${saidOf(old)} is left out: another event has its UID and a higher SEQUENCE, which makes this one a former version. Give it a UID of its own if it is another event.`,
    );
  const found = {
    masters: lastOf(
      masters.filter((entry) => !isOld(entry)),
      (name) => OWN.test(name),
      onWarning,
    ),
    overrides: lastOf(overrides, (name) => name === 'recurrence-id', onWarning),
  };
  const [first, ...others] = found.masters.filter(({ raw }) => !raw.problem);
  for (const other of others)
    onWarning(
      `${saidOf(other)} has the UID of line ${first?.raw.line ?? 0}. Both are published, and told apart by their start: give each a UID of its own.`,
    );
  return found;
}

const saidOf = ({ raw }: Entry): string => placeOf(raw.line, titleIn(raw));

function lastOf(
  entries: readonly Entry[],
  isOwn: (name: string) => boolean,
  onWarning: (sentence: string) => void,
): Entry[] {
  const found = new Map<string | AgendaProblem, Entry>();
  for (const entry of entries) {
    const { jcal, problem } = entry.raw;
    // What cannot be read whole may be any.
    const key =
      problem ??
      jcal[1]
        .filter(([name]) => isOwn(name))
        .map((each) => JSON.stringify(each))
        .sort()
        .join();
    const other = found.get(key);
    if (other) onWarning(`${saidOf(entry)} is there more than once, with the same UID. It is published once.`);
    if (!other || sequenceOf(entry) >= sequenceOf(other)) found.set(key, entry);
  }
  return [...found.values()];
}
