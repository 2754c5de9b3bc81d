/** Who is signed in, and how he leaves. */
export const farewell = {
  who: 'Connecté en tant que {name}.',
  done: 'J’ai terminé',
  pending: 'Déconnexion en cours…',
  'signed-out': 'Vous êtes déconnecté, et vos choix sont effacés de ce site.',
  'nothing-left': 'Il ne reste rien de vous sur cet appareil.',
  cleared:
    'Vos choix sont effacés de ce site. Si vous vous êtes connecté sur {host}, «\u00a0J’ai terminé\u00a0» vous y déconnecte.',
  unknown:
    'Vos choix sont effacés de ce site, mais cette page ne sait pas si vous êtes encore connecté sur {host}\u00a0: vérifiez-le là-bas.',
  failed: 'La déconnexion n’a pas abouti\u00a0: vous êtes encore connecté. Réessayez.',
  soon: 'Toujours là\u00a0? Sans un geste de votre part, vos choix seront effacés et vous serez déconnecté dans {count} secondes.',
} as const;

export type FarewellMessage = keyof typeof farewell;
