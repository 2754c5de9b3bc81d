import { common } from './common.js';

export const participationCounter = {
  ...common,
  votes: { one: 'vote', other: 'votes' },
  'votes.online': { one: 'vote en ligne', other: 'votes en ligne' },
  'votes.paper': 'dont {count} sur papier',
  contributions: { one: 'contribution', other: 'contributions' },
  contributors: { one: 'participant', other: 'participants' },
  replies: { one: 'réponse', other: 'réponses' },
  updated: 'Mis à jour à {time}',
  pause: 'Arrêter l’actualisation des compteurs',
  resume: 'Reprendre l’actualisation des compteurs',
  paused: 'Actualisation arrêtée',
  resumed: 'Actualisation reprise',
  offline: 'Pas de nouvelles de la plateforme depuis {duration}',
  secret: 'Scrutin secret',
  'secret.until': 'Les résultats seront publiés le {date}.',
  'secret.always': 'Les résultats de ce vote ne sont pas publics pour le moment.',
  unavailable: 'Ce chiffre se consulte sur la plateforme.',
} as const;
