import { define } from '../base/define.js';
import '../login-prompt/define.js'; // Shown to visitors who are not signed in.
import { CapBudgetBasket } from './budget-basket.js';

define('cap-budget-basket', CapBudgetBasket);

declare global {
  interface HTMLElementTagNameMap {
    'cap-budget-basket': CapBudgetBasket;
  }
}
