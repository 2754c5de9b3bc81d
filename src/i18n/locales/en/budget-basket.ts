import type { Messages } from '../../messages.js';
import type { budgetBasket as french } from '../fr/budget-basket.js';
import { common } from './common.js';

export const budgetBasket: Messages<keyof typeof french> = {
  ...common,
  title: 'My choices',
  'rule.limit': { one: 'One project to choose.', other: '{count} projects at most.' },
  'rule.min': { one: 'At least one project.', other: 'At least {count} projects: with fewer, no vote counts.' },
  'rule.budget': '{money} to spend.',
  'rule.ranking': {
    one: 'The order matters: the first project gets one point.',
    other: 'The order matters: the first project gets {count} points, each following one a point less.',
  },
  'rule.threshold': {
    one: 'A project is kept from its first vote on.',
    other: 'A project is kept from {count} votes on.',
  },
  'rule.secret': 'Secret ballot: the results will be published later.',
  'rule.secret.until': 'Secret ballot: the results will be published on {date}.',
  'rule.none': 'The platform will check the rules of the vote: this page cannot read them.',
  'rule.end': 'You can change your mind until {date}.',
  'asked.nothing': 'An account on the platform is all you need to vote.',
  'not-votable': 'There is no vote in this step.',
  future: 'Voting is not open yet.',
  'future.from': 'Voting opens on {date}.',
  closed: 'Voting is over.',
  'closed.since': 'Voting has been over since {date}.',
  'closed.secret': 'Voting is over. The results are not published yet.',
  'closed.secret.until': 'Voting is over. The results will be published on {date}.',
  offline: 'You are offline. Your choices stay here: you can send them once the connection is back.',
  'offline.session': 'You are offline: nothing can be recorded for now.',
  empty: 'You have not chosen anything yet. You can choose as many projects as you like.',
  'empty.limit': {
    one: 'You have not chosen anything yet. You can choose one project.',
    other: 'You have not chosen anything yet. You can choose up to {count} projects.',
  },
  'empty.range': {
    one: 'You have not chosen anything yet. Choose one project.',
    other: 'You have not chosen anything yet. Choose {min} to {count} projects.',
  },
  'empty.min': {
    one: 'You have not chosen anything yet. Choose at least one project.',
    other: 'You have not chosen anything yet. Choose at least {count} projects.',
  },
  'empty.budget': 'You have not chosen anything yet. You have {money} to spend.',
  'empty.unknown': 'You have not chosen anything yet.',
  money: '{spent} of {budget}.',
  'money.left': 'You have {left} left.',
  'money.over': 'That is {left} too much.',
  votes: { one: '{count} project of {limit}', other: '{count} projects of {limit}' },
  'votes.free': { one: '{count} project chosen', other: '{count} projects chosen' },
  'sign-in': 'Sign in',
  'sign-in.why': 'Sign in to choose: each choice is recorded at once.',
  link: 'Vote on {host}',
  'link.why': 'Voting takes place on the platform.',
  open: 'See my choices',
};
