import { define } from '../base/define.js';
import '../vote-button/define.js'; // Every card has one.
import { CapProposalList } from './proposal-list.js';

define('cap-proposal-list', CapProposalList);

declare global {
  interface HTMLElementTagNameMap {
    'cap-proposal-list': CapProposalList;
  }
}
