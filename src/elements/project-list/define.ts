import { define } from '../base/define.js';
import '../project-card/define.js'; // Each project is shown as a card.
import { CapProjectList } from './project-list.js';

define('cap-project-list', CapProjectList);

declare global {
  interface HTMLElementTagNameMap {
    'cap-project-list': CapProjectList;
  }
}
