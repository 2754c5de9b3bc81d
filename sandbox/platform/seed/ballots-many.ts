import { globalId } from '../ids.js';
import { budgetCategories, budgetDistricts } from './budget-proposals.js';
import {
  addForm,
  addProject,
  addProposals,
  addSteps,
  addVote,
  choose,
  selectAll,
  type ProposalSeed,
  type Town,
} from './builders.js';
import { paragraphs } from './seeding.js';

const total = 500_000;

/** What could be done, what it costs about, and where it belongs. */
const works = [
  ['Des arbres et de l’ombre', 'Six arbres en pleine terre et deux bancs dessous.', 14_000, 0, 'nature-en-ville'],
  ['Un passage piéton surélevé', 'Les voitures ralentissent, les enfants traversent.', 21_500, 3, 'mobilites'],
  ['Une fontaine à boire', 'De l’eau fraîche, à deux hauteurs.', 7_200, 1, 'sport-et-bien-etre'],
  ['Un composteur de quartier', 'Trois bacs, un guide et une formation.', 2_900, 0, 'transition-ecologique'],
  ['Des jeux pour les tout-petits', 'Une cabane, un toboggan et un sol souple.', 38_000, 2, 'education-et-jeunesse'],
  ['Une boîte à livres', 'On prend, on lit, on rapporte.', 900, 5, 'culture-et-patrimoine'],
  ['Des arceaux à vélos', 'Vingt places, solides et éclairées.', 4_600, 3, 'mobilites'],
  [
    'Une fresque peinte par les habitants',
    'Avec une artiste et les écoles du quartier.',
    11_800,
    5,
    'culture-et-patrimoine',
  ],
  [
    'Un éclairage qui s’allume au passage',
    'La nuit pour les chauves-souris, la lumière pour les gens.',
    46_000,
    1,
    'cadre-de-vie',
  ],
  ['Une table de ping-pong', 'En béton, avec des raquettes à emprunter.', 3_300, 2, 'sport-et-bien-etre'],
  ['Un jardin partagé', 'Douze parcelles et une cabane à outils.', 9_400, 0, 'nature-en-ville'],
  ['Des toilettes accessibles', 'Gratuites, ouvertes de 7 heures à 22 heures.', 52_000, 4, 'solidarites'],
  ['Une borne de réparation pour les vélos', 'Une pompe et des outils attachés.', 1_700, 3, 'transition-ecologique'],
  ['Un kiosque pour la musique', 'Une scène couverte pour les groupes d’ici.', 88_000, 5, 'culture-et-patrimoine'],
  ['Un abri pour attendre le bus au sec', 'Toit végétal et assises pour tous.', 12_600, 3, 'mobilites'],
  ['Des hôtels à insectes', 'Construits avec les classes.', 650, 0, 'nature-en-ville'],
  ['Un four à pain à partager', 'Un four de briques et un calendrier.', 16_900, 1, 'solidarites'],
  ['Des agrès pour bouger', 'Six appareils, dont deux accessibles en fauteuil.', 27_300, 2, 'sport-et-bien-etre'],
  ['Une placette sans voitures', 'Des pavés, des arbres et des terrasses.', 134_000, 1, 'cadre-de-vie'],
  ['Un mur d’escalade', 'Huit mètres, dix voies et un sol amortissant.', 61_000, 2, 'sport-et-bien-etre'],
  ['Des casiers solidaires', 'Douze casiers pour poser ses affaires en sécurité.', 19_200, 4, 'solidarites'],
  ['Une mare et sa passerelle', 'Pour voir vivre les tritons sans les déranger.', 23_700, 0, 'transition-ecologique'],
  ['Un théâtre de verdure', 'Quarante places dans la pente.', 74_500, 5, 'culture-et-patrimoine'],
  ['Une cuisine ouverte', 'On y cuisine ensemble ce qui serait jeté.', 33_100, 4, 'solidarites'],
  ['Des bancs avec dossier', 'Dix assises, là où l’on marche le plus.', 5_500, 1, 'cadre-de-vie'],
] as const;

