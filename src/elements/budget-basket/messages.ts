import { budgetBasket } from '../../i18n/locales/fr/budget-basket.js';
import type { Catalog } from '../../i18n/messages.js';

export type BasketMessage = keyof typeof budgetBasket;

export const messages: Catalog<BasketMessage> = {
  fr: budgetBasket,
  others: { en: async () => (await import('../../i18n/locales/en/budget-basket.js')).budgetBasket },
};
