import { define } from '../base/define.js';
import '../login-prompt/define.js'; // Shown to visitors who are not signed in.
import { CapHandoff } from './handoff.js';

define('cap-handoff', CapHandoff);

declare global {
  interface HTMLElementTagNameMap {
    'cap-handoff': CapHandoff;
  }
}
