import type { Messages } from '../../messages.js';
import type { projectCard as french } from '../fr/project-card.js';
import { common } from './common.js';

export const projectCard: Messages<keyof typeof french> = {
  ...common,
  'status.archived': 'Archived',
  'status.upcoming': 'Coming soon',
  'status.ended': 'Ended',
  'status.last-hour': 'Less than an hour left',
  'status.hours': { one: '{count} hour left', other: '{count} hours left' },
  'status.days': { one: '{count} day left', other: '{count} days left' },
  'status.open': 'In progress',
  'status.participation': 'Open for participation',
  restricted: 'Restricted access',
  'step.from': 'from {date}',
  'step.until': 'until {date}',
  'step.ended': 'ended on {date}',
  themes: 'Themes',
  votes: { one: 'vote', other: 'votes' },
  'votes.online': { one: 'online vote', other: 'online votes' },
  'votes.paper': 'including {count} on paper',
  contributions: { one: 'contribution', other: 'contributions' },
  contributors: { one: 'participant', other: 'participants' },
  stale: 'Figures from {time}: the update failed.',
};
