import { projectList } from '../../i18n/locales/fr/project-list.js';
import type { Catalog } from '../../i18n/messages.js';

export type ProjectListMessage = keyof typeof projectList;

export const messages: Catalog<ProjectListMessage> = {
  fr: projectList,
  others: { en: async () => (await import('../../i18n/locales/en/project-list.js')).projectList },
};
