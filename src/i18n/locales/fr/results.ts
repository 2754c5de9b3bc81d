import { common } from './common.js';

export const results = {
  ...common,
  title: 'Résultats du vote',
  'funding.decided': {
    one: '{count} projet retenu, pour {spent}.',
    other: '{count} projets retenus, pour {spent}.',
  },
  'funding.decided.budget': {
    one: '{count} projet retenu, pour {spent} sur {budget}.',
    other: '{count} projets retenus, pour {spent} sur {budget}.',
  },
  'funding.computed.budget': {
    one: 'Dans l’ordre du vote, l’enveloppe de {budget} permet de financer {count} projet, pour {spent}. La décision revient à la collectivité.',
    other:
      'Dans l’ordre du vote, l’enveloppe de {budget} permet de financer {count} projets, pour {spent}. La décision revient à la collectivité.',
  },
  caption: 'Résultats par projet',
  'caption.districts': 'Résultats par quartier',
  rank: 'Rang',
  project: 'Projet',
  district: 'Quartier',
  cost: 'Coût',
  online: 'En ligne',
  paper: 'Sur papier',
  votes: 'Votes',
  points: 'Points',
  decision: 'Décision',
  funded: 'Financé',
  'funded.computed': 'Dans l’enveloppe',
  'not-funded': '–',
  'not-funded.label': 'Non',
  unknown: 'Non précisé',
  'no-district': 'Toute la ville',
  proposals: 'Projets',
  'funded.count': 'Projets financés',
  'funded.money': 'Montant',
  all: { one: 'Afficher {count} projet de plus', other: 'Afficher {count} projets de plus' },
  none: 'Aucun projet n’a été soumis au vote.',
  unavailable: 'Les résultats sont sur la plateforme.',
  see: 'Voir les résultats sur {host}',
} as const;
