import { voteButton } from '../../i18n/locales/fr/vote-button.js';
import type { Catalog } from '../../i18n/messages.js';

export type VoteButtonMessage = keyof typeof voteButton;

export const messages: Catalog<VoteButtonMessage> = {
  fr: voteButton,
  others: { en: async () => (await import('../../i18n/locales/en/vote-button.js')).voteButton },
};
