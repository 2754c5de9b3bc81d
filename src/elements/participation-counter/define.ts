import { define } from '../base/define.js';
import { CapParticipationCounter } from './participation-counter.js';

define('cap-participation-counter', CapParticipationCounter);

declare global {
  interface HTMLElementTagNameMap {
    'cap-participation-counter': CapParticipationCounter;
  }
}
