import type { common as french } from '../fr/common.js';
import type { Plural } from '../../messages.js';

export const common: Readonly<Record<keyof typeof french, string | Plural>> = {
  loading: 'Loading…',
  retry: 'Try again',
  stale: 'Figures from {time}: the update failed.',
  'error.network': 'The connection to the platform failed.',
  'error.timeout': 'The platform takes too long to answer.',
  'error.offline': 'You are offline.',
  'error.rate-limited': 'The platform receives too many requests. Try again in a moment.',
  'error.unauthorized': 'The platform refuses this access.',
  'error.forbidden': 'This content is not public.',
  'error.not-found': 'This content does not exist or is no longer public.',
  'error.platform-disabled': 'The platform does not share its data with this site.',
  'error.bad-response': 'The answer of the platform cannot be read.',
  'error.server': 'The platform has a problem.',
};
