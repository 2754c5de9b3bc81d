import { createHash } from 'node:crypto';

import type { OwnEvent } from '../platform/agenda.js';
import { decodeEntities } from '../platform/entities.js';
import type { Agenda, AgendaEvent } from './events-push-event.js';
import type { Adding, Pushed, PushState } from './events-push-state.js';

/** One thing to do on the platform. */
export type PushAct =
  | { readonly act: 'add'; readonly event: AgendaEvent }
  /** `found`: nothing says who has written it, so it is not ours to delete later. */
  | { readonly act: 'change'; readonly event: AgendaEvent; readonly id: string; readonly found: boolean }
  | { readonly act: 'delete'; readonly key: string; readonly pushed: Pushed };

export interface PushPlan {
  readonly acts: readonly PushAct[];
  /** Events that are as the agenda has them. */
  readonly unchanged: number;
  /** Keys of what is gone from the agenda and stays on the platform, as somebody else may have written it. */
  readonly left: readonly string[];
  /** Events of the agenda that are on the platform before it is carried out, without those that are out of sight by now. */
  readonly current: number;
}

/** What an event says, in few characters. */
export const digestOf = ({ title, body, link, startAt, endAt }: AgendaEvent, locale: string): string =>
  createHash('sha256')
    .update(JSON.stringify([locale, title, body, link, startAt, endAt]))
    .digest('base64url');

/** Titles are compared as people read them: platforms keep some of their letters as HTML does. */
export const sameTitle = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (title: string): string => decodeEntities(title).normalize().replace(/\s+/g, ' ').trim();

const isAt = (event: OwnEvent, { title, startAt }: Pick<AgendaEvent, 'title' | 'startAt'>): boolean =>
  event.startAt === startAt && sameTitle(event.title, title);

/** Two events of which one stands for the other have the same. */
const placeOf = ({ title, startAt }: Pick<AgendaEvent, 'title' | 'startAt'>): string => `${startAt} ${plain(title)}`;

/**
 * The events that were about to be added when a run ended, and that are there.
 *
 * @returns By key, the ID of each; what is missing was not added, or is not in the platform's list yet.
 */
export function settle(adding: PushState['adding'], events: PushState['events'], own: readonly OwnEvent[]) {
  const free = freeOf(events, own);
  const settled = new Map<string, string>();
  for (const [key, tried] of adding) {
    const id = take(free, tried);
    if (id) settled.set(key, id);
  }
  return settled;
}

/** The account's events that stand for nothing of the agenda, by title and start, in the order of the platform. */
function freeOf(events: PushState['events'], own: readonly OwnEvent[]): Map<string, string[]> {
  const taken = new Set([...events.values()].map(({ id }) => id));
  const free = new Map<string, string[]>();
  // From the last one back: the first is the next to be taken.
  for (const event of [...own].reverse()) {
    if (taken.has(event.id)) continue;
    const place = placeOf(event);
    const alike = free.get(place);
    if (alike) alike.push(event.id);
    else free.set(place, [event.id]);
  }
  return free;
}

/** One of them, of this title and start: it stands for one event only. */
const take = (free: ReadonlyMap<string, string[]>, wanted: Pick<Adding, 'title' | 'startAt'>): string | undefined =>
  free.get(placeOf(wanted))?.pop();

/** What it takes for the platform to have the agenda: no event twice, and nobody else's touched. */
export function planOf(
  agenda: Pick<Agenda, 'events' | 'problems' | 'series'>,
  { events }: Pick<PushState, 'events'>,
  own: readonly OwnEvent[],
  { locale, since }: { readonly locale: string; readonly since: string },
): PushPlan {
  const listed = new Map(own.map((event) => [event.id, event]));
  const free = freeOf(events, own);
  const changes: PushAct[] = [];
  const adds: PushAct[] = [];
  let unchanged = 0;
  for (const event of agenda.events) {
    const pushed = events.get(event.key);
    if (pushed) {
      const there = listed.get(pushed.id);
      // Somebody may have moved it, or given it another name, or taken it away.
      const same = there && isAt(there, event) && there.endAt === event.endAt;
      if (same && pushed.digest === digestOf(event, locale)) unchanged++;
      else changes.push({ act: 'change', event, id: pushed.id, found: Boolean(pushed.found) });
    } else {
      const id = take(free, event);
      if (id) changes.push({ act: 'change', event, id, found: true });
      else adds.push({ act: 'add', event });
    }
  }
  const wanted = new Set(agenda.events.map(({ key }) => key));
  const unread = new Set(agenda.problems.map(({ uid }) => uid));
  // What a series had before the time that is looked at is no longer read, but it is not gone. And where a UID cannot be
  // read, it may be any.
  const isPast = ({ uid, startAt }: Pushed): boolean => agenda.series.has(uid) && startAt < since;
  const stays = (pushed: Pushed): boolean => unread.has(null) || unread.has(pushed.uid) || isPast(pushed);
  const gone = [...events].filter(([key, pushed]) => !wanted.has(key) && !stays(pushed));
  return {
    acts: [
      ...changes,
      ...adds,
      ...gone.flatMap(([key, pushed]): PushAct[] => (pushed.found ? [] : [{ act: 'delete', key, pushed }])),
    ],
    unchanged,
    left: gone.flatMap(([key, { found }]) => (found ? [key] : [])),
    current: [...events.values()].filter((pushed) => !isPast(pushed)).length,
  };
}
