import type { Messages } from '../../messages.js';
import type { VotePressMessage } from '../fr/vote-press.js';
import { voteButton } from './vote-button.js';

const { 'waits.email': email, 'blocked.step-closed': closed, 'blocked.not-votable': notVotable } = voteButton;

export const votePress: Messages<VotePressMessage> = {
  'waits.email': email,
  'blocked.step-closed': closed,
  'blocked.not-votable': notVotable,
  saving: 'Recording your choice…',
  handing: 'Finish voting in the platform’s window.',
  unknown:
    'This page does not know whether the platform has recorded your choice. You can check there; if you try again, your choice will not count twice.',
  another: 'Another account is signed in now: {name}. Nothing was sent.',
  'ask.session.vote': 'A vote was asked for here before this sign-in. Vote for “{title}” with the account of {name}?',
  'ask.session.withdraw':
    'Taking a vote back was asked for here before this sign-in. Take back the vote of {name} for “{title}”?',
  'ask.link.vote': 'Vote for “{title}”?',
  'ask.link.withdraw': 'Take back your vote for “{title}”?',
  'ask.unknown': 'Your earlier choice may be recorded already. Try again?',
  'ask.yes': 'Yes, vote',
  'ask.withdraw': 'Yes, take it back',
  'ask.again': 'Yes, try again',
  'ask.no': 'No',
  unsure: 'We are checking whether your choice is recorded.',
  withdrawn: 'Your vote is withdrawn.',
  'refused.expired': 'You are no longer signed in. Sign in, and your choice will be recorded.',
  'refused.unreachable': 'Your choice is not recorded: the platform does not answer. Try again.',
  'refused.offline': 'Your choice is not recorded: you are offline.',
  'refused.phone': 'This phone number has been used to vote already. Your choice is not recorded.',
  'refused.requirements': 'The platform asks you for some information first.',
  'refused.other': 'The platform does not accept this vote. Its page says what is missing.',
  'refused.popup': 'The window was blocked. Allow it for this site, then try again.',
  'refused.cancelled': 'Nothing has been recorded.',
  look: 'Check on {host}',
};
