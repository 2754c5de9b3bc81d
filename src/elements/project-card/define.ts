import { define } from '../base/define.js';
import { CapProjectCard } from './project-card.js';

define('cap-project-card', CapProjectCard);

declare global {
  interface HTMLElementTagNameMap {
    'cap-project-card': CapProjectCard;
  }
}
