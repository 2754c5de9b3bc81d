import type { AgendaEvent } from '../domain/event.js';
import type { EventsWanted } from '../domain/wanted.js';
import { present, readStretch, type Stretch } from './connection.js';
import { eventList } from './documents/session-event-list.js';
import type { Platform } from './endpoints.js';
import { readEvent } from './event.js';
import type { ReadOptions } from './loader.js';

/** What the platform itself takes for future: what has not ended. */
const FUTURE = { upcoming: true, past: false, all: null } as const;

/** Some of the events that this visitor may see. */
export const readSessionEvents = async (
  platform: Platform,
  { project, when }: EventsWanted,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<Stretch<AgendaEvent>> =>
  present(
    await platform.loader('session').field(
      eventList,
      {
        first,
        after,
        project: project || null,
        future: FUTURE[when],
        direction: when === 'upcoming' ? 'ASC' : 'DESC',
      },
      (connection) => readStretch(connection, (node) => readEvent(node, platform.settings)),
      options,
    ),
  );
