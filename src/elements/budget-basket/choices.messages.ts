import { basketChoices } from '../../i18n/locales/fr/basket-choices.js';
import type { Catalog } from '../../i18n/messages.js';
import type { Writer } from '../base/writer.js';

export type ChoicesMessage = keyof typeof basketChoices;

/** Writes in the visitor's language. */
export type ChoicesWriter = Writer<ChoicesMessage>;

export const messages: Catalog<ChoicesMessage> = {
  fr: basketChoices,
  others: { en: async () => (await import('../../i18n/locales/en/basket-choices.js')).basketChoices },
};
