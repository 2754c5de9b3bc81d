import { globalId } from '../ids.js';
import { addForm, addProject, addProposals, addSteps, selectAll, type StepSeed, type Town } from './builders.js';
import { need, paragraphs, slugOf, type Fields } from './seeding.js';

/** How much to add to the town, for whoever measures. All of it is public. */
export interface Bulk {
  readonly projects?: number;
  /** Opinions, versions, arguments and sources of one consultation, `consultations.bulk`; every fortieth is moderated. */
  readonly contributions?: number;
  /** Proposals of one open ballot, `steps.bulk`. */
  readonly proposals?: number;
  readonly events?: number;
}

const minute = 60_000;
const day = 1440 * minute;

const actions = `Réaménager Ouvrir Végétaliser Rénover Éclairer Apaiser Agrandir Protéger Imaginer Partager`.split(' ');
const places = `le square;la place;le quai;l’école;la halle;le gymnase;le jardin;la bibliothèque;la rue;le parvis;la
cour;le belvédère;la friche`.split(/;\s*/);
const names =
  `des Tilleuls;Jeanne-Barret;du Lavoir;Olympe-de-Gouges;des Bateliers;du Vieux-Four;Simone-Veil;de la Source;
des Tanneurs;Aimé-Césaire;du Belvédère;Germaine-Tillion;de l’Abreuvoir;des Vignes;Rosa-Parks;du Chemin-Vert;
Nelson-Mandela`.split(/;\s*/);
const reasons = [
  'On y passe tous les jours, et rien n’y invite à s’arrêter.',
  'Les enfants du quartier le demandent depuis trois ans.',
  'C’est aujourd’hui un parking ; ce pourrait être un lieu de vie.',
  'L’été, il y fait trop chaud : il faut de l’ombre &amp; de l’eau.',
  'Le soir, beaucoup évitent d’y passer. Un meilleur éclairage suffirait.',
  'Les travaux de l’an dernier n’ont réglé que la moitié du problème.',
  'Deux associations sont prêtes à s’en occuper avec la ville.',
] as const;
const types = [
  'budget-participatif',
  'consultation',
  'concertation',
  'questionnaire',
  'appel-a-idees',
  'vote',
] as const;

/** Names that differ as long as `i` does, without looking numbered where that can be avoided. */
function subject(i: number): string {
  const at = (list: readonly string[], n: number): string => list[n % list.length] ?? '';
  return `${at(actions, i)} ${at(places, i)} ${at(names, i)}`;
}

function pick<T>(list: readonly T[], i: number): T {
  const item = list[i % list.length];
  if (item === undefined) throw new RangeError('Nothing to pick from');
  return item;
}

export function seedBulk(town: Town, { projects = 0, contributions = 0, proposals = 0, events = 0 }: Bulk): void {
  for (let i = 0; i < projects; i++) addBulkProject(town, i);
  if (contributions > 0) addBulkConsultation(town, contributions);
  if (proposals > 0) addBulkBallot(town, proposals);
  for (let i = 0; i < events; i++) addBulkEvent(town, i);
}

/** Future, open and closed in turn, with one to three steps. */
function stepsOf(i: number): readonly StepSeed[] {
  const start = pick([-400, -20, 15, -90, -5], i);
  const end = start + 20 + (i % 60);
  const type = pick(['ConsultationStep', 'QuestionnaireStep', 'CollectStep', 'DebateStep', 'OtherStep'] as const, i);
  const steps: StepSeed[] = [
    { type: 'PresentationStep', title: 'Présentation' },
    { type, title: 'Participation', start, end },
    { type: 'OtherStep', title: 'Réalisation', start: end + 1, end: end + 200 },
  ];
  return steps.slice(i % 4 === 0 ? 1 : 0, i % 3 === 0 ? 2 : 3);
}

function addBulkProject(town: Town, i: number): void {
  const { places: known } = town;
  const title = `${subject(i)}, ${['phase', 'volet', 'lot'][i % 3] ?? ''} ${i + 1}`;
  const key = `bulk-${i}`;
  const themes = [...known.themes.keys()];
  const theme = pick(themes, i);
  const other = pick(themes, i * 3 + 1);
  const project = addProject(town, {
    key,
    title: i % 11 === 0 ? `${title} &amp; alentours` : title,
    type: pick(types, i),
    themes: i % 2 && other !== theme ? [theme, other] : [theme],
    districts: [pick([...known.districts.keys()], i)],
    published: -1 - Math.floor(i / 3),
    cover: i % 5 === 0,
    fields: {
      archived: i % 37 === 36 ? 1 : 0,
      description: paragraphs(pick(reasons, i), pick(reasons, i + 3)),
      meta_description: pick(reasons, i + 1).replace('&amp;', 'et'),
    },
  });
  addSteps(town, key, project, stepsOf(i));
}

function moderated(i: number, at: number): Fields {
  if (i % 40 !== 39) return {};
  return {
    trashed_at: at + day,
    trashed_status: i % 80 === 39 ? 'VISIBLE' : 'INVISIBLE',
    trashed_reason: pick(['Hors sujet', 'Propos injurieux', 'Doublon', null], (i - 39) / 40),
  };
}

