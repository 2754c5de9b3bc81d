import { define } from '../base/define.js';
import { CapPlatform } from './platform.js';

define('cap-platform', CapPlatform);

declare global {
  interface HTMLElementTagNameMap {
    'cap-platform': CapPlatform;
  }
}
