import { define } from '../base/define.js';
import '../login-prompt/define.js'; // Shown to visitors who are not signed in.
import { CapVoteButton } from './vote-button.js';

define('cap-vote-button', CapVoteButton);

declare global {
  interface HTMLElementTagNameMap {
    'cap-vote-button': CapVoteButton;
  }
}
