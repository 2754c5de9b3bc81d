import { budgetBasket } from '../../i18n/locales/fr/budget-basket.js';
import type { Catalog } from '../../i18n/messages.js';
import type { Writer as VotingWriter } from '../base/writer.js';

export type BasketMessage = keyof typeof budgetBasket;

/** Writes in the visitor's language. */
export type Writer = VotingWriter<BasketMessage>;

export const messages: Catalog<BasketMessage> = {
  fr: budgetBasket,
  others: { en: async () => (await import('../../i18n/locales/en/budget-basket.js')).budgetBasket },
};
