import { define } from '../base/define.js';
import { CapLoginPrompt } from './login-prompt.js';

define('cap-login-prompt', CapLoginPrompt);

declare global {
  interface HTMLElementTagNameMap {
    'cap-login-prompt': CapLoginPrompt;
  }
}
