import { common } from './common.js';

export const eventList = {
  ...common,
  count: { one: '{count} événement', other: '{count} événements' },
  'count.of': { one: '{count} événement affiché sur {total}', other: '{count} événements affichés sur {total}' },
  'count.shown': { one: '{count} événement affiché', other: '{count} événements affichés' },
  empty: 'Aucun événement pour le moment.',
  more: 'Voir plus d’événements',
  stale: 'Liste de {time}\u00a0: la mise à jour a échoué.',
  'going-on': 'En ce moment',
  'time.at': 'à {start}',
  'time.range': 'de {start} à {end}',
  'time.days': 'du {start} au {end}',
  'time.whole': 'toute la journée',
  calendar: 'Ajouter à mon agenda',
  'calendar.of': 'Ajouter à mon agenda\u00a0: {title}, {date} (fichier iCalendar)',
} as const;
