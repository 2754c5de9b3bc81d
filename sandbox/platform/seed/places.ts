import type { Seeding } from './seeding.js';

export interface Places {
  readonly themes: ReadonlyMap<string, string>;
  readonly districts: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
}

/** Where things are on the map of Valmont, a town that is on no map. */
export const center = { lat: 46.6123, lng: 2.4487 };

const themes = [
  ['nature-en-ville', 'Nature en ville', 'Nature in town', 'Arbres, jardins, berges et biodiversité.'],
  ['mobilites', 'Mobilités', 'Getting around', 'Marche, vélo, bus et partage de la rue.'],
  ['solidarites', 'Solidarités', 'Solidarity', 'L’entraide entre habitants, à tous les âges de la vie.'],
  [
    'culture-et-patrimoine',
    'Culture &amp; patrimoine',
    'Culture &amp; heritage',
    'Lieux, fêtes et mémoire de la ville.',
  ],
  ['sport-et-bien-etre', 'Sport et bien-être', 'Sport and well-being', 'Bouger près de chez soi, sans abonnement.'],
  ['education-et-jeunesse', 'Éducation et jeunesse', 'Education and youth', 'Écoles, loisirs et projets des jeunes.'],
  ['cadre-de-vie', 'Cadre de vie', 'Living environment', 'Places, rues, propreté et tranquillité.'],
  ['transition-ecologique', 'Transition écologique', 'Ecological transition', 'Énergie, eau, déchets et alimentation.'],
] as const;

const districts = [
  ['centre-ville', 'Centre-ville', 'Town centre', 0, 0],
  ['bords-de-la-lorette', 'Bords de la Lorette', 'Lorette riverside', -1, 0],
  ['bellefontaine', 'Bellefontaine', 'Bellefontaine', 1, 0],
  ['gare-saint-eloi', 'Gare – Saint-Éloi', 'Station – Saint-Éloi', 0, 1],
  ['la-croix-haute', 'La Croix-Haute', 'La Croix-Haute', 1, 1],
  ['les-prairies', 'Les Prairies', 'Les Prairies', -1, -1],
] as const;

const types = [
  ['budget-participatif', 'Budget participatif', '#0b5d4e'],
  ['consultation', 'Consultation', '#14508c'],
  ['concertation', 'Concertation', '#6b3fa0'],
  ['questionnaire', 'Questionnaire', '#9a3412'],
  ['appel-a-idees', 'Appel à idées', '#92400e'],
  ['interpellation', 'Interpellation', '#9f1239'],
  ['vote', 'Vote', '#1e40af'],
] as const;

/** A square on the map for each district. */
function outline(x: number, y: number): string {
  const at = (dx: number, dy: number): [number, number] => [
    Number((center.lng + (x + dx) * 0.02).toFixed(4)),
    Number((center.lat + (y + dy) * 0.014).toFixed(4)),
  ];
  const ring = [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5), at(-0.5, -0.5)];
  return JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } });
}

export function seedPlaces(seeding: Seeding): Places {
  const translate = (id: string, field: string, value: string): void =>
    seeding.insert('translation', { object_id: id, locale: 'en-GB', field, value });

  const themeIds = themes.map(([slug, title, english, teaser], position) => {
    const id = seeding.add('theme', slug, {
      slug,
      title,
      teaser,
      body: `<p>${teaser}</p>`,
      media_id: seeding.picture('theme', slug, title),
      position,
    });
    translate(id, 'title', english);
    return [slug, id] as const;
  });
  const districtIds = districts.map(([slug, name, english, x, y], position) => {
    const id = seeding.add('global_district', slug, {
      slug,
      name,
      title_on_map: name,
      description: `<p>Le quartier ${name} et ses habitants.</p>`,
      geojson: outline(x, y),
      media_id: seeding.picture('district', slug, name),
      position,
    });
    translate(id, 'name', english);
    return [slug, id] as const;
  });
  const typeIds = types.map(
    ([slug, title, color]) => [slug, seeding.add('project_type', slug, { slug, title, color })] as const,
  );
  return { themes: new Map(themeIds), districts: new Map(districtIds), types: new Map(typeIds) };
}
