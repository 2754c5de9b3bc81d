import type { ResultOf } from 'gql.tada';

import type { AgendaEvent } from '../domain/event.js';
import { instant, maybe, text, type Cursor } from './cursor.js';
import type { eventList } from './documents/event-list.js';
import type { Settings } from './settings.js';
import { webAddress } from './web-address.js';

type Node = NonNullable<NonNullable<NonNullable<ResultOf<typeof eventList>['events']['edges']>[number]>['node']>;

/** An event of either schema; null for one without a beginning. */
export function readEvent(node: Cursor<Node>, { platform, timeZone }: Settings): AgendaEvent | null {
  const range = node.at('timeRange');
  const startAt = maybe(range.at('startAt'), (at) => instant(at, timeZone));
  return startAt === null
    ? null
    : {
        id: text(node.at('id')),
        title: text(node.at('title')),
        url: webAddress(text(node.at('url')), platform) ?? platform,
        startAt,
        endAt: maybe(range.at('endAt'), (at) => instant(at, timeZone)),
        place: maybe(node.at('googleMapsAddress'), (address) => maybe(address.at('formatted'), text)),
      };
}
