import type { Messages } from '../../messages.js';
import type { FarewellMessage } from '../fr/farewell.js';

export const farewell: Messages<FarewellMessage> = {
  who: 'Signed in as {name}.',
  done: 'I am done',
  pending: 'Signing out…',
  'signed-out': 'You are signed out, and your choices are gone from this site.',
  'nothing-left': 'Nothing of yours is left on this device.',
  cleared: 'Your choices are gone from this site. If you have signed in on {host}, “I am done” signs you out there.',
  unknown:
    'Your choices are gone from this site, but this page does not know whether you are still signed in on {host}: check there.',
  failed: 'Signing out did not work: you are still signed in. Try again.',
  soon: 'Still there? Without a touch of yours, your choices are forgotten and you are signed out in {count} seconds.',
};
