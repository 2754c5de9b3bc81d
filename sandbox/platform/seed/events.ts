import { uuidOf } from '../ids.js';
import type { Town } from './builders.js';
import { center } from './places.js';
import { need, paragraphs, slugOf, type Fields } from './seeding.js';

interface EventLine {
  readonly title: string;
  readonly body: string;
  readonly days: number;
  readonly at: readonly [hour: number, minute?: number];
  /** Days after the first, and the hour; nothing for an event that says only when it begins. */
  readonly end?: readonly [days: number, hour: number, minute?: number];
  readonly place?: string;
  readonly project?: string;
  readonly theme?: string;
  readonly district?: string;
  readonly link?: string;
  readonly english?: readonly [title: string, body: string];
  readonly fields?: Fields;
  readonly registered?: number;
}

const lines: readonly EventLine[] = [
  {
    title: 'Lancement du budget participatif',
    body: 'Présentation de la règle du jeu et du calendrier.',
    days: -118,
    at: [18, 30],
    end: [0, 20],
    place: 'Salle des fêtes, Valmont',
    project: 'budget',
    theme: 'cadre-de-vie',
  },
  {
    title: 'Atelier : écrire son idée',
    body: 'Avec les agents de la ville, pour celles et ceux qui préfèrent le papier.',
    days: -100,
    at: [14],
    end: [0, 17],
    place: 'Maison de quartier de Bellefontaine, Valmont',
    project: 'budget',
    district: 'bellefontaine',
  },
  {
    title: 'Balade à vélo des points noirs',
    body: 'Six kilomètres pour montrer ce qui bloque.',
    days: -21,
    at: [10],
    end: [0, 12],
    place: 'Parvis de la gare, Valmont',
    project: 'consultation',
    theme: 'mobilites',
    link: 'https://velo.valmont.example/balades',
  },
  {
    title: 'Réunion publique : le bus du dimanche',
    body: 'Horaires, coût et scénarios.',
    days: -6,
    at: [19],
    end: [0, 21],
    place: 'Hôtel de ville, Valmont',
    project: 'consultation',
    theme: 'mobilites',
  },
  {
    title: 'Stand du vote au marché',
    body: 'On vote sur papier ou sur tablette, et on répond à vos questions.',
    days: 2,
    at: [9],
    end: [0, 13],
    place: 'Place du Marché, Valmont',
    project: 'budget',
    district: 'centre-ville',
    english: ['Voting stand at the market', 'Vote on paper or on a tablet, and ask your questions.'],
  },
  {
    title: 'Visite des lieux des projets',
    body: 'À pied, de la guinguette à la micro-forêt, avec les porteurs d’idées.',
    days: 2,
    at: [14, 30],
    end: [0, 17],
    place: 'Pont Vieux, Valmont',
    project: 'budget',
    district: 'bords-de-la-lorette',
    fields: { guest_list_enabled: 1, max_registrations: 25 },
    registered: 25,
  },
  {
    title: 'Café des idées',
    body: 'Les porteurs d’idées présentent leur projet en trois minutes.',
    days: 5,
    at: [18],
    place: 'Médiathèque, Valmont',
    project: 'budget',
    theme: 'culture-et-patrimoine',
  },
  {
    title: 'Festival « Rue libre »',
    body: 'Trois jours sans voitures : spectacles, vélos et grande tablée.',
    days: 9,
    at: [17],
    end: [2, 19],
    place: 'Rue de la République, Valmont',
    theme: 'cadre-de-vie',
    district: 'centre-ville',
  },
  {
    title: 'Permanence numérique : voter en ligne',
    body: 'Un conseiller vous aide à créer votre compte.',
    days: 11,
    at: [9, 30],
    end: [0, 12],
    place: 'France Services, Valmont',
    project: 'budget',
    fields: { guest_list_enabled: 1, max_registrations: 12 },
    registered: 4,
  },
  {
    title: 'Atelier : dessiner les pistes cyclables',
    body: 'Sur plan, par tables de six.',
    days: 13,
    at: [18],
    end: [0, 20, 30],
    place: 'Gymnase des Prairies, Valmont',
    project: 'consultation',
    theme: 'mobilites',
    fields: { guest_list_enabled: 1 },
    registered: 17,
  },
  {
    title: 'Goûter du budget des jeunes',
    body: 'Crêpes, débats et vote.',
    days: 16,
    at: [15],
    end: [0, 18],
    place: 'Maison des jeunes, Valmont',
    theme: 'education-et-jeunesse',
  },
  {
    title: 'Soirée des résultats',
    body: 'Annonce des projets lauréats du budget participatif.',
    days: 23,
    at: [19],
    end: [0, 22],
    place: 'Hôtel de ville, Valmont',
    project: 'budget',
  },
  {
    title: 'Nuit de la chauve-souris',
    body: 'Écoute et observation au parc, avec un naturaliste.',
    days: 31,
    at: [21],
    end: [1, 0, 30],
    place: 'Parc des Prairies, Valmont',
    theme: 'nature-en-ville',
    district: 'les-prairies',
  },
  {
    title: 'Plantation de la haie du stade',
    body: 'Venez avec des bottes, les outils sont sur place.',
    days: 47,
    at: [9],
    end: [0, 12],
    place: 'Stade de La Croix-Haute, Valmont',
    theme: 'nature-en-ville',
    district: 'la-croix-haute',
  },
  {
    title: 'Lancement du plan climat',
    body: 'Conférence et tables rondes en plein air.',
    days: 64,
    at: [18],
    place: 'Théâtre de verdure, Valmont',
    project: 'future',
    theme: 'transition-ecologique',
  },
];

