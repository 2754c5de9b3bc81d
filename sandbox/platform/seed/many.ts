import { globalId } from '../ids.js';
import { addForm, addProject, addProposals, addSteps, addVote, choose, type StepSeed, type Town } from './builders.js';
import { paragraphs } from './seeding.js';

const count = 120;

const subjects = [
  ['Réaménager le square', 'cadre-de-vie'],
  ['Planter des arbres', 'nature-en-ville'],
  ['Apaiser la circulation', 'mobilites'],
  ['Rénover la maison de quartier', 'solidarites'],
  ['Imaginer une fête des voisins', 'culture-et-patrimoine'],
  ['Choisir les jeux de l’aire d’enfants', 'education-et-jeunesse'],
  ['Réduire les déchets', 'transition-ecologique'],
  ['Ouvrir un parcours sportif', 'sport-et-bien-etre'],
  ['Éclairer mieux et moins', 'transition-ecologique'],
  ['Créer un jardin partagé', 'nature-en-ville'],
] as const;

const districts = [
  ['centre-ville', 'Centre-ville'],
  ['bords-de-la-lorette', 'Bords de la Lorette'],
  ['bellefontaine', 'Bellefontaine'],
  ['gare-saint-eloi', 'Gare – Saint-Éloi'],
  ['la-croix-haute', 'La Croix-Haute'],
  ['les-prairies', 'Les Prairies'],
] as const;

interface Plan {
  readonly type: string;
  readonly steps: (i: number) => readonly StepSeed[];
}

/** The states that a list has to show, in turn. */
const plans: readonly Plan[] = [
  {
    type: 'consultation',
    steps: (i) => [{ type: 'ConsultationStep', title: 'Consultation', start: -20 - i, end: 3 + i }],
  },
  {
    type: 'questionnaire',
    steps: (i) => [{ type: 'QuestionnaireStep', title: 'Questionnaire', start: -9, end: 1 + (i % 9) }],
  },
  {
    type: 'appel-a-idees',
    steps: (i) => [
      { type: 'CollectStep', title: 'Vos idées', start: -30, end: 10 + i, fields: { vote_type: 'SIMPLE' } },
    ],
  },
  {
    type: 'concertation',
    steps: (i) => [{ type: 'ConsultationStep', title: 'Concertation', start: -200 - i, end: -140 }],
  },
  {
    type: 'consultation',
    steps: (i) => [{ type: 'ConsultationStep', title: 'Consultation', start: 5 + i, end: 60 + i }],
  },
  { type: 'concertation', steps: () => [{ type: 'OtherStep', title: 'Travaux', start: -15, end: 90 }] },
  { type: 'appel-a-idees', steps: () => [{ type: 'PresentationStep', title: 'Présentation' }] },
];

/** Many projects, older than the named ones, for lists and for pages that load by parts. */
export function seedMany(town: Town): void {
  const ids = Array.from({ length: count }, (_, i) => addOne(town, i));
  town.seeding.callAll(
    'projects',
    'many',
    ids.map((id) => globalId('Project', id)),
  );
}

function addOne(town: Town, i: number): string {
  // Each subject goes round the six districts, twice; the plans go round in sevens, so neighbours differ.
  const [subject, theme] = subjects[Math.floor(i / 6) % subjects.length] ?? subjects[0];
  const [district, districtName] = districts[i % districts.length] ?? districts[0];
  const plan = plans[i % plans.length] ?? plans[0];
  const year = i < 60 ? 'une nouvelle étape' : 'les premiers pas';
  const title = `${subject} – ${districtName} : ${year}`;
  const other = subjects[(i * 3 + 1) % subjects.length]?.[1];
  const key = `many-${i}`;
  const project = addProject(town, {
    key,
    title,
    type: plan?.type ?? 'consultation',
    themes: other && other !== theme && i % 2 ? [theme, other] : [theme],
    districts: [district],
    published: -140 - i * 3,
    cover: i % 6 !== 5,
    fields: {
      description: paragraphs(
        `${subject} : les habitants du quartier ${districtName} sont invités à en décider avec la ville.`,
      ),
      meta_description: `${subject}, dans le quartier ${districtName}.`,
    },
  });
  const steps = plan?.steps(i) ?? [];
  const [step = ''] = addSteps(town, key, project, steps);
  if (steps[0]?.type === 'QuestionnaireStep') addReplies(town, key, step, 3 + (i % 19));
  if (steps[0]?.type === 'CollectStep') addIdeas(town, key, step, 4 + (i % 23));
  return project;
}

function addReplies({ seeding, people }: Town, key: string, step: string, replies: number): void {
  const at = seeding.day(-4, 14);
  const id = seeding.add('questionnaire', key, { step_id: step, title: 'Votre avis', created_at: seeding.day(-9) });
  const question = seeding.add('question', key, {
    questionnaire_id: id,
    type: 'text',
    title: 'Que faut-il changer en premier ?',
    position: 1,
    required: 1,
  });
  seeding
    .shuffled(people.citizens)
    .slice(0, replies)
    .forEach((author, n) => {
      const reply = seeding.add('reply', `${key}/${n}`, {
        questionnaire_id: id,
        author_id: author,
        created_at: at + n * 60_000,
        published_at: at + n * 60_000,
      });
      seeding.add('response', `${key}/${n}`, {
        reply_id: reply,
        question_id: question,
        value: seeding.pick(['Le bruit.', 'L’éclairage.', 'Les trottoirs.', 'Plus d’arbres.']),
      });
    });
}

const ideas = [
  ['Une fontaine à boire', 'De l’eau fraîche pour les enfants et les coureurs.'],
  ['Des jardinières aux fenêtres', 'Offertes aux immeubles qui s’engagent à les arroser.'],
  ['Une fresque au sol', 'Peinte avec l’école, à la place du bitume.'],
] as const;

function addIdeas(town: Town, key: string, step: string, voters: number): void {
  const form = addForm(town, {
    key,
    stepId: step,
    title: 'Vos idées',
    reference: key.toUpperCase(),
    categories: [['Idée', '#0b5d4e', 'bulb']],
  });
  const seeds = ideas.map(([title, summary]) => ({ title, summary, body: paragraphs(summary), category: 'Idée' }));
  const proposals = addProposals(town, form, seeds, [-28, -20]);
  const { seeding, people } = town;
  for (const user of seeding.shuffled(people.citizens).slice(0, voters)) {
    const at = seeding.day(-seeding.between(1, 15), 18);
    for (const proposal of choose(seeding, proposals, seeding.between(1, 2)))
      addVote(town, { proposal, step, user, at });
  }
}
