import { handoff } from '../../i18n/locales/fr/handoff.js';
import type { Catalog } from '../../i18n/messages.js';

export type HandoffMessage = keyof typeof handoff;

export const messages: Catalog<HandoffMessage> = {
  fr: handoff,
  others: { en: async () => (await import('../../i18n/locales/en/handoff.js')).handoff },
};
