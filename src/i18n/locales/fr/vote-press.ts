import { voteButton } from './vote-button.js';

const { 'waits.email': email, 'blocked.step-closed': closed, 'blocked.not-votable': notVotable } = voteButton;

/** What a vote button says of an act, and asks before one. */
export const votePress = {
  'waits.email': email,
  'blocked.step-closed': closed,
  'blocked.not-votable': notVotable,
  saving: 'Enregistrement de votre choix…',
  handing: 'Terminez votre vote dans la fenêtre de la plateforme.',
  unknown:
    'Cette page ne sait pas si la plateforme a enregistré votre choix. Vous pouvez le vérifier là-bas\u00a0; si vous recommencez, votre choix ne comptera pas deux fois.',
  another: 'Le compte connecté a changé\u00a0: c’est maintenant {name}. Rien n’a été envoyé.',
  'ask.session.vote':
    'Un vote a été demandé ici avant cette connexion. Voter pour «\u00a0{title}\u00a0» avec le compte de {name}\u00a0?',
  'ask.session.withdraw':
    'Le retrait d’un vote a été demandé ici avant cette connexion. Retirer le vote de {name} pour «\u00a0{title}\u00a0»\u00a0?',
  'ask.link.vote': 'Voter pour «\u00a0{title}\u00a0»\u00a0?',
  'ask.link.withdraw': 'Retirer votre vote pour «\u00a0{title}\u00a0»\u00a0?',
  'ask.unknown': 'Votre choix précédent est peut-être déjà enregistré. Recommencer\u00a0?',
  'ask.yes': 'Oui, voter',
  'ask.withdraw': 'Oui, retirer',
  'ask.again': 'Oui, recommencer',
  'ask.no': 'Non',
  unsure: 'Nous vérifions si votre choix est enregistré.',
  withdrawn: 'Votre vote est retiré.',
  'refused.expired': 'Vous n’êtes plus connecté. Connectez-vous, votre choix sera enregistré.',
  'refused.unreachable': 'Votre choix n’est pas enregistré\u00a0: la plateforme ne répond pas. Réessayez.',
  'refused.offline': 'Votre choix n’est pas enregistré\u00a0: vous êtes hors ligne.',
  'refused.phone': 'Ce numéro de téléphone a déjà servi pour voter. Votre choix n’est pas enregistré.',
  'refused.requirements': 'La plateforme vous demande d’abord quelques informations.',
  'refused.other': 'La plateforme n’accepte pas ce vote. Voyez sur sa page ce qui manque.',
  'refused.popup': 'La fenêtre a été bloquée. Autorisez-la pour ce site, puis réessayez.',
  'refused.cancelled': 'Rien n’a été enregistré.',
  look: 'Vérifier sur {host}',
} as const;

export type VotePressMessage = keyof typeof votePress;
