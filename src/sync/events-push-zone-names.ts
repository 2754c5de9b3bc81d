import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana';

import { wallTime } from '../domain/platform-time.js';

const OFFSET = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?$/i;

/** Seconds ahead of UTC that a zone's name says, and nothing else: “UTC+1”, “GMT+02:00”. */
export function offsetIn(name: string): number | null {
  const [, sign, hours, minutes = '0'] = OFFSET.exec(name) ?? [];
  if (hours === undefined || Number(hours) > 14) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** Names that only half of a year goes by, for which the database has that of the whole. */
const SUMMERS: Readonly<Record<string, string>> = { CEST: 'CET', EEST: 'EET', MEST: 'MET', WEST: 'WET' };

/** The name in the IANA's database of a zone that an agenda names, however programs write it; null for one that nobody knows. */
export function ianaNameOf(name: string): string | null {
  const parts = name.split('/');
  // Some put the address of their own database in front of it.
  const ends = parts.map((_, place) => parts.slice(place).join('/').replace(/ /g, '_'));
  return ends.find(isZone) ?? SUMMERS[name.toUpperCase()] ?? microsoftName(name) ?? windowsName(name) ?? cityIn(name);
}

const isZone = (name: string): boolean => {
  try {
    return name !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** What Exchange calls `tzone://Microsoft/Utc`. */
const microsoftName = (name: string): string | null => (/^tzone:\/\/Microsoft\/Utc$/i.test(name) ? 'UTC' : null);

let windows: ReadonlyMap<string, string> | undefined;

/** By the table of Unicode's CLDR. */
function windowsName(name: string): string | null {
  windows ??= new Map(WINDOWS_TO_IANA_MAP.map(({ windowsName: each }) => [each.toLowerCase(), each]));
  const stem = name
    .replace(/^\([^)]*\)\s*/, '')
    .replace(/\s*\([^)]*\)$/, '')
    .replace(/ (?:(?:Standard|Daylight|Summer) )?Time$/i, '');
  const known = windows.get(name.toLowerCase()) ?? windows.get(`${stem} standard time`.toLowerCase());
  return known === undefined ? null : (findIana(known)[0] ?? null);
}

let cities: ReadonlyMap<string, string> | undefined;

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/[ _-]+/g, ' ')
    .toLowerCase();

/** Outlook names a zone by its cities: “(UTC+01:00) Brussels, Copenhagen, Madrid, Paris”. One that is known names it. */
function cityIn(name: string): string | null {
  cities ??= new Map(Intl.supportedValuesOf('timeZone').map((zone) => [plain(zone.replace(/^.*\//, '')), zone]));
  const [, distance, list = ''] = /^(?:\((?:UTC|GMT)\s*([+-]\d\d:?\d\d)?\)\s*)?(.*)$/i.exec(name) ?? [];
  const found = list.split(/[,;/]/).flatMap((city) => cities?.get(plain(city)) ?? []);
  const offset = distance === undefined ? null : offsetIn(distance);
  return found.find((zone) => offset === null || offset === winterOffset(zone)) ?? null;
}

/** Seconds by which a zone is ahead of UTC when it does not save daylight. */
function winterOffset(zone: string): number {
  const offsets = [0, 6].map((month) => {
    const instant = Date.UTC(2026, month, 1);
    return (Date.parse(`${wallTime(instant, zone).replace(' ', 'T')}Z`) - instant) / 1000;
  });
  return Math.min(...offsets);
}
