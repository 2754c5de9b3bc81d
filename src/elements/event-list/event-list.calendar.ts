/** The calendar file of an event. Loaded when a visitor asks for one. */
import { clock } from '../../core/clock.js';
import { dayOf, isWholeDays, type AgendaEvent } from '../../domain/event.js';
import { newElement } from '../../page/document.js';

/** Milliseconds for which the browser may take to fetch the file out of the page's memory. */
const KEPT = 60_000;

/** Octets of a line, without its end. */
const LONGEST_LINE = 75;

/** Gives the visitor's browser the calendar file of an event. */
export function downloadCalendar(event: AgendaEvent, zone?: string): void {
  const url = URL.createObjectURL(new Blob([calendarOf(event, clock.now(), zone)], { type: 'text/calendar' }));
  const link = newElement('a');
  link.href = url;
  link.download = `${fileName(event.title)}.ics`;
  link.click();
  clock.after(KEPT, () => URL.revokeObjectURL(url));
}

/** An event in the iCalendar format, RFC 5545. Times are in UTC, which every calendar turns into its own zone. */
export function calendarOf(event: AgendaEvent, now: number, zone?: string): string {
  const { id, title, url, place } = event;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Cap Widgets//cap-event-list//FR',
    'BEGIN:VEVENT',
    `UID:${escape(`${id}@${new URL(url).hostname}`)}`,
    `DTSTAMP:${utc(now)}`,
    ...(isWholeDays(event, zone) ? wholeDays(event, zone) : times(event)),
    `SUMMARY:${escape(title)}`,
    ...(place ? [`LOCATION:${escape(place)}`] : []),
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  return lines.map(fold).join('\r\n');
}

const compact = (date: string): string => date.replace(/[-:]|\.\d+/g, '');

const utc = (instant: number): string => compact(new Date(instant).toISOString());

const times = ({ startAt, endAt }: AgendaEvent): string[] => [
  `DTSTART:${utc(startAt)}`,
  // An end that does not come after the beginning is none to a calendar.
  ...(endAt !== null && endAt > startAt ? [`DTEND:${utc(endAt)}`] : []),
];

/** Days have no zone, and the last one is the first that no longer counts. */
function wholeDays({ startAt, endAt }: AgendaEvent, zone?: string): string[] {
  const first = dayOf(startAt, zone);
  // The last minute of a day belongs to it, midnight to the next one.
  const behind = endAt === null ? first : dayOf(endAt + 60_000, zone);
  return [`DTSTART;VALUE=DATE:${compact(first)}`, ...(behind > first ? [`DTEND;VALUE=DATE:${compact(behind)}`] : [])];
}

const escape = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, '\\n');

/** Breaks a line between characters, never inside one. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let length = 0;
  for (const character of line) {
    const octets = encoder.encode(character).length;
    if (length + octets > LONGEST_LINE) {
      folded += '\r\n ';
      length = 1;
    }
    folded += character;
    length += octets;
  }
  return folded;
}

const fileName = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'agenda';
