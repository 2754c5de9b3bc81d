import ICAL from 'ical.js';

import { textOf } from '../html.js';
import type { StoredRecord } from '../records.js';
import { wordsOf } from '../words.js';
import { known, type Format, type Subject } from './format.js';

/**
 * iCalendar (RFC 5545, with the properties of calendars of RFC 7986). Times are in UTC, which needs no table of zones.
 * Steps are entries too: they say when people can take part. What is gone stays as a cancelled entry, which takes it out
 * of the calendars that have it.
 */
export const calendar: Format = {
  extension: 'ics',
  mediaType: 'text/calendar',
  kinds: ['events', 'steps'],
  async write(records, sink, subject) {
    const { title, platform, licence, lang, timeZone, lastChange } = subject;
    const words = wordsOf(lang);
    const whole = new ICAL.Component('vcalendar');
    whole.addPropertyWithValue('version', '2.0');
    whole.addPropertyWithValue('prodid', '-//Cap Widgets//sync//FR');
    whole.addPropertyWithValue('name', title);
    whole.addPropertyWithValue('x-wr-calname', title);
    whole.addPropertyWithValue('x-wr-timezone', timeZone);
    whole.addPropertyWithValue(
      'description',
      `${words.source}${words.colon}${platform} – ${words.licence}${words.colon}${[licence.title, licence.path].join(' ').trim()}`,
    );
    whole.addPropertyWithValue('url', platform);
    if (lastChange) whole.addPropertyWithValue('last-modified', time(lastChange));
    const [head = '', end = ''] = whole.toString().split(/(?=END:VCALENDAR)/);
    await sink.write(head);
    for await (const record of records) {
      const entry = entryOf(record, subject);
      if (entry) await sink.write(`${entry.toString()}\r\n`);
    }
    await sink.write(`${end}\r\n`);
  },
};

/** Text without the signs that the format forbids, or that some programs take for the end of a line. */
const writable = (text: string): string => text.replace(/[\u2028\u2029]/g, ' ').replace(/[^\P{Cc}\t\n]/gu, '');

const time = (date: string): ICAL.Time => ICAL.Time.fromJSDate(new Date(date), true);

/** An object as an entry of a calendar; null where it has no date. */
function entryOf(record: StoredRecord, subject: Subject): ICAL.Component | null {
  const { id, deleted, startAt, endAt } = record;
  if (typeof startAt !== 'string') return null;
  const entry = new ICAL.Component('vevent');
  const add = (name: string, value: unknown): void => {
    if (value != null && value !== '')
      entry.addPropertyWithValue(name, typeof value === 'string' ? writable(value) : value);
  };
  add('uid', `${id}@${new URL(subject.platform).host}`);
  add('dtstart', time(startAt));
  // An end that does not come after its start is no end to a calendar.
  if (typeof endAt === 'string' && Date.parse(endAt) > Date.parse(startAt)) add('dtend', time(endAt));
  if (deleted) {
    add('dtstamp', time(String(record.deletedAt)));
    add('status', 'CANCELLED');
    return entry;
  }
  const object = known(subject.kind, record);
  if (object.kind === 'events') {
    const { title, html, url, link, place, createdAt, updatedAt } = object.record;
    add('dtstamp', time(updatedAt ?? createdAt));
    add('created', time(createdAt));
    add('last-modified', updatedAt && time(updatedAt));
    add('summary', title);
    add('description', [textOf(html), link].filter(Boolean).join('\n\n'));
    add('location', place?.address);
    if (place) add('geo', [place.lat, place.lng]);
    add('url', url);
  } else if (object.kind === 'steps') {
    const { title, projectTitle, url } = object.record;
    // The platform does not say when a step was written. A time that never changes keeps the file the same.
    add('dtstamp', time(startAt));
    add('summary', `${projectTitle} – ${title}`);
    add('url', url);
    add('transp', 'TRANSPARENT');
  }
  add('status', 'CONFIRMED');
  return entry;
}
