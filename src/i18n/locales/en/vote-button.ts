import type { Messages } from '../../messages.js';
import type { voteButton as french } from '../fr/vote-button.js';
import { common } from './common.js';

export const voteButton: Messages<keyof typeof french> = {
  ...common,
  vote: 'Vote',
  support: 'Support',
  'vote.for': 'Vote for {title}',
  'support.for': 'Support {title}',
  link: 'Vote on {host}',
  'link.for': 'Vote on {host} for {title}',
  choose: 'Choose',
  'choose.for': 'Choose {title}',
  chosen: 'Chosen, but not sent yet.',
  see: 'See on {host}',
  'see.for': 'See on {host} the project {title}',
  count: { one: '{count} vote', other: '{count} votes' },
  split: '{online} online, {paper} on paper',
  threshold: '{count} votes out of the {threshold} needed',
  'threshold.reached': 'Threshold of {threshold} votes reached',
  secret: 'Secret ballot',
  'secret.until': 'Secret ballot: results on {date}',
  'new-window': '(new window)',
  'blocked.found':
    'There are choices on this device already. First say in “My choices” whether to go on with them or to forget them.',
  'sign-in': 'Sign in to vote.',
  'hand-over': 'Voting takes place in a window of the platform.',
  closing: 'You can change your mind until {date}.',
  recorded: 'Your vote is recorded.',
  'waits.requirements': 'Your vote is recorded but does not count yet: one step is left.',
  finish: 'Finish on the platform',
  'waits.email': 'Your vote will count as soon as you confirm your e-mail address with the link that was sent to you.',
  'waits.minimum': {
    one: '{count} more project to choose before your votes count.',
    other: '{count} more projects to choose before your votes count.',
  },
  'blocked.archived': 'This project is archived: it can no longer be voted for.',
  'blocked.not-votable': 'This project cannot be voted for.',
  'blocked.step-future': 'Voting is not open yet.',
  'blocked.step-future.from': 'Voting opens on {date}.',
  'blocked.step-closed': 'Voting is over.',
  'blocked.step-closed.since': 'Voting has been over since {date}.',
  'blocked.vote-limit-reached': {
    one: 'You have used your vote. Withdraw it to choose another project.',
    other: 'You have used your {count} votes. Withdraw one to choose another project.',
  },
  'blocked.not-enough-budget': 'This project costs {cost}, you have {left} left. Withdraw a project to choose it.',
};
