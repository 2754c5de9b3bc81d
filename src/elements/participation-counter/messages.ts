import { participationCounter } from '../../i18n/locales/fr/participation-counter.js';
import type { Catalog } from '../../i18n/messages.js';

export type CounterMessage = keyof typeof participationCounter;

export const messages: Catalog<CounterMessage> = {
  fr: participationCounter,
  others: { en: async () => (await import('../../i18n/locales/en/participation-counter.js')).participationCounter },
};
