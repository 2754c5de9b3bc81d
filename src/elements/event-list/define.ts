import { define } from '../base/define.js';
import { CapEventList } from './event-list.js';

define('cap-event-list', CapEventList);

declare global {
  interface HTMLElementTagNameMap {
    'cap-event-list': CapEventList;
  }
}
