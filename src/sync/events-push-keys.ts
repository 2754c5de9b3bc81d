import type { Agenda, AgendaEvent } from './events-push-event.js';
import type { Pushed, PushState } from './events-push-state.js';

type Known = Pick<Pushed, 'uid' | 'title' | 'startAt'>;

/** What two have in common of which one is the other under a new key, from what says most to what says least. */
const LIKENESSES: readonly ((event: Known, isSingle: boolean) => string | null)[] = [
  ({ uid, title, startAt }) => JSON.stringify([uid, startAt, title]),
  ({ uid, startAt }) => JSON.stringify([uid, startAt]),
  // One of several events with the same UID that was moved. Of a series, one that is new would take the place of one called off.
  ({ uid, title }, isSingle) => (isSingle ? JSON.stringify([uid, title]) : null),
  // Some programs make up new UIDs each time.
  ({ title, startAt }) => JSON.stringify([title, startAt]),
];

/**
 * Finds out which events of the state are in the agenda under another key, so that they stay on the platform: another event
 * has come to have the same UID or has it no more, or a UID has changed.
 *
 * @returns Their new keys, by the old ones.
 */
export function newKeysOf(
  { events, problems, series }: Pick<Agenda, 'events' | 'problems' | 'series'>,
  pushed: PushState['events'],
): Map<string, string> {
  const found = new Map<string, string>();
  const wanted = new Set(events.map(({ key }) => key));
  const unread = new Set(problems.map(({ uid }) => uid));
  // Where a UID cannot be read, any of them may be that event.
  if (unread.has(null)) return found;
  let gone = [...pushed].filter(([key, { uid }]) => !wanted.has(key) && !unread.has(uid));
  let come: readonly AgendaEvent[] = gone.length ? events.filter(({ key }) => !pushed.has(key)) : [];
  for (const likeness of LIKENESSES) {
    const free = new Map<string, string[]>();
    const of = (event: Known): string => likeness(event, !series.has(event.uid)) ?? '';
    // From the last one back: the first is the next to be taken.
    for (const [key, event] of [...gone].reverse()) {
      const alike = free.get(of(event));
      if (alike) alike.push(key);
      else free.set(of(event), [key]);
    }
    free.delete('');
    come = come.filter((event) => {
      const old = free.get(of(event))?.pop();
      if (old !== undefined) found.set(old, event.key);
      return old === undefined;
    });
    gone = gone.filter(([key]) => !found.has(key));
  }
  return found;
}

/** The same state under the new keys. */
export function withNewKeys(
  events: PushState['events'],
  agenda: Agenda,
): { readonly events: PushState['events']; readonly isChanged: boolean } {
  const keys = newKeysOf(agenda, events);
  const uids = new Map(agenda.events.map(({ key, uid }) => [key, uid]));
  const renamed = [...events].map(([key, pushed]): [string, Pushed] => {
    const now = keys.get(key) ?? key;
    return [now, { ...pushed, uid: uids.get(now) ?? pushed.uid }];
  });
  return { events: new Map(renamed), isChanged: keys.size > 0 };
}
