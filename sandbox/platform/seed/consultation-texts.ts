/** What the inhabitants wrote about getting around; the last columns are votes for, mixed and against. */
export type OpinionLine = readonly [
  section: string,
  title: string,
  body: string,
  yes: number,
  mixed: number,
  no: number,
  trashed?: readonly ['VISIBLE' | 'INVISIBLE', string],
];

/** Slug, title, subtitle, and the section that it is part of. */
export const sections = [
  ['marcher', 'Marcher en ville', 'Trottoirs, traversées, bancs', null],
  ['traversees', 'Traversées et carrefours', 'Là où piétons et voitures se croisent', 'marcher'],
  ['pedaler', 'Se déplacer à vélo', 'Pistes, stationnement, entretien', null],
  ['bus', 'Prendre le bus', 'Lignes, horaires, tarifs', null],
] as const;

export const opinions: readonly OpinionLine[] = [
  [
    'marcher',
    'Élargir les trottoirs de la rue du Faubourg',
    'Deux poussettes ne s’y croisent pas. Il faut reprendre une file de stationnement.',
    64,
    12,
    9,
  ],
  [
    'marcher',
    'Un plan des raccourcis piétons',
    'Passages, escaliers et venelles : marcher est souvent plus court qu’on ne croit.',
    41,
    6,
    1,
  ],
  ['marcher', 'Des bancs devant l’hôpital', 'On attend debout la navette, parfois vingt minutes.', 58, 3, 0],
  ['traversees', 'Des feux plus longs place Saint-Éloi', 'Dix secondes ne suffisent pas avec une canne.', 72, 8, 5],
  [
    'traversees',
    'Supprimer le rond-point de la gare',
    'Un carrefour à feux serait plus sûr pour les piétons &amp; les cyclistes.',
    22,
    25,
    31,
  ],
  [
    'pedaler',
    'Une piste continue de la gare au centre',
    'Aujourd’hui elle s’arrête trois fois, toujours au pire endroit.',
    96,
    10,
    14,
  ],
  ['pedaler', 'Déneiger aussi les pistes cyclables', 'En janvier, on roule sur la route faute de mieux.', 33, 9, 4],
  ['pedaler', 'Des arceaux devant chaque école', 'Les parents attachent leur vélo aux grilles.', 55, 2, 1],
  [
    'pedaler',
    'Interdire les vélos sur les quais',
    'Les berges sont aux promeneurs : les vélos y vont trop vite.',
    12,
    20,
    61,
  ],
  ['bus', 'Un bus le dimanche', 'Sans voiture, le dimanche, on reste chez soi.', 88, 7, 6],
  ['bus', 'La gratuité pour les moins de 18 ans', 'L’habitude du bus se prend jeune.', 79, 11, 13],
  [
    'bus',
    'Prolonger la ligne 3 jusqu’aux Prairies',
    'Le terminus est à quinze minutes à pied des premiers immeubles.',
    67,
    5,
    2,
  ],
  [
    'bus',
    'Les bus ne servent à rien',
    'Texte hors sujet et répété sous d’autres contributions.',
    1,
    0,
    18,
    ['VISIBLE', 'Contribution publiée plusieurs fois à l’identique.'],
  ],
  [
    'marcher',
    'Message retiré',
    'Propos visant une personne.',
    0,
    0,
    7,
    ['INVISIBLE', 'Propos injurieux envers une personne, contraires à la charte.'],
  ],
];

export interface VersionLine {
  readonly opinion: number;
  readonly title: string;
  readonly body: string;
  readonly comment: string;
  readonly yes: number;
  readonly no: number;
  readonly trashed?: readonly ['VISIBLE' | 'INVISIBLE', string];
}

/** Rewordings of opinions, which are called by their place in the list above. */
export const versions: readonly VersionLine[] = [
  {
    opinion: 0,
    title: 'Élargir d’un seul côté',
    body: 'Le trottoir nord suffit : on garde le stationnement au sud.',
    comment: 'Un compromis pour les commerçants.',
    yes: 26,
    no: 11,
  },
  {
    opinion: 5,
    title: 'Une piste continue et à double sens',
    body: 'Trois mètres, séparés de la chaussée par une bordure.',
    comment: 'Précise la largeur.',
    yes: 48,
    no: 7,
  },
  {
    opinion: 9,
    title: 'Un bus le dimanche matin pour le marché',
    body: 'De 8 h à 13 h, une fois par heure.',
    comment: 'Moins cher pour commencer.',
    yes: 31,
    no: 9,
  },
  {
    opinion: 4,
    title: 'Version retirée',
    body: 'Texte publicitaire.',
    comment: 'Sans rapport.',
    yes: 0,
    no: 3,
    trashed: ['INVISIBLE', 'Publicité.'],
  },
];

export interface ArgumentLine {
  readonly opinion: number;
  readonly type: 'FOR' | 'AGAINST';
  readonly body: string;
  readonly votes: number;
  readonly trashed?: readonly ['VISIBLE' | 'INVISIBLE', string];
}

export const remarks: readonly ArgumentLine[] = [
  { opinion: 0, type: 'FOR', body: 'Les livraisons se font déjà le matin, la file ne manquera pas.', votes: 14 },
  { opinion: 0, type: 'AGAINST', body: 'Sans stationnement, ma boulangerie perd les clients de passage.', votes: 9 },
  { opinion: 3, type: 'FOR', body: 'Ma mère attend deux cycles pour traverser.', votes: 21 },
  { opinion: 4, type: 'FOR', body: 'Les piétons font aujourd’hui un détour de 200 mètres.', votes: 6 },
  { opinion: 4, type: 'AGAINST', body: 'Le rond-point fluidifie, des feux feraient des bouchons.', votes: 17 },
  { opinion: 5, type: 'FOR', body: 'Une piste interrompue ne sert qu’à ceux qui n’ont pas peur.', votes: 25 },
  { opinion: 5, type: 'AGAINST', body: 'La rue est trop étroite au niveau du pont.', votes: 8 },
  { opinion: 8, type: 'AGAINST', body: 'Limitons la vitesse plutôt que d’interdire.', votes: 30 },
  { opinion: 8, type: 'FOR', body: 'J’ai failli être renversée deux fois cet été.', votes: 5 },
  { opinion: 9, type: 'FOR', body: 'C’est aussi le jour des visites à l’hôpital.', votes: 19 },
  { opinion: 10, type: 'AGAINST', body: 'Gratuit pour les uns, c’est payé par les autres.', votes: 4 },
  {
    opinion: 1,
    type: 'FOR',
    body: 'Message sans rapport avec le plan.',
    votes: 0,
    trashed: ['VISIBLE', 'Hors sujet.'],
  },
  {
    opinion: 6,
    type: 'AGAINST',
    body: 'Propos insultants.',
    votes: 0,
    trashed: ['INVISIBLE', 'Insultes envers les agents de la ville.'],
  },
];

/** Opinion, title, summary, address. */
export const references = [
  [
    5,
    'Comptage des cyclistes, pont Vieux',
    'Neuf cents passages par jour en semaine.',
    'https://donnees.valmont.example/comptages-velo',
  ],
  [
    3,
    'Guide des traversées piétonnes',
    'Temps de feu conseillés selon la vitesse de marche.',
    'https://ressources.example/traversees',
  ],
  [
    10,
    'Bilan de la gratuité à Grand-Rivage',
    'Fréquentation des jeunes en hausse de 40 % en deux ans.',
    'https://grand-rivage.example/bilan-bus',
  ],
] as const;
