import { projectCard } from '../../i18n/locales/fr/project-card.js';
import type { Catalog } from '../../i18n/messages.js';

export type ProjectCardMessage = keyof typeof projectCard;

export const messages: Catalog<ProjectCardMessage> = {
  fr: projectCard,
  others: { en: async () => (await import('../../i18n/locales/en/project-card.js')).projectCard },
};
