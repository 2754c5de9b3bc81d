import { proposalList } from '../../i18n/locales/fr/proposal-list.js';
import type { Catalog } from '../../i18n/messages.js';

export type ProposalListMessage = keyof typeof proposalList;

export const messages: Catalog<ProposalListMessage> = {
  fr: proposalList,
  others: { en: async () => (await import('../../i18n/locales/en/proposal-list.js')).proposalList },
};
