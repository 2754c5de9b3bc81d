import { eventList } from '../../i18n/locales/fr/event-list.js';
import type { Catalog } from '../../i18n/messages.js';

export type EventListMessage = keyof typeof eventList;

export const messages: Catalog<EventListMessage> = {
  fr: eventList,
  others: { en: async () => (await import('../../i18n/locales/en/event-list.js')).eventList },
};
