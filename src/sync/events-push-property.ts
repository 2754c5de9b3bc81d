import ICAL from 'ical.js';

import { decodeAgenda } from './events-push-encoding.js';
import { AgendaProblem, LIMITS } from './events-push-limits.js';
import { CHECKS } from './events-push-values.js';

/** A property as `ICAL.Component` takes it. */
export type JcalProperty = [name: string, parameters: Record<string, unknown>, type: string, ...values: unknown[]];

/** Types whose values are texts, whatever they mean. */
const TEXT = /^(text|uri|cal-address|unknown)$/;
const DATE = /^date(-time)?$/;
const DATE_OR_PERIOD = /^(date|date-time|period)$/;
const RULE = /^recur$/;
const OFFSET = /^utc-offset$/;

/** What is read of events and zones, and of which types it may be. All else may say what it likes. */
const WANTED = new Map([
  ...[
    ...['uid', 'summary', 'description', 'x-alt-desc', 'location', 'url', 'class', 'status', 'tzid'],
    ...['x-lic-location', 'x-wr-timezone', 'timezone-id', 'x-microsoft-cdo-alldayevent'],
  ].map((name) => [name, TEXT] as const),
  ...['dtstart', 'dtend', 'recurrence-id', 'exdate'].map((name) => [name, DATE] as const),
  ['rdate', DATE_OR_PERIOD],
  ['duration', /^duration$/],
  ['rrule', RULE],
  ['exrule', RULE],
  ['sequence', /^integer$/],
  ['tzoffsetfrom', OFFSET],
  ['tzoffsetto', OFFSET],
]);

/** What people write over several lines. */
const WORDS = /^(?:SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|X-ALT-DESC)$/;
const NAME = /^([\w-]+)[;:]/;
/** A name and its parameters; in quotation marks they may hold any sign. */
const HEAD = /^[^":]*(?:"[^"]*"[^":]*)*:/;
/** Where the value has no colon, the last one is that in front of it: zones have one in their name, also without quotation marks. */
const DATES = /^[\w-]+((?:;[^]*)?):([^:]*)$/;
const ZONE = /;TZID=(?:"([^"]*)"|(.*?)(?=;[\w-]+=|$))/i;

/** The names that the format has. */
const PROPERTIES = ICAL.design.icalendar.property as Readonly<Record<string, unknown>>;

/** The name that a line begins with, as it is written. */
export const nameOn = (content: string): string | undefined => NAME.exec(content)?.[1];

/**
 * Whether a line is the rest of a text that was broken without being folded, though it begins as a property does:
 * “Horaires: 18h”, “https://…”.
 *
 * @param before - The name on the line before it.
 */
export const isRest = (name: string, before: string | undefined): boolean =>
  before !== undefined &&
  WORDS.test(before) &&
  !/^X-/i.test(name) &&
  (name !== name.toUpperCase() || !Object.hasOwn(PROPERTIES, name.toLowerCase()));

/**
 * Reads a line of an event or a zone.
 *
 * @param before - The name on the line before it.
 * @returns Nothing of what is not read; of a list of dates, a property for each.
 * @throws {AgendaProblem} When it cannot be understood.
 */
export function propertiesOn(content: string, before: string | undefined, isTooLong: boolean): JcalProperty[] {
  const written = nameOn(content);
  if (written === undefined || isRest(written, before))
    throw new AgendaProblem('This line is neither a property nor the rest of one.');
  const name = written.toLowerCase();
  const types = WANTED.get(name);
  if (!types) return [];
  const head = isTooLong ? '' : (HEAD.exec(content)?.[0] ?? '');
  if (isTooLong || head.length > LIMITS.parameters)
    throw new AgendaProblem(`${name.toUpperCase()} is longer than ${LIMITS.field} characters. Shorten it.`);
  if (types === DATE || types === DATE_OR_PERIOD) return dates(name, content, types);
  const value = content.slice(head.length);
  CHECKS[name]?.(value.trim());
  const property = parsed(types === TEXT ? decoded(head, value) : head + value.trim(), name);
  checkType(name, property[2], types);
  return [property];
}

function checkType(name: string, type: string, types: RegExp): void {
  if (!types.test(type))
    throw new AgendaProblem(`${name.toUpperCase()} cannot have VALUE=${type.toUpperCase().slice(0, 40)}.`);
}

function parsed(content: string, name: string): JcalProperty {
  try {
    return ICAL.parse.property(content) as JcalProperty;
  } catch (cause) {
    throw new AgendaProblem(`${name.toUpperCase()} is not written as the iCalendar format asks.`, undefined, { cause });
  }
}

/** Each by itself: some agendas have days and times in one list, and say of neither which it is. */
function dates(name: string, content: string, types: RegExp): JcalProperty[] {
  const [, head = '', values = ''] = DATES.exec(content) ?? [];
  const type = /;VALUE="?([\w-]+)/i.exec(head)?.[1];
  if (type !== undefined) checkType(name, type.toLowerCase(), types);
  const [, quoted, bare] = ZONE.exec(head) ?? [];
  const tzid = (quoted ?? bare ?? '').trim();
  const range = /;RANGE="?THISANDFUTURE\b/i.test(head);
  const parameters = { ...(tzid && { tzid }), ...(range && { range: 'THISANDFUTURE' }) };
  const listed = name === 'exdate' || name === 'rdate' ? values.split(',') : [values];
  return listed
    .map((each) => each.trim())
    .map((value): JcalProperty => {
      CHECKS[name]?.(value);
      if (!value.includes('/')) return [name, { ...parameters }, value.length > 8 ? 'date-time' : 'date', jcal(value)];
      const [start = '', end = ''] = value.split('/', 2);
      return [name, { ...parameters }, 'period', [jcal(start), /^[+-]?P/.test(end) ? end : jcal(end)]];
    });
}

/** A date as `ICAL.Component` takes it. */
const jcal = (value: string): string =>
  value.replace(/^(\d{4})(\d\d)(\d\d)/, '$1-$2-$3').replace(/T(\d\d)(\d\d)(\d\d)/, 'T$1:$2:$3');

/** Older programs write texts byte by byte, and say in which encoding. */
function decoded(head: string, value: string): string {
  const encoding = /;(?:ENCODING=)?"?(QUOTED-PRINTABLE|BASE64|B)\b"?(?=[;:])/i.exec(head)?.[1]?.toUpperCase();
  const rest = head.replace(
    /;(?:(?:ENCODING=)?"?(?:QUOTED-PRINTABLE|BASE64|B|8BIT|7BIT)"?|CHARSET="?[\w-]*"?)(?=[;:])/gi,
    '',
  );
  if (!encoding) return rest + value;
  const bytes = encoding === 'QUOTED-PRINTABLE' ? Buffer.from(quotedBytes(value)) : Buffer.from(value, 'base64');
  const charset = /;CHARSET="?([\w-]+)/i.exec(head)?.[1];
  const { text } = decodeAgenda(bytes, charset);
  return rest + text.replace(/\r\n?|\n/g, '\\n');
}

function quotedBytes(value: string): Uint8Array {
  const written = new TextEncoder().encode(value);
  const text = Buffer.from(written).toString('latin1');
  return Buffer.from(
    text.replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  );
}
