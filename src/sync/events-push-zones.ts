import ICAL from 'ical.js';

import { cached } from '../core/cached.js';
import { parsePlatformTime, wallTime } from '../domain/platform-time.js';
import { AgendaProblem, Budget, LIMITS } from './events-push-limits.js';
import { CountedIterator } from './events-push-rule.js';
import type { RawComponent } from './events-push-text.js';
import { ianaNameOf, offsetIn } from './events-push-zone-names.js';

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

/** A zone that is nothing but its distance from UTC. */
class FixedZone extends ICAL.Timezone {
  readonly #seconds: number;

  constructor(name: string, seconds: number) {
    super({ tzid: name });
    this.#seconds = seconds;
  }

  override utcOffset(): number {
    return this.#seconds;
  }
}

/**
 * A calendar as its events see it: the zones that they name. It does not hold the events themselves: whatever is made of an
 * event would look through all of them.
 */
export class CalendarZones extends ICAL.Component {
  readonly #described: ReadonlyMap<string, RawComponent>;
  readonly #known = new Map<string, ICAL.Timezone | AgendaProblem>();
  /** The zone of times that name none. */
  readonly floating: string;
  /** What there is to say of it. */
  readonly doubt: string | null;

  /**
   * @param own - The zone that the calendar says is its own, if it does.
   * @param around - The zone to take where it does not.
   */
  constructor(zones: readonly RawComponent[], own: string, around: string) {
    super('vcalendar');
    // Of two with the same name the first counts.
    this.#described = new Map([...zones].reverse().map((zone) => [plainName(zoneValue(zone, 'tzid')), zone]));
    const isKnown = own !== '' && !(this.#zone(own) instanceof AgendaProblem);
    this.floating = isKnown ? own : around;
    this.doubt =
      own === '' || isKnown
        ? null
        : `Its X-WR-TIMEZONE “${own.slice(0, 100)}” is not known: times without a zone are taken for those of ${around}.`;
  }

  /** @throws {AgendaProblem} When nobody knows the zone. */
  override getTimeZoneByID(name: string): ICAL.Timezone {
    const zone = this.#zone(name);
    if (zone instanceof AgendaProblem) throw zone;
    return zone;
  }

  /** Gives each time of an event that names no zone the one it is meant in: that of its beginning, or the calendar's own. */
  locate({ jcal: [, properties] }: RawComponent): void {
    const start = properties.find(([name]) => name === 'dtstart');
    const around = start && isUtc(start[3]) ? 'UTC' : (start?.[1]['tzid'] ?? this.floating);
    for (const [, parameters, type, ...values] of properties)
      if (/^(?:date-time|period)$/.test(type) && parameters['tzid'] === undefined && !values.flat().every(isUtc))
        parameters['tzid'] = around;
  }

  #zone(name: string): ICAL.Timezone | AgendaProblem {
    let zone = this.#known.get(name);
    if (!zone) this.#known.set(name, (zone = this.#find(plainName(name))));
    return zone;
  }

  /** What the file says of a zone counts more than its name, unless it is of no use. */
  #find(name: string): ICAL.Timezone | AgendaProblem {
    const raw = this.#described.get(name);
    const described = raw && fileZoneOf(name, raw);
    if (described instanceof ICAL.Timezone) return described;
    if (ICAL.TimezoneService.has(name)) return ICAL.TimezoneService.get(name);
    const seconds = offsetIn(name);
    if (seconds !== null) return new FixedZone(name, seconds);
    const known = ianaNameOf(name) ?? (raw && ianaNameOf(zoneValue(raw, 'x-lic-location')));
    if (known) return new NamedZone({ tzid: known });
    return (
      described ??
      new AgendaProblem(`The time zone “${name.slice(0, 100)}” is not known. Name one such as Europe/Paris.`)
    );
  }
}

const isUtc = (value: unknown): boolean => typeof value === 'string' && value.endsWith('Z');

/** Some programs put what is said into quotation marks twice. */
const plainName = (name: string): string =>
  name
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim();

function zoneValue({ jcal: [, properties] }: RawComponent, name: string): string {
  const value = properties.find(([each]) => each === name)?.[3];
  return typeof value === 'string' ? value : '';
}

function fileZoneOf(name: string, { jcal, problem, line }: RawComponent): ICAL.Timezone | AgendaProblem {
  try {
    if (problem) throw problem;
    const component = new ICAL.Component(jcal);
    checkChanges(component);
    checkHalves(component);
    return new FileZone({ component, tzid: name });
  } catch (cause) {
    const why = cause instanceof AgendaProblem ? cause.message : 'It cannot be understood.';
    return new AgendaProblem(`The time zone “${name.slice(0, 100)}” on line ${line} is of no use. ${why}`);
  }
}

/** A zone of which nothing is said would be taken for UTC. */
function checkHalves(zone: ICAL.Component): void {
  const halves = zone.getAllSubcomponents();
  const isWhole = (half: ICAL.Component): boolean =>
    ['dtstart', 'tzoffsetfrom', 'tzoffsetto'].every((name) => half.hasProperty(name));
  if (halves.length === 0 || !halves.every(isWhole)) throw new AgendaProblem('It does not say what its clock shows.');
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
