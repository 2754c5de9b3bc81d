/** Texts of every element. Typography of French: narrow or plain no-break spaces before double punctuation. */
export const common = {
  loading: 'Chargement…',
  retry: 'Réessayer',
  stale: 'Chiffres de {time}\u00a0: la mise à jour a échoué.',
  'error.network': 'La connexion à la plateforme a échoué.',
  'error.timeout': 'La plateforme met trop de temps à répondre.',
  'error.offline': 'Vous êtes hors ligne.',
  'error.rate-limited': 'La plateforme reçoit trop de demandes. Réessayez dans un instant.',
  'error.unauthorized': 'La plateforme refuse cet accès.',
  'error.forbidden': 'Ce contenu n’est pas public.',
  'error.not-found': 'Ce contenu n’existe pas ou n’est plus public.',
  'error.platform-disabled': 'La plateforme ne partage pas ses données avec ce site.',
  'error.bad-response': 'La réponse de la plateforme est illisible.',
  'error.server': 'La plateforme rencontre un problème.',
} as const;
