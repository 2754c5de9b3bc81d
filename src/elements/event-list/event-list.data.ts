import type { AgendaEvent } from '../../domain/event.js';
import { describe } from '../../ui/structured-data.js';

const written = (instant: number): string => new Date(instant).toISOString();

/** Describes events to search engines. */
export const describeEvents = (owner: object, events: readonly AgendaEvent[]): void =>
  describe(
    owner,
    events.map(({ title, url, startAt, endAt, place }) => ({
      '@type': 'Event',
      '@id': url,
      name: title,
      url,
      startDate: written(startAt),
      endDate: endAt === null ? undefined : written(endAt),
      location: place === null ? undefined : { '@type': 'Place', name: place, address: place },
    })),
  );
