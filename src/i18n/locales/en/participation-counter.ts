import type { Messages } from '../../messages.js';
import type { participationCounter as french } from '../fr/participation-counter.js';
import { common } from './common.js';

export const participationCounter: Messages<keyof typeof french> = {
  ...common,
  votes: { one: 'vote', other: 'votes' },
  'votes.online': { one: 'online vote', other: 'online votes' },
  'votes.paper': 'including {count} on paper',
  contributions: { one: 'contribution', other: 'contributions' },
  contributors: { one: 'participant', other: 'participants' },
  replies: { one: 'reply', other: 'replies' },
  updated: 'Updated at {time}',
  pause: 'Stop updating the counters',
  resume: 'Resume updating the counters',
  paused: 'Updating stopped',
  resumed: 'Updating resumed',
  offline: 'No news from the platform for {duration}',
  secret: 'Secret ballot',
  'secret.until': 'Results will be published on {date}.',
  'secret.always': 'The results of this vote are not public for now.',
  unavailable: 'This figure can be viewed on the platform.',
};