/** Of each ten, five are opinions; the others stand under the opinion that came last. */
function addBulkConsultation(town: Town, count: number): void {
  const { seeding, people } = town;
  const project = addProject(town, {
    key: 'bulk-consultation',
    title: 'Grande consultation : Valmont en 2040',
    type: 'consultation',
    themes: ['cadre-de-vie'],
    published: -80,
  });
  const [step = ''] = addSteps(town, 'bulk-consultation', project, [
    { type: 'ConsultationStep', title: 'Consultation', start: -75, end: 30 },
  ]);
  const id = seeding.add('consultation', 'bulk', {
    step_id: step,
    slug: 'valmont-en-2040',
    title: 'Valmont en 2040',
    description: paragraphs('Tout le monde écrit, et la ville répond.'),
    position: 1,
    created_at: seeding.day(-76),
  });
  const sections = [...town.places.districts.keys()].map((slug, position) =>
    seeding.add('section', `bulk/${slug}`, { consultation_id: id, slug, title: slug, position: position + 1 }),
  );
  const category = seeding.add('source_category', 'bulk', { title: 'Article de presse' });
  const first = seeding.day(-74);
  let opinion = '';
  for (let i = 0; i < count; i++) {
    const at = first + Math.floor((i / count) * 70 * day);
    const title = `${subject(i)} (${i + 1})`;
    const body = paragraphs(
      pick(reasons, i),
      `${pick(reasons, i * 5 + 2)} <strong>${subject(i + 1)}</strong> d’abord.`,
    );
    const written: Fields = {
      author_id: people.citizens[(i * 31) % people.citizens.length],
      created_at: at,
      updated_at: i % 9 === 0 ? at + 30 * minute : null,
      published_at: at,
      ...moderated(i, at),
    };
    const name = `bulk/${i}`;
    const turn = i % 10;
    if (turn < 5) {
      const fields = { section_id: pick(sections, i), slug: slugOf(title), title, body, position: i + 1 };
      opinion = seeding.add('opinion', name, { ...fields, ...written });
    } else if (turn < 6) {
      seeding.add('version', name, { opinion_id: opinion, slug: slugOf(title), title, body, ...written });
    } else if (turn < 9) {
      const type = i % 3 ? 'FOR' : 'AGAINST';
      seeding.add('argument', name, { opinion_id: opinion, type, body: pick(reasons, i), ...written });
    } else {
      const link = `https://presse.valmont.example/articles/${i + 1}`;
      const fields = { opinion_id: opinion, category_id: category, title, body: pick(reasons, i), link };
      seeding.add('source', name, { ...fields, ...written });
    }
  }
  seeding.call('consultations', 'bulk', globalId('Consultation', id));
}

function addBulkBallot(town: Town, count: number): void {
  const { seeding, places: known } = town;
  const project = addProject(town, {
    key: 'bulk-ballot',
    title: 'Budget participatif de la métropole',
    type: 'budget-participatif',
    published: -70,
  });
  const [collect = '', ballot = ''] = addSteps(town, 'bulk-ballot', project, [
    { type: 'CollectStep', title: 'Dépôt des idées', start: -65, end: -20 },
    { type: 'SelectionStep', title: 'Vote', start: -5, end: 40, fields: { vote_type: 'SIMPLE', votes_limit: 5 } },
  ]);
  const categories = [
    ['Rue', '#14508c', 'road'],
    ['Nature', '#0b5d4e', 'tree'],
    ['Culture', '#9f1239', 'music'],
  ] as const;
  const form = addForm(town, {
    key: 'bulk',
    stepId: collect,
    title: 'Vos idées',
    reference: 'BULK',
    categories,
    districts: [
      ['rive-gauche', 'Rive gauche'],
      ['rive-droite', 'Rive droite'],
    ],
    fields: { costable: 1 },
  });
  const themes = [...known.themes.keys()];
  const seeds = Array.from({ length: count }, (_, i) => ({
    title: `${subject(i)} (${i + 1})`,
    summary: pick(reasons, i).replace('&amp;', 'et'),
    body: paragraphs(pick(reasons, i), pick(reasons, i + 2)),
    category: pick(categories, i)[0],
    theme: pick(themes, i),
    district: i % 2 ? 'rive-gauche' : 'rive-droite',
    estimation: i % 13 === 0 ? null : 1000 + ((i * 7919) % 90) * 1000,
  }));
  const ids = addProposals(town, form, seeds, [-64, -21]);
  selectAll(town, ballot, ids);
  seeding.call('projects', 'bulk', globalId('Project', project));
  seeding.call('steps', 'bulk', globalId('SelectionStep', ballot));
  seeding.callAll(
    'proposals',
    'bulk',
    ids.map((id) => globalId('Proposal', id)),
  );
}

/** From half a year ago to half a year from now. */
function addBulkEvent({ seeding, people, places: known }: Town, i: number): void {
  const title = `Rencontre : ${subject(i)} (${i + 1})`;
  const slug = slugOf(title);
  const at = seeding.day(-180 + (i % 360), 8 + (i % 12), (i % 4) * 15);
  const id = seeding.add('event', slug, {
    slug,
    author_id: people.town,
    start_at: at,
    end_at: i % 7 === 0 ? null : at + 2 * 60 * minute,
    address: i % 3 ? 'Hôtel de ville, Valmont' : null,
    created_at: seeding.day(-200),
    review_status: 'PUBLISHED',
  });
  const text = { title, body: paragraphs(pick(reasons, i)), link: null, slug };
  seeding.insert('event_translation', { event_id: id, locale: 'fr-FR', ...text });
  const theme = need(known.themes, pick([...known.themes.keys()], i));
  seeding.insert('event_theme', { event_id: id, theme_id: theme });
}
