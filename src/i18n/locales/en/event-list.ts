import type { Messages } from '../../messages.js';
import type { eventList as french } from '../fr/event-list.js';
import { common } from './common.js';

export const eventList: Messages<keyof typeof french> = {
  ...common,
  count: { one: '{count} event', other: '{count} events' },
  'count.of': { one: '{count} event of {total} shown', other: '{count} events of {total} shown' },
  'count.shown': { one: '{count} event shown', other: '{count} events shown' },
  empty: 'No event for now.',
  more: 'Show more events',
  stale: 'List from {time}: the update failed.',
  'going-on': 'Going on now',
  'time.at': 'at {start}',
  'time.range': 'from {start} to {end}',
  'time.days': 'from {start} to {end}',
  'time.whole': 'all day',
  calendar: 'Add to my calendar',
  'calendar.of': 'Add to my calendar: {title}, {date} (iCalendar file)',
};
