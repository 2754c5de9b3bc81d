import { globalId } from '../ids.js';
import { addProject, addSteps, type Town } from './builders.js';
import { opinions, references, remarks, sections, versions } from './consultation-texts.js';
import { need, paragraphs, slugOf, type Fields } from './seeding.js';

/** A consultation on getting around, with what people wrote, answered, voted and had moderated. */
export function seedConsultation(town: Town): void {
  const { seeding } = town;
  const project = addProject(town, {
    key: 'consultation',
    title: 'Plan de mobilité : circuler autrement',
    type: 'consultation',
    themes: ['mobilites', 'cadre-de-vie'],
    districts: ['centre-ville', 'gare-saint-eloi'],
    published: -40,
    fields: {
      description: paragraphs(
        'La ville écrit son plan de mobilité pour dix ans. Donnez votre avis, proposez, argumentez.',
      ),
      meta_description: 'Marche, vélo, bus : donnez votre avis sur le plan de mobilité de Valmont.',
    },
  });
  const [, step = ''] = addSteps(town, 'consultation', project, [
    {
      type: 'PresentationStep',
      title: 'Présentation',
      fields: { body: paragraphs('Pourquoi un plan, et comment participer.') },
    },
    {
      type: 'ConsultationStep',
      title: 'Consultation',
      start: -35,
      end: 40,
      fields: { body: paragraphs('Quatre sujets, six semaines.') },
    },
    { type: 'OtherStep', title: 'Synthèse', start: 41, end: 80 },
    { type: 'RankingStep', title: 'Avis les plus soutenus', start: 41, end: 120 },
  ]);
  const consultation = seeding.add('consultation', 'main', {
    step_id: step,
    slug: 'circuler-autrement',
    title: 'Circuler autrement',
    description: paragraphs('Trois façons de se déplacer, et ce qu’il faut y changer.'),
    media_id: seeding.picture('consultation', 'circuler-autrement', 'Circuler autrement'),
    position: 1,
    created_at: seeding.day(-40),
  });
  const places = seedSections(town, consultation);
  const written = seedOpinions(town, places);
  seedVersions(town, written);
  seedRemarks(town, written);

  const second = seeding.add('consultation', 'stationnement', {
    step_id: step,
    slug: 'stationner',
    title: 'Stationner',
    description: paragraphs('Durées, tarifs et places réservées : la consultation ouvre avec la même étape.'),
    position: 2,
    created_at: seeding.day(-38),
  });
  seeding.add('section', 'stationner/places', {
    consultation_id: second,
    slug: 'places-reservees',
    title: 'Places réservées',
    position: 1,
    vote_widget_type: 1,
  });
  seeding.call('projects', 'consultation', globalId('Project', project));
  seeding.call('consultations', 'main', globalId('Consultation', consultation));
  seeding.call('consultations', 'empty', globalId('Consultation', second));
}

function seedSections({ seeding }: Town, consultation: string): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  sections.forEach(([slug, title, subtitle, parent], i) => {
    const id = seeding.add('section', `main/${slug}`, {
      consultation_id: consultation,
      parent_id: parent === null ? null : need(ids, parent),
      slug,
      title,
      subtitle,
      position: i + 1,
      votes_threshold: 50,
      votes_help_text: paragraphs('À partir de cinquante votes favorables, la ville répond à la contribution.'),
    });
    ids.set(slug, id);
  });
  return ids;
}

type Trash = readonly ['VISIBLE' | 'INVISIBLE', string] | undefined;

function trash(trashed: Trash, at: number): Fields {
  return trashed ? { trashed_at: at, trashed_status: trashed[0], trashed_reason: trashed[1] } : {};
}

function seedOpinions(town: Town, places: ReadonlyMap<string, string>): string[] {
  const { seeding, people } = town;
  return opinions.map(([section, title, body, yes, mixed, no, trashed], i) => {
    const at = seeding.day(-34 + i * 2, 8 + i, (i * 11) % 60);
    const id = seeding.add('opinion', `main/${i}`, {
      section_id: need(places, section),
      slug: slugOf(title),
      title,
      body: paragraphs(body),
      author_id: people.citizens[(i * 29) % people.citizens.length],
      pinned: i === 5 ? 1 : 0,
      position: i + 1,
      created_at: at,
      updated_at: i % 4 === 0 ? at + 7_200_000 : null,
      published_at: at,
      ...trash(trashed, seeding.day(-3)),
    });
    vote(town, 'opinion', id, { YES: yes, MITIGE: mixed, NO: no });
    return id;
  });
}

function seedVersions(town: Town, written: readonly string[]): void {
  const { seeding, people } = town;
  versions.forEach(({ opinion, title, body, comment, yes, no, trashed }, i) => {
    const at = seeding.day(-12 + i, 17, i * 9);
    const id = seeding.add('version', `main/${i}`, {
      opinion_id: written[opinion],
      slug: slugOf(title),
      title,
      body: paragraphs(body),
      comment,
      author_id: people.citizens[(i * 53 + 7) % people.citizens.length],
      created_at: at,
      published_at: at,
      ...trash(trashed, seeding.day(-2)),
    });
    vote(town, 'version', id, { YES: yes, NO: no });
  });
}

function seedRemarks(town: Town, written: readonly string[]): void {
  const { seeding, people } = town;
  remarks.forEach(({ opinion, type, body, votes, trashed }, i) => {
    const at = seeding.day(-16 + i, 20, i * 4);
    const id = seeding.add('argument', `main/${i}`, {
      opinion_id: written[opinion],
      type,
      body,
      author_id: people.citizens[(i * 37 + 11) % people.citizens.length],
      created_at: at,
      published_at: at,
      ...trash(trashed, seeding.day(-1)),
    });
    vote(town, 'argument', id, { YES: votes });
  });
  const category = seeding.add('source_category', 'study', { title: 'Étude' });
  references.forEach(([opinion, title, body, link], i) => {
    const at = seeding.day(-9 + i, 12);
    const id = seeding.add('source', `main/${i}`, {
      opinion_id: written[opinion],
      category_id: category,
      title,
      body,
      link,
      author_id: people.associations[i % people.associations.length],
      created_at: at,
      published_at: at,
    });
    vote(town, 'source', id, { YES: 4 + i });
  });
}

/** Arguments and sources know support only. */
function vote(
  { seeding, people }: Town,
  kind: 'opinion' | 'version' | 'argument' | 'source',
  id: string,
  counts: Readonly<Partial<Record<'YES' | 'MITIGE' | 'NO', number>>>,
): void {
  const values = Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, () => value));
  const voters = seeding.shuffled(people.citizens.slice(0, 260));
  values.forEach((value, i) => {
    const at = seeding.day(-seeding.between(1, 9), seeding.between(7, 22));
    seeding.insert(`${kind}_vote`, {
      [`${kind}_id`]: id,
      user_id: voters[i],
      created_at: at,
      published_at: at,
      ...(kind === 'opinion' || kind === 'version' ? { value } : {}),
    });
  });
}
