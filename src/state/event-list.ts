import type { AgendaEvent } from '../domain/event.js';
import { readEvents, type EventsWanted } from '../platform/event-list.js';
import type { ListWish } from './pages.js';
import type { Runtime } from './runtime.js';

/** The events that a list asks for. */
export const eventsOf = (
  runtime: Runtime,
  wanted: EventsWanted,
  first: number,
  lang: string,
): ListWish<AgendaEvent> => ({
  runtime,
  key: `events ${lang} ${JSON.stringify(wanted)}`,
  first,
  read: (platform, count, after, signal) => readEvents(platform, wanted, count, after, { lang, signal }),
});
