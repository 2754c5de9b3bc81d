import { write } from '../core/json.js';
import type { AgendaEvent } from '../domain/event.js';
import type { EventsWanted } from '../domain/wanted.js';
import { readEvents } from '../platform/event-list.js';
import type { ListWish } from './list-pages.js';
import type { Runtime } from './runtime.js';

/** The events that a list asks for. */
export const eventsOf = (
  runtime: Runtime,
  wanted: EventsWanted,
  first: number,
  lang: string,
): ListWish<AgendaEvent> => ({
  runtime,
  key: `events ${lang} ${write(wanted)}`,
  first,
  read: (platform, count, after, signal) => readEvents(platform, wanted, count, after, { lang, signal }),
});
