import { budgetDistricts } from './budget-proposals.js';
import type { StepSeed } from './builders.js';
import { paragraphs, type Fields } from './seeding.js';

/** A vote on a subject of its own, so that what is tried on one leaves the others as they were. */
export interface BallotSubject {
  readonly key: string;
  readonly title: string;
  readonly type: string;
  readonly theme: string;
  readonly description: string;
  readonly published: number;
  /** The steps; the one to vote in is marked. */
  readonly steps: readonly (StepSeed & { readonly collects?: boolean; readonly votes?: boolean })[];
  readonly reference: string;
  /** Title, summary and cost, which may not be known yet, and the district where it would be. */
  readonly proposals: readonly (readonly [
    title: string,
    summary: string,
    estimation?: number | null,
    district?: string,
  ])[];
  readonly districts?: readonly (readonly [slug: string, name: string])[];
  /** The dates on which proposals were made. */
  readonly span: readonly [number, number];
  /** How many people have voted, each for how many at most, and since when. */
  readonly voters: number;
  readonly each: number;
  readonly votedSince: number;
  readonly archived?: readonly [title: string, summary: string];
  readonly requirements?: readonly (readonly [type: string, label?: string])[];
  readonly form?: Fields;
}

const collected: StepSeed & { readonly collects: true } = {
  type: 'CollectStep',
  title: 'Appel à propositions',
  start: -80,
  end: -30,
  collects: true,
};

function vote(title: string, end: number, fields: Fields, start = -15): StepSeed & { readonly votes: true } {
  return {
    type: 'SelectionStep',
    title,
    start,
    end,
    votes: true,
    fields: { vote_type: 'SIMPLE', sub_type: 'VOTE', ...fields },
  };
}