/** Where, and the district of the place by its number. */
const places = [
  ['rue des Tanneurs', 0],
  ['place Saint-Éloi', 3],
  ['quai des Lavandières', 1],
  ['rue du Faubourg', 0],
  ['allée des Sports', 2],
  ['chemin des Vergers', 4],
  ['rue du Grand-Pré', 5],
  ['avenue de la Gare', 3],
  ['square Bellefontaine', 2],
  ['parc de l’Île', 1],
  ['chemin de la Croix', 4],
  ['place des Prairies', 5],
  ['rue de la République', 0],
  ['rue des Ateliers', 3],
  ['pont Vieux', 1],
  ['rue du Château-d’Eau', 4],
  ['résidence des Tilleuls', 2],
  ['boulodrome des Prairies', 5],
  ['rue de l’École', 4],
  ['cour de la médiathèque', 0],
] as const;

/** One of each work for each place: their number is the product. Neighbours in the list differ in both. */
const proposals: readonly ProposalSeed[] = Array.from(
  { length: works.length * places.length },
  (_, i): ProposalSeed => {
    const [work, summary, cost, category, theme] = works[i % works.length] ?? works[0];
    const [place, district] = places[((i % works.length) + Math.floor(i / works.length)) % places.length] ?? places[0];
    return {
      title: `${work}, ${place}`,
      summary,
      body: paragraphs(
        summary,
        'Proposée par des voisins, cette idée a été jugée possible par les services de la ville.',
      ),
      category: budgetCategories[category][0],
      theme,
      district: budgetDistricts[district][0],
      estimation: estimationOf(i, cost),
      fields: i === works.length * places.length - 1 ? { is_archived: 1 } : {},
    };
  },
);

/** Every place has its price. A few are not known yet, and one is more than the town has. */
function estimationOf(i: number, cost: number): number | null {
  if (i === 118) return total + 40_000;
  return i % 41 === 7 ? null : cost + (i % 23) * 50;
}

/** A budget with more proposals than anybody reads, for lists that load by parts. The last proposal is archived. */
export function seedManyProposals(town: Town): void {
  const { seeding, people } = town;
  const project = addProject(town, {
    key: 'vote-many',
    title: 'Cinq cents idées pour Valmont',
    type: 'budget-participatif',
    themes: ['cadre-de-vie'],
    districts: budgetDistricts.map(([slug]) => slug),
    published: -138,
    fields: {
      description: paragraphs('Toutes les idées des réunions de quartier, rue par rue.'),
      meta_description: 'Toutes les idées des réunions de quartier, rue par rue.',
    },
  });
  const [collect = '', vote = ''] = addSteps(town, 'vote-many', project, [
    { type: 'CollectStep', title: 'Réunions de quartier', start: -130, end: -60 },
    {
      type: 'SelectionStep',
      title: 'Vote rue par rue',
      start: -13,
      end: 28,
      fields: { vote_type: 'BUDGET', budget: total, default_sort: 'random', sub_type: 'VOTE' },
    },
  ]);
  const form = addForm(town, {
    key: 'vote-many',
    stepId: collect,
    title: 'Cinq cents idées',
    reference: 'RUES',
    categories: budgetCategories,
    districts: budgetDistricts,
    fields: { costable: 1 },
  });
  const ids = addProposals(town, form, proposals, [-129, -61]);
  const status = seeding.add('step_status', 'many/vote/1', {
    step_id: vote,
    name: 'Soumise au vote',
    color: 'INFO',
    position: 1,
  });
  selectAll(town, vote, ids, status);
  // Voters have read one page of the list, each another one; nobody's choices come near the budget.
  for (const [i, user] of people.citizens.slice(0, 150).entries()) {
    const page = ids.slice((i % 20) * 24, (i % 20) * 24 + 24);
    const cheap = page.filter((_, n) => (proposals[(i % 20) * 24 + n]?.estimation ?? 0) < total / 4);
    const at = seeding.day(-seeding.between(1, 12), seeding.between(7, 22), seeding.between(0, 59));
    for (const proposal of choose(seeding, cheap, seeding.between(1, 3)))
      addVote(town, { proposal, step: vote, user, at });
  }
  seeding.call('steps', 'many', globalId('SelectionStep', vote));
  seeding.callAll(
    'proposals',
    'many',
    ids.map((id) => globalId('Proposal', id)),
  );
}
