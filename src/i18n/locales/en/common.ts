import type { Messages } from '../../messages.js';
import type { common as french } from '../fr/common.js';

export const common: Messages<keyof typeof french> = {
  loading: 'Loading…',
  retry: 'Try again',
  'error.unreachable': 'The platform does not answer for now.',
  'error.offline': 'You are offline.',
  'error.private': 'This content is not public here.',
  'error.other': 'This content cannot be shown.',
};
