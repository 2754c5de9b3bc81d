import { common } from './common.js';

export const projectList = {
  ...common,
  count: { one: '{count} projet', other: '{count} projets' },
  'count.of': { one: '{count} projet affiché sur {total}', other: '{count} projets affichés sur {total}' },
  'count.shown': { one: '{count} projet affiché', other: '{count} projets affichés' },
  empty: 'Aucun projet pour le moment.',
  more: 'Voir plus de projets',
  stale: 'Liste de {time}\u00a0: la mise à jour a échoué.',
} as const;
