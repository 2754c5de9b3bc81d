import { globalId } from '../ids.js';
import { addProject, addSteps, type ProjectSeed, type StepSeed, type Town } from './builders.js';
import { paragraphs } from './seeding.js';

interface NamedProject extends ProjectSeed {
  readonly steps: readonly StepSeed[];
}

/** Projects of the kinds that a list has to cope with. */
const projects: readonly NamedProject[] = [
  {
    key: 'future',
    title: 'Plan climat 2035 : une ville qui respire',
    type: 'concertation',
    themes: ['transition-ecologique', 'nature-en-ville'],
    districts: ['centre-ville', 'les-prairies'],
    published: -6,
    fields: { description: paragraphs('La concertation ouvre bientôt : énergie, eau, arbres, alimentation.') },
    steps: [
      { type: 'PresentationStep', title: 'Présentation' },
      { type: 'ConsultationStep', title: 'Concertation', start: 21, end: 81 },
      { type: 'OtherStep', title: 'Adoption du plan', start: 100, end: 130 },
    ],
  },
  {
    key: 'hidden',
    title: 'Brouillon : budget participatif 2027',
    type: 'budget-participatif',
    themes: ['cadre-de-vie'],
    published: -3,
    fields: { visibility: 'ADMIN', description: paragraphs('En préparation : visible des administrateurs seulement.') },
    steps: [{ type: 'CollectStep', title: 'Dépôt des idées', start: 90, end: 150 }],
  },
  {
    key: 'external',
    title: 'Fabrique citoyenne de la métropole',
    type: 'appel-a-idees',
    themes: ['mobilites'],
    published: -28,
    fields: {
      is_external: 1,
      external_link: 'https://fabrique.grand-rivage.example/projets/tramway',
      external_votes_count: 3120,
      external_contributions_count: 412,
      external_participants_count: 2054,
      description: paragraphs('La métropole de Grand-Rivage consulte sur le tracé du tramway qui desservira Valmont.'),
    },
    steps: [],
  },
  {
    key: 'archived',
    title: 'Concours photo « Valmont d’hier &amp; d’aujourd’hui »',
    type: 'appel-a-idees',
    themes: ['culture-et-patrimoine'],
    published: -900,
    fields: { archived: 1, description: paragraphs('Le concours est terminé et le projet est archivé.') },
    steps: [{ type: 'CollectStep', title: 'Envoi des photos', start: -895, end: -850 }],
  },
  {
    key: 'disabled',
    title: 'Un nouveau parc à La Croix-Haute',
    type: 'concertation',
    themes: ['nature-en-ville'],
    districts: ['la-croix-haute'],
    published: -50,
    fields: { description: paragraphs('Une étape de ce projet est masquée le temps d’être préparée.') },
    steps: [
      { type: 'OtherStep', title: 'Diagnostic', start: -48, end: 30 },
      { type: 'ConsultationStep', title: 'Ateliers en ligne', start: -40, end: 30, fields: { enabled: 0 } },
    ],
  },
  {
    key: 'timeless',
    title: 'Boîte à idées permanente',
    type: 'appel-a-idees',
    themes: ['cadre-de-vie'],
    published: -300,
    cover: false,
    fields: { description: paragraphs('Toute l’année, sans date de fin.') },
    steps: [{ type: 'CollectStep', title: 'Vos idées', fields: { timeless: 1 } }],
  },
  {
    key: 'members',
    title: 'Conseil de quartier de Bellefontaine : espace des membres',
    type: 'concertation',
    districts: ['bellefontaine'],
    published: -33,
    fields: { visibility: 'CUSTOM', description: paragraphs('Réservé aux membres du conseil de quartier.') },
    steps: [{ type: 'DebateStep', title: 'Débat', start: -30, end: 30 }],
  },
  {
    key: 'english',
    title: 'Welcome desk for newcomers',
    type: 'questionnaire',
    themes: ['solidarites'],
    published: -16,
    fields: {
      locale: 'en-GB',
      description: paragraphs('Tell us what would have helped you when you arrived in Valmont.'),
    },
    steps: [{ type: 'QuestionnaireStep', title: 'Survey', start: -15, end: 45 }],
  },
];

export function seedProjects(town: Town): void {
  const { seeding, people } = town;
  for (const project of projects) {
    const id = addProject(town, project);
    addSteps(town, project.key, id, project.steps);
    seeding.call('projects', project.key, globalId('Project', id));
    if (project.key === 'members') {
      for (const user of people.citizens.slice(0, 12)) {
        seeding.insert('project_member', { project_id: id, user_id: user });
      }
    }
  }
}
