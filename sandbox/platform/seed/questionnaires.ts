import { globalId } from '../ids.js';
import { addProject, addSteps, type StepSeed, type Town } from './builders.js';
import { paragraphs, type Fields } from './seeding.js';

interface QuestionLine {
  readonly type: string;
  readonly title: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
  readonly texts?: readonly string[];
}

interface Subject {
  readonly key: string;
  readonly title: string;
  readonly name: string;
  readonly theme: string;
  readonly published: number;
  readonly step: StepSeed;
  readonly replies: number;
  readonly fields: Fields;
  readonly questions: readonly QuestionLine[];
}

const places = ['Sous les arbres', 'Au bord de l’eau', 'Sur une place animée', 'Chez moi, fenêtres ouvertes'];

const subjects: readonly Subject[] = [
  {
    key: 'open',
    title: 'Vivre la chaleur en ville',
    name: 'Vos étés à Valmont',
    theme: 'transition-ecologique',
    published: -22,
    step: { type: 'QuestionnaireStep', title: 'Questionnaire', start: -20, end: 26 },
    replies: 132,
    fields: { anonymous_allowed: 1, multiple_replies_allowed: 0 },
    questions: [
      { type: 'radio', title: 'Où trouvez-vous la fraîcheur l’été ?', required: true, choices: places },
      {
        type: 'checkbox',
        title: 'Que faut-il faire d’abord ?',
        choices: ['Planter', 'Ombrer', 'Ouvrir des lieux frais', 'Donner accès à l’eau'],
      },
      {
        type: 'number',
        title: 'Combien de nuits chaudes avez-vous mal dormi l’été dernier ?',
        texts: ['3', '8', '12', '20'],
      },
      {
        type: 'textarea',
        title: 'Un lieu à rafraîchir en priorité ?',
        texts: [
          'La cour de l’école Pasteur.',
          'Le parvis de la gare, sans un arbre.',
          'La place des Prairies &amp; ses arrêts de bus.',
        ],
      },
    ],
  },
  {
    key: 'private',
    title: 'Vos besoins de garde d’enfants',
    name: 'Enquête petite enfance',
    theme: 'education-et-jeunesse',
    published: -12,
    step: { type: 'QuestionnaireStep', title: 'Enquête', start: -10, end: 9 },
    replies: 38,
    fields: { private_result: 1, phone_confirmation_required: 1 },
    questions: [
      {
        type: 'select',
        title: 'Quel accueil cherchez-vous ?',
        required: true,
        choices: ['Crèche', 'Assistante maternelle', 'Halte-garderie'],
      },
      { type: 'text', title: 'À quels horaires ?', texts: ['7 h 30 – 18 h', 'Le mercredi', 'En horaires décalés'] },
    ],
  },
  {
    key: 'closed',
    title: 'Les rythmes du centre-ville',
    name: 'Quand venez-vous en centre-ville ?',
    theme: 'cadre-de-vie',
    published: -210,
    step: { type: 'QuestionnaireStep', title: 'Questionnaire', start: -205, end: -160 },
    replies: 84,
    fields: { anonymous_allowed: 1, multiple_replies_allowed: 1 },
    questions: [
      {
        type: 'radio',
        title: 'Le plus souvent, vous venez…',
        required: true,
        choices: ['À pied', 'À vélo', 'En bus', 'En voiture'],
      },
      {
        type: 'text',
        title: 'Ce qui vous ferait venir plus',
        texts: ['Un cinéma.', 'Des commerces ouverts à midi.', 'Moins de bruit.'],
      },
    ],
  },
];

export function seedQuestionnaires(town: Town): void {
  for (const subject of subjects) seedQuestionnaire(town, subject);
}

function seedQuestionnaire(town: Town, subject: Subject): void {
  const { seeding } = town;
  const { key, title, name, theme, published, step, fields } = subject;
  const project = addProject(town, {
    key: `questionnaire-${key}`,
    title,
    type: 'questionnaire',
    themes: [theme],
    districts: ['centre-ville'],
    published,
    fields: { description: paragraphs(`« ${name} » : cinq minutes pour éclairer les choix de la ville.`) },
  });
  const [stepId = ''] = addSteps(town, `questionnaire-${key}`, project, [step]);
  const id = seeding.add('questionnaire', key, {
    step_id: stepId,
    title: name,
    description: paragraphs('Vos réponses sont publiées sans votre nom, sauf si vous le souhaitez.'),
    created_at: seeding.day(published),
    ...fields,
  });
  const questions = subject.questions.map((line, i) => {
    const question = seeding.add('question', `${key}/${i}`, {
      questionnaire_id: id,
      type: line.type,
      title: line.title,
      position: i + 1,
      required: line.required ? 1 : 0,
    });
    line.choices?.forEach((choice, n) => {
      seeding.add('question_choice', `${key}/${i}/${n}`, { question_id: question, title: choice, position: n + 1 });
    });
    return { question, line };
  });
  seedReplies(town, subject, id, questions);
  seeding.call('questionnaires', key, globalId('Questionnaire', id));
}

function seedReplies(
  { seeding, people }: Town,
  { key, replies, step, fields }: Subject,
  questionnaire: string,
  questions: readonly { readonly question: string; readonly line: QuestionLine }[],
): void {
  const start = step.start ?? 0;
  const days = Math.min(step.end ?? 0, -1) - start - 1;
  const authors = seeding.shuffled(people.citizens);
  for (let i = 0; i < replies; i++) {
    const at = seeding.day(start + 1 + (i % days), seeding.between(7, 22), seeding.between(0, 59));
    const anonymous = fields['anonymous_allowed'] === 1 && i % 6 === 0;
    const draft = i % 31 === 30;
    const reply = seeding.add('reply', `${key}/${i}`, {
      questionnaire_id: questionnaire,
      author_id: anonymous ? null : (authors[i] ?? null),
      private: i % 4 === 0 ? 1 : 0,
      draft: draft ? 1 : 0,
      created_at: at,
      published_at: draft ? null : at,
    });
    questions.forEach(({ question, line }, n) => {
      if (!line.required && seeding.chance() < 0.3) return;
      seeding.add('response', `${key}/${i}/${n}`, {
        reply_id: reply,
        question_id: question,
        value: seeding.pick(line.choices ?? line.texts ?? []),
      });
    });
  }
}