export const ballotSubjects: readonly BallotSubject[] = [
  {
    key: 'simple',
    title: 'Donnons un nom à la nouvelle médiathèque',
    type: 'vote',
    theme: 'culture-et-patrimoine',
    description: 'La médiathèque ouvre à la rentrée. Votez pour tous les noms qui vous plaisent.',
    published: -85,
    steps: [collected, vote('Vote pour les noms', 25, { vote_button_icon: 'HEART' })],
    reference: 'NOM',
    proposals: [
      ['Médiathèque Simone-Veil', 'Pour une femme qui a ouvert des portes à toutes les autres.'],
      ['La Passerelle', 'Un mot simple, qui dit le pont sur la rivière et le lien entre les gens.'],
      ['Médiathèque des Tanneurs', 'Le nom de la rue et du métier qui a fait vivre le quartier.'],
      ['Le Phare', 'Parce qu’on le verra éclairé depuis la gare.'],
      ['Médiathèque Aimé-Césaire', 'Pour un poète qui fut aussi maire.'],
      ['L’Encrier', 'Un clin d’œil à l’ancienne école normale.'],
      ['Médiathèque de la Lorette', 'La rivière nous relie tous.'],
    ],
    archived: ['Médiathèque municipale de Valmont', 'Le nom d’usage, proposé puis retiré faute de soutiens.'],
    span: [-79, -31],
    voters: 140,
    each: 3,
    votedSince: -14,
  },
  {
    key: 'limited',
    title: 'Une rue aux enfants devant L&#039;école Pasteur',
    type: 'concertation',
    theme: 'education-et-jeunesse',
    description: 'La rue ferme aux voitures. Choisissez trois aménagements au plus.',
    published: -84,
    steps: [collected, vote('Choix des aménagements', 12, { votes_limit: 3 })],
    reference: 'RUE',
    proposals: [
      ['Une grande marelle peinte au sol', 'Quarante mètres de jeux dessinés avec les classes.', 2_400],
      ['Des arbres en pleine terre', 'Huit érables pour l’ombre de demain.', 9_600],
      ['Des arceaux pour les trottinettes', 'Trente places, à la hauteur des petits.', 4_200],
      ['Un banc circulaire autour du tilleul', 'Pour attendre et discuter à la sortie.', 6_800],
      ['Une fontaine à boire', 'Fraîche, et à deux hauteurs.', 7_300],
      ['Des bacs potagers', 'Cultivés par les classes et les voisins.', 1_900],
      ['Une boîte à jeux', 'Ballons, cordes et craies, ouverte à la récréation et le week-end.', null],
      ['Un abri pour les jours de pluie', 'Toit végétal et parois transparentes.', 18_500],
    ],
    span: [-79, -31],
    voters: 95,
    each: 3,
    votedSince: -14,
  },
  {
    key: 'minimum',
    title: 'Programmons ensemble la fête de la Lorette',
    type: 'vote',
    theme: 'culture-et-patrimoine',
    description:
      'Pour que la programmation soit variée, choisissez de trois à cinq spectacles : vos votes comptent à partir du troisième.',
    published: -83,
    steps: [collected, vote('Choix des spectacles', 16, { votes_min: 3, votes_limit: 5 })],
    reference: 'FETE',
    proposals: [
      ['Bal trad avec Les Sabots légers', 'On apprend les pas à 20 h, on danse à 21 h.'],
      ['Cirque « La Corde et le Vent »', 'Funambules au-dessus de la rivière.'],
      ['Fanfare des Cuivres d’en face', 'Treize musiciens qui ne tiennent pas en place.'],
      ['Théâtre d’ombres « Le Poisson d’or »', 'À partir de 4 ans, à la tombée de la nuit.'],
      ['Concert du chœur des Prairies', 'Quarante voix, du gospel à Barbara.'],
      ['Battle de danse hip-hop', 'Avec les jeunes de la Maison de quartier.'],
      ['Conte en barque', 'Douze passagers, une conteuse, une lanterne.'],
    ],
    span: [-79, -31],
    voters: 80,
    each: 5,
    votedSince: -14,
  },
  {
    key: 'ranking',
    title: 'Plan vélo : classez les priorités',
    type: 'concertation',
    theme: 'mobilites',
    description: 'Classez jusqu’à cinq axes : le premier reçoit cinq points, le dernier un.',
    published: -82,
    steps: [collected, vote('Classement des axes', 22, { votes_limit: 5, votes_ranking: 1 })],
    reference: 'VELO',
    proposals: [
      ['Gare – Centre-ville', 'Le trajet que font chaque jour 1 200 personnes.'],
      ['Pont Vieux – Collège', 'Pour que les élèves viennent seuls.'],
      ['Bellefontaine – Zone d’activités', 'Six kilomètres plats, et aucune piste.'],
      ['Les Prairies – Marché', 'Une voie verte le long du ruisseau.'],
      ['La Croix-Haute – Gymnase', 'La côte la plus raide, à sécuriser d’abord.'],
      ['Tour de ville', 'Une boucle de neuf kilomètres pour tous les quartiers.'],
      ['Hôpital – Gare', 'Pour les soignants qui finissent tard.'],
    ],
    span: [-79, -31],
    voters: 70,
    each: 5,
    votedSince: -14,
  },
  {
    key: 'secret',
    title: 'Une œuvre pour la place Saint-Éloi',
    type: 'vote',
    theme: 'culture-et-patrimoine',
    description: 'Les votes restent secrets jusqu’à l’annonce de l’œuvre retenue.',
    published: -81,
    steps: [collected, vote('Vote pour une œuvre', 14, { is_secret_ballot: 1, votes_limit: 1 })],
    reference: 'ART',
    proposals: [
      ['« Le Souffle », acier et verre', 'Une voile de six mètres qui tourne avec le vent.'],
      ['« Les Veilleurs », bronze', 'Trois silhouettes assises, à hauteur d’enfant.'],
      ['« Marée basse », mosaïque', 'Un sol de galets et d’émaux, à fouler.'],
      ['« Racines », bois de chêne', 'Un arbre renversé, où l’on peut s’abriter.'],
      ['« Constellation », lumière', 'Soixante points lumineux, un par quartier d’enfance.'],
      ['« Échos », installation sonore', 'Les voix de la place, enregistrées depuis 1950.'],
    ],
    span: [-79, -31],
    voters: 110,
    each: 1,
    votedSince: -14,
  },
  {
    key: 'threshold',
    title: 'Interpellations citoyennes',
    type: 'interpellation',
    theme: 'cadre-de-vie',
    description: 'Une interpellation soutenue par cent habitants est inscrite à l’ordre du jour du conseil municipal.',
    published: -70,
    steps: [
      {
        type: 'CollectStep',
        title: 'Déposer et soutenir',
        start: -60,
        end: 120,
        collects: true,
        votes: true,
        fields: {
          vote_type: 'SIMPLE',
          vote_threshold: 100,
          action_button_label: 'SUPPORT',
          vote_button_icon: 'HAND_HOLDING_HEART',
          proposal_archived_time: 6,
          proposal_archived_unit_time: 'MONTHS',
        },
      },
    ],
    reference: 'INT',
    proposals: [
      ['Rouvrir la piscine le dimanche matin', 'Les familles n’ont plus de créneau depuis deux ans.'],
      ['Un médecin au centre de santé des Prairies', 'Le poste est vacant depuis dix-huit mois.'],
      ['Éteindre les vitrines après 22 heures', 'Pour le climat, les insectes et le sommeil.'],
      ['Cantine : deux repas végétariens par semaine', 'Au lieu d’un, et toujours au choix.'],
      ['Des toilettes publiques sur le marché', 'Accessibles et gratuites, les jours de marché.'],
      ['Limiter les annonces sonores de la gare la nuit', 'Les riverains les entendent jusqu’à deux heures du matin.'],
    ],
    span: [-58, -8],
    voters: 160,
    each: 2,
    votedSince: -7,
    form: { object_type: 'PROPOSAL', costable: 0 },
  },
  {
    key: 'requirements',
    title: 'Budget des jeunes 2026',
    type: 'budget-participatif',
    theme: 'education-et-jeunesse',
    description: 'Dix mille euros décidés par les 11–25 ans, avec une identité vérifiée.',
    published: -79,
    steps: [
      collected,
      vote('Vote des jeunes', 18, {
        votes_limit: 2,
        requirements_reason: 'Ces informations servent à vérifier que chaque jeune vote une seule fois.',
      }),
    ],
    reference: 'JEU',
    proposals: [
      ['Une soirée film en plein air', 'Au parc de l’Île, avec des transats.', 2500],
      ['Un stage de graff', 'Une semaine aux vacances de printemps.', 1800],
      ['Des casiers à trottinettes au lycée', 'Fermés, et avec une prise.', 3900],
      ['Une borne d’arcade à la Maison des jeunes', 'Fabriquée par l’atelier bois.', 900],
      ['Des ateliers cuisine du monde', 'Un pays par mois, pendant un an.', 2200],
      ['Un tournoi de e-sport', 'Avec l’association des commerçants.', 1500],
    ],
    span: [-79, -31],
    voters: 40,
    each: 2,
    votedSince: -14,
    requirements: [
      ['FIRSTNAME'],
      ['LASTNAME'],
      ['EMAIL_VERIFIED'],
      ['PHONE_VERIFIED'],
      ['CHECKBOX', 'J’ai entre 11 et 25 ans et j’habite, j’étudie ou je travaille à Valmont.'],
      ['CONSENT_PRIVACY_POLICY'],
    ],
  },
  {
    key: 'closed',
    title: 'Budget participatif 2025',
    type: 'budget-participatif',
    theme: 'cadre-de-vie',
    description: 'Les résultats du vote de l’an dernier.',
    published: -480,
    steps: [
      { type: 'CollectStep', title: 'Dépôt des idées', start: -470, end: -420, collects: true },
      vote('Vote', -340, { vote_type: 'BUDGET', budget: 250_000, sub_type: 'VOTE' }, -380),
      { type: 'OtherStep', title: 'Résultats', start: -339, end: -300 },
    ],
    reference: 'BP25',
    proposals: [
      ['Un skatepark en béton', 'Bowl, rampes et gradins.', 98_000, 'bellefontaine'],
      ['Un jardin des senteurs', 'Cent vingt plantes à toucher et à sentir.', 21_000, 'bords-de-la-lorette'],
      ['Des jeux d’eau au parc de l’Île', 'Vingt jets, et de l’eau recyclée.', 74_000, 'bords-de-la-lorette'],
      ['Un abri à vélos à la gare', 'Soixante places fermées.', 52_000, 'gare-saint-eloi'],
      [
        'Des boîtes à dons dans les gymnases',
        'Pour les équipements de sport devenus trop petits.',
        5_000,
        'bellefontaine',
      ],
      ['Un éclairage doux sur les berges', 'Qui s’allume au passage.', 46_000, 'bords-de-la-lorette'],
      ['Une salle de répétition', 'Deux studios insonorisés.', 83_000, 'centre-ville'],
      ['Des noms de rues qui racontent', 'Une plaque et une histoire sous chaque nom.', 12_500, 'centre-ville'],
      [
        'Une patinoire d’hiver sans froid',
        'Une piste en matière synthétique, trois mois par an.',
        38_000,
        'centre-ville',
      ],
      ['Un bal des voisins', 'La ville prête la place et les tables : rien à acheter.', null, 'les-prairies'],
      ['Des rampes pour tous les commerces', 'Trente rampes amovibles, à la demande.', 9_900, 'centre-ville'],
      ['Un potager au pied des tours', 'Quarante parcelles et une cabane à outils.', 17_600, 'la-croix-haute'],
      ['Un terrain de basket éclairé', 'Deux paniers, et des lampes jusqu’à 22 heures.', 41_000, 'la-croix-haute'],
      ['Des toilettes sèches au verger', 'Deux cabines accessibles.', 14_200, 'les-prairies'],
      ['Un kiosque à graines', 'On en prend, on en laisse.', 6_000, 'les-prairies'],
      ['Une tyrolienne au-dessus de la gare', 'Cent mètres de frissons.', 260_000, 'gare-saint-eloi'],
    ],
    archived: ['Un parking au bord de l’eau', 'Retirée par ses auteurs avant la fin du vote.'],
    districts: budgetDistricts,
    form: { using_district: 1 },
    span: [-469, -421],
    voters: 260,
    each: 3,
    votedSince: -378,
  },
  {
    key: 'future',
    title: 'Réaménagement de la place du Marché',
    type: 'concertation',
    theme: 'cadre-de-vie',
    description: 'Trois équipes ont dessiné la place ; vous choisirez au printemps ce qui compte le plus.',
    published: -60,
    steps: [collected, vote('Vote sur les aménagements', 62, { votes_limit: 2 }, 34)],
    reference: 'PLACE',
    proposals: [
      ['Une halle ouverte', 'Pour abriter le marché, même sous la pluie.', 420_000],
      ['Un miroir d’eau', 'Deux centimètres d’eau, et le beffroi dedans.', 310_000],
      ['Des terrasses sans voitures', 'Le stationnement passe sous les remparts.', 95_000],
      ['Un kiosque à musique', 'Celui de 1902, reconstruit d’après les photos.', 160_000],
      ['Des arbres plutôt que des parasols', 'Vingt-quatre micocouliers.', 72_000],
      ['Un sol clair et perméable', 'Moins chaud l’été, moins inondé l’hiver.', null],
    ],
    span: [-79, -31],
    voters: 0,
    each: 0,
    votedSince: 0,
  },
  {
    key: 'envelope',
    title: 'La boîte à idées de l’école Simone-Veil',
    type: 'vote',
    theme: 'education-et-jeunesse',
    description:
      'Votez pour tout ce qui vous plaît, dans la limite des 20 000 € de l’enveloppe que la ville confie à l’école.',
    published: -78,
    steps: [collected, vote('Vote des familles', 21, { budget: 20_000 })],
    reference: 'ECO',
    proposals: [
      ['Des trottinettes pour la récréation', 'Vingt trottinettes et un parcours.', 3_400],
      ['Une cabane à livres', 'Construite par les parents, remplie par tous.', 1_250.5],
      ['Un préau végétalisé', 'De la glycine pour l’ombre, et des bancs dessous.', 12_000],
      ['Un poulailler', 'Six poules, et les restes de la cantine.', 2_600],
      ['Une sortie à la mer', 'Une journée, trois cars, deux cents paires de bottes.', 8_000],
      ['Un journal de l’école', 'Écrit, dessiné et imprimé par les classes.', 0],
      ['Un orchestre à l’école', 'Le conservatoire étudie encore ce qu’il en coûterait.', null],
      ['Une piscine sur le toit', 'Plus chère que toute l’enveloppe, mais on peut rêver.', 65_000],
    ],
    archived: ['Supprimer les devoirs', 'Une belle idée, qui n’est pas du ressort de la ville.'],
    span: [-79, -31],
    voters: 50,
    each: 3,
    votedSince: -14,
  },
];

export function bodyOf(summary: string): string {
  return paragraphs(summary, 'Cette proposition a été jugée recevable par les services de la ville.');
}
