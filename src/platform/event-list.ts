import { clock } from '../core/clock.js';
import { hasPassed, type AgendaEvent } from '../domain/event.js';
import type { ListPage } from '../domain/list-page.js';
import type { EventsWanted } from '../domain/wanted.js';
import { LONGEST_SEARCH, present, readStretch, search, type Stretch } from './connection.js';
import { eventList } from './documents/event-list.js';
import type { Platform } from './endpoints.js';
import { readEvent } from './event.js';
import type { ReadOptions } from './loader.js';
import { guardPages } from './paging.js';
import { plainTexts } from './texts.js';

/** Entries to a stretch that is looked through here. */
const STRETCH = 100;

/** How long ago an event may have begun that is still looked for: in milliseconds, a year. */
const LONGEST_EVENT = 366 * 86_400_000;

/** Reads a page of events: what is to come in the order of its beginning, all else in the reverse. */
export async function readEvents(
  platform: Platform,
  { project, when }: EventsWanted,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<ListPage<AgendaEvent>> {
  const { settings } = platform;
  const page =
    settings.access === 'session'
      ? await (
          await import('./session-event-list.js')
        ).readSessionEvents(platform, { project, when }, first, after, options)
      : when === 'all'
        ? await readStretchOf(platform, project, first, after, options)
        : await (when === 'past' ? readPast : readUpcoming)(platform, project, first, after, options);
  return { ...page, items: await plainTexts(page.items) };
}

const readPast = (
  platform: Platform,
  project: string,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<ListPage<AgendaEvent>> =>
  search(
    (from) => readStretchOf(platform, project, STRETCH, from, options),
    (event) => hasPassed(event, clock.now()),
    first,
    after,
  );

/**
 * The preview schema lists what begins last first, and cannot leave out what is over: everything to come is read, to
 * know what comes next. Where the list goes on is a place in time.
 */
async function readUpcoming(
  platform: Platform,
  project: string,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<ListPage<AgendaEvent>> {
  const now = clock.now();
  const found: AgendaEvent[] = [];
  let next: string | null = null;
  const onward = guardPages();
  for (let stretches = 0; stretches < LONGEST_SEARCH; stretches++) {
    const stretch: Stretch<AgendaEvent> = await readStretchOf(platform, project, STRETCH, next, options);
    found.push(...stretch.items);
    next = onward(stretch.next);
    if (!next || (found.at(-1)?.startAt ?? now) < now - LONGEST_EVENT) break;
  }
  const upcoming = found
    .filter((event) => !hasPassed(event, now))
    .map((event) => ({ event, place: `${event.startAt} ${event.id}` }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const rest = upcoming.filter(({ place }) => !after || place > after);
  const page = rest.slice(0, first);
  return {
    items: page.map(({ event }) => event),
    total: upcoming.length,
    next: rest.length > page.length ? (page.at(-1)?.place ?? null) : null,
  };
}

const readStretchOf = async (
  platform: Platform,
  project: string,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<Stretch<AgendaEvent>> =>
  present(
    await platform
      .loader('public')
      .field(
        eventList,
        { first, after, project: project || null },
        (connection) => readStretch(connection, (node) => readEvent(node, platform.settings)),
        options,
      ),
  );
