import { loginPrompt } from '../../i18n/locales/fr/login-prompt.js';
import type { Catalog } from '../../i18n/messages.js';

export type LoginMessage = keyof typeof loginPrompt;

export const messages: Catalog<LoginMessage> = {
  fr: loginPrompt,
  others: { en: async () => (await import('../../i18n/locales/en/login-prompt.js')).loginPrompt },
};
