import ICAL from 'ical.js';

import { cached } from '../core/cached.js';
import { parsePlatformTime, wallTime } from '../domain/platform-time.js';
import { AgendaProblem, Budget, LIMITS } from './events-push-limits.js';
import { CountedIterator } from './events-push-rule.js';
import type { RawComponent } from './events-push-text.js';

/** What a clock shows, whatever its zone. */
export const wallOf = (time: ICAL.Time): string =>
  `${time.toString().slice(0, 10)} ${time.isDate ? '00:00:00' : time.toString().slice(11, 19)}`;

const asUtc = (wall: string): number => Date.parse(`${wall.replace(' ', 'T')}Z`);

/** Milliseconds by which a clock is ahead of UTC all day; null on a day on which it changes. An agenda has few days. */
const offsetOn = (day: string, zone: string): number | null =>
  cached(`offset ${day} ${zone}`, () => {
    const [first, last] = [`${day} 00:00:00`, `${day} 23:59:59`].map(
      (wall) => asUtc(wall) - parsePlatformTime(wall, zone),
    );
    return first !== undefined && first === last ? first : null;
  });

/**
 * The instant at which a clock shows a time.
 *
 * @param wall - `YYYY-MM-DD HH:mm:ss`.
 * @returns Milliseconds since the epoch, or NaN when the text is no date.
 */
export function instantOf(wall: string, zone: string): number {
  const offset = offsetOn(wall.slice(0, 10), zone);
  return offset === null ? parsePlatformTime(wall, zone) : asUtc(wall) - offset;
}

/** A time as a clock shows it, also where it was given in an hour that a change of clocks leaves out. */
export const shownTime = (wall: string, zone: string): string =>
  offsetOn(wall.slice(0, 10), zone) === null ? wallTime(parsePlatformTime(wall, zone), zone) : wall;

/** A zone that the agenda names without saying what it is. */
class NamedZone extends ICAL.Timezone {
  override utcOffset(time: ICAL.Time): number {
    const wall = wallOf(time);
    return (asUtc(wall) - instantOf(wall, this.tzid)) / 1000;
  }
}

/** Years that are looked at one by one; the calendar repeats itself every 400. */
const LAST_YEAR = 2400;
const CYCLE = 400;

/** A zone that the agenda describes. */
class FileZone extends ICAL.Timezone {
  override utcOffset(time: ICAL.Time): number {
    const cycles = Math.ceil((time.year - LAST_YEAR) / CYCLE);
    if (cycles <= 0) return super.utcOffset(time);
    const alike = time.clone();
    alike.year -= cycles * CYCLE;
    return super.utcOffset(alike);
  }
}

const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/**
 * A calendar as its events see it: the zones that they name. It does not hold the events themselves: whatever is made of an
 * event would look through all of them.
 */
export class CalendarZones extends ICAL.Component {
  readonly #described: ReadonlyMap<string, RawComponent>;
  readonly #known = new Map<string, ICAL.Timezone | AgendaProblem>();

  constructor(zones: readonly RawComponent[]) {
    super('vcalendar');
    // Of two with the same name the first counts.
    this.#described = new Map([...zones].reverse().map((zone) => [nameOf(zone), zone]));
  }

  /** @throws {AgendaProblem} When nobody knows the zone. */
  override getTimeZoneByID(name: string): ICAL.Timezone {
    let zone = this.#known.get(name);
    if (!zone) this.#known.set(name, (zone = this.#find(name)));
    if (zone instanceof AgendaProblem) throw zone;
    return zone;
  }

  #find(name: string): ICAL.Timezone | AgendaProblem {
    const raw = this.#described.get(name);
    if (raw) return fileZoneOf(name, raw);
    if (ICAL.TimezoneService.has(name)) return ICAL.TimezoneService.get(name);
    const zone = isZone(name) ? name : (/[^/]+\/[^/]+$/.exec(name)?.[0] ?? '');
    return isZone(zone)
      ? new NamedZone({ tzid: zone })
      : new AgendaProblem(`The time zone “${name.slice(0, 100)}” is not known.`);
  }
}

function nameOf({ jcal: [, properties] }: RawComponent): string {
  const name = properties.find(([each]) => each === 'tzid')?.[3];
  return typeof name === 'string' ? name : '';
}

function fileZoneOf(name: string, { jcal, problem, line }: RawComponent): ICAL.Timezone | AgendaProblem {
  try {
    if (problem) throw problem;
    const component = new ICAL.Component(jcal);
    checkChanges(component);
    return new FileZone({ component, tzid: name });
  } catch (cause) {
    const why = cause instanceof AgendaProblem ? cause.message : 'It cannot be understood.';
    return new AgendaProblem(`The time zone “${name.slice(0, 100)}” on line ${line} is of no use. ${why}`);
  }
}

/** Makes sure that a zone changes its clock as seldom as zones do: all its changes are worked out before one is looked for. */
function checkChanges(zone: ICAL.Component): void {
  let changes = 0;
  for (const half of zone.getAllSubcomponents()) {
    changes += 1 + half.getAllProperties('rdate').length;
    const rule: unknown = half.getFirstPropertyValue('rrule');
    const start: unknown = half.getFirstPropertyValue('dtstart');
    if (rule instanceof ICAL.Recur && start instanceof ICAL.Time) {
      const budget = new Budget();
      const iterator = CountedIterator.of(rule.clone(), start, budget);
      // The library works out some years more than it is asked for.
      const isDue = (time: ICAL.Time | null): boolean => time !== null && time.year < LAST_YEAR + CYCLE;
      while (isDue(iterator.following()) && changes <= LIMITS.zoneChanges) changes++;
    }
    if (changes > LIMITS.zoneChanges) throw new AgendaProblem('It changes its clock too often.');
  }
}
