/** Texts of every element. */
export const common = {
  loading: 'Chargement…',
  retry: 'Réessayer',
  'error.unreachable': 'La plateforme ne répond pas pour le moment.',
  'error.offline': 'Vous êtes hors ligne.',
  'error.private': 'Ce contenu n’est pas public ici.',
  'error.other': 'Ce contenu ne peut pas être affiché.',
} as const;