export function seedEvents(town: Town): void {
  const { seeding, people } = town;
  lines.forEach((line, i) => {
    const { title, body, days, at, end, place, fields = {}, english, link } = line;
    const slug = slugOf(title);
    const id = seeding.add('event', slug, {
      slug,
      author_id: people.town,
      start_at: seeding.day(days, ...at),
      end_at: end ? seeding.day(days + end[0], end[1], end[2] ?? 0) : null,
      address: place ?? null,
      lat: Number((center.lat + (i % 5) * 0.004).toFixed(4)),
      lng: Number((center.lng - (i % 4) * 0.005).toFixed(4)),
      media_id: seeding.picture('evenement', slug, title),
      created_at: seeding.day(Math.min(days, 0) - 20),
      review_status: 'PUBLISHED',
      ...fields,
    });
    const text = (locale: string, [name, content]: readonly [string, string]): void =>
      seeding.insert('event_translation', {
        event_id: id,
        locale,
        title: name,
        body: paragraphs(content),
        link: link ?? null,
        slug: slugOf(name),
      });
    text('fr-FR', [title, body]);
    if (english) text('en-GB', english);
    relate(town, id, line);
    for (const user of people.citizens.slice(i, i + (line.registered ?? 0))) {
      seeding.insert('event_registration', { event_id: id, user_id: user });
    }
  });
  seeding.add('comment', 'event/1', {
    event_id: uuidOf(`event/${slugOf(lines[3]?.title ?? '')}`),
    author_id: people.citizens[3],
    body: 'La salle sera-t-elle accessible en fauteuil ?',
    created_at: seeding.day(-8, 12),
    published_at: seeding.day(-8, 12),
  });
}

function relate({ seeding, places }: Town, id: string, { project, theme, district }: EventLine): void {
  if (project) seeding.insert('event_project', { event_id: id, project_id: uuidOf(`project/${project}`) });
  if (theme) seeding.insert('event_theme', { event_id: id, theme_id: need(places.themes, theme) });
  if (district) seeding.insert('event_district', { event_id: id, district_id: need(places.districts, district) });
}
