import { common } from './common.js';

export const projectCard = {
  ...common,
  'status.archived': 'Archivé',
  'status.upcoming': 'À venir',
  'status.ended': 'Terminé',
  'status.last-hour': 'Moins d’une heure',
  'status.hours': { one: '{count} heure restante', other: '{count} heures restantes' },
  'status.days': { one: '{count} jour restant', other: '{count} jours restants' },
  'status.open': 'En cours',
  'status.participation': 'Participation ouverte',
  restricted: 'Accès restreint',
  'step.from': 'à partir du {date}',
  'step.until': 'jusqu’au {date}',
  'step.ended': 'terminé le {date}',
  themes: 'Thèmes',
  votes: { one: 'vote', other: 'votes' },
  'votes.online': { one: 'vote en ligne', other: 'votes en ligne' },
  'votes.paper': 'dont {count} sur papier',
  contributions: { one: 'contribution', other: 'contributions' },
  contributors: { one: 'participant', other: 'participants' },
  stale: 'Chiffres de {time}\u00a0: la mise à jour a échoué.',
} as const;
