import type { Kind } from '../records.js';

/** What people need to know of a column, in French and in English. */
type Words = readonly [fr: string, en: string];

/** A column is one that is described here. */
const WORDS = {
  id: ['Identifiant, qui ne change jamais.', 'Identifier, which never changes.'],
  title: ['Titre.', 'Title.'],
  url: ['Adresse de la page sur la plateforme.', 'Address of its page on the platform.'],
  summary: ['Résumé.', 'Summary.'],
  cover: ['Adresse de l’image de couverture.', 'Address of the cover image.'],
  type: ['Type de projet, tel que la plateforme le nomme.', 'Type of project, as the platform calls it.'],
  'themes.name': ['Thèmes, séparés par « | ».', 'Themes, separated by “|”.'],
  'districts.name': ['Quartiers ou secteurs, séparés par « | ».', 'Districts, separated by “|”.'],
  'authors.name': ['Auteurs du projet, séparés par « | ».', 'Authors of the project, separated by “|”.'],
  publishedAt: ['Date de publication.', 'Date of publication.'],
  status: ['Statut.', 'Status.'],
  startAt: ['Début.', 'Start.'],
  endAt: ['Fin ; vide si elle n’est pas fixée.', 'End; empty where none is set.'],
  'counts.votes': ['Nombre de votes en ligne.', 'Number of votes cast online.'],
  'counts.contributions': ['Nombre de contributions.', 'Number of contributions.'],
  'counts.contributors': ['Nombre de participants.', 'Number of participants.'],
  steps: [
    'Identifiants des étapes dans leur ordre, séparés par « | ».',
    'Identifiers of the steps in their order, separated by “|”.',
  ],
  projectId: ['Identifiant du projet.', 'Identifier of the project.'],
  projectTitle: ['Titre du projet.', 'Title of the project.'],
  kind: ['Nature de l’étape.', 'Kind of step.'],
  state: [
    'À venir (future), ouverte (open) ou terminée (closed), selon la plateforme au moment de la lecture.',
    'To come (future), open or over (closed), as the platform said at the moment of reading.',
  ],
  link: ['Adresse d’une autre page, donnée par l’auteur.', 'Address of another page, given by the author.'],
  'place.address': ['Adresse du lieu.', 'Address of the place.'],
  'place.lat': ['Latitude du lieu, en degrés (WGS 84).', 'Latitude of the place, in degrees (WGS 84).'],
  'place.lng': ['Longitude du lieu, en degrés (WGS 84).', 'Longitude of the place, in degrees (WGS 84).'],
  html: ['Texte mis en forme (HTML), sans rien d’actif.', 'Formatted text (HTML), without anything active.'],
  'author.name': [
    'Nom public de l’auteur ; vide s’il n’en a pas.',
    'Public name of the author; empty where there is none.',
  ],
  createdAt: ['Date de création.', 'Date of creation.'],
  updatedAt: ['Date de la dernière modification.', 'Date of the last change.'],
  reference: ['Numéro sous lequel on la connaît.', 'Number by which people know it.'],
  text: ['Texte sans mise en forme.', 'Plain text.'],
  'theme.name': ['Thème.', 'Theme.'],
  category: ['Catégorie.', 'Category.'],
  cost: ['Coût estimé, en euros ; vide s’il n’est pas connu.', 'Estimated cost in euros; empty where it is not known.'],
  votes: [
    'Nombre de votes dans l’étape, papier compris ; vide si le vote est secret ou si rien ne le dit public.',
    'Number of votes in the step, those on paper included; empty where the ballot is secret, or nothing says that it is not.',
  ],
  paperVotes: ['Nombre de votes sur papier, compris dans « votes ».', 'Number of votes on paper, included in “votes”.'],
  parentId: [
    'Identifiant de la contribution à laquelle elle répond.',
    'Identifier of the contribution that it is an answer to.',
  ],
  stance: ['Pour un argument : pour (for) ou contre (against).', 'Of an argument: for or against.'],
  'moderation.status': [
    'Si elle a été modérée : texte visible (visible) ou masqué (invisible) ; vide si la plateforme ne le dit pas, et alors masqué.',
    'If it was moderated: text visible or invisible; empty where the platform does not say, and then withheld.',
  ],
  'moderation.at': ['Date de la modération.', 'Date of moderation.'],
  'moderation.reason': ['Motif de la modération.', 'Reason for moderation.'],
  deleted: [
    'Vrai si l’objet n’est plus sur la plateforme : il n’en reste que l’identifiant et des dates. Vide sinon.',
    'True if the object is no longer on the platform: only its identifier and dates are left. Empty otherwise.',
  ],
  deletedAt: ['Date à laquelle sa disparition a été constatée.', 'Date on which it was found to be gone.'],
  source: ['Adresse de la plateforme dont vient la ligne.', 'Address of the platform that the row comes from.'],
  licence: ['Licence de réutilisation.', 'Licence for re-use.'],
} as const satisfies Readonly<Record<string, Words>>;

export type ColumnName = keyof typeof WORDS;

/** What the same name means elsewhere. */
const ELSEWHERE: Readonly<Partial<Record<Kind, Partial<Record<ColumnName, Words>>>>> = {
  projects: {
    status: [
      'À venir (future), ouvert (open) ou terminé (closed), d’après ce que la plateforme dit de ses étapes au moment de la lecture ; vide si aucune n’a de date.',
      'To come (future), open or over (closed), by what the platform said of its steps at the moment of reading; empty where none has a date.',
    ],
    startAt: ['Début de la première étape.', 'Start of the first step.'],
    endAt: [
      'Fin de la dernière étape ; vide si une étape n’a pas de fin.',
      'End of the last step; empty where a step has no end.',
    ],
  },
  proposals: {
    status: ['Statut dans l’étape, tel que la plateforme le nomme.', 'Status in the step, as the platform calls it.'],
  },
  contributions: {
    kind: [
      'Proposition (opinion), amendement (version), argument ou source.',
      'Proposal (opinion), amendment (version), argument or source.',
    ],
    title: ['Titre ; vide si le contenu est masqué.', 'Title; empty where the content is hidden.'],
    text: [
      'Texte sans mise en forme ; vide si le contenu est masqué.',
      'Plain text; empty where the content is hidden.',
    ],
    html: [
      'Texte mis en forme (HTML) ; vide si le contenu est masqué.',
      'Formatted text (HTML); empty where the content is hidden.',
    ],
    url: [
      'Adresse sur la plateforme ; vide si le contenu est masqué, ou celui auquel elle répond : l’adresse en dirait le titre.',
      'Address on the platform; empty where its content is hidden, or that which it answers to: the address would tell the title.',
    ],
  },
};

/** Said of dates that do not say it themselves. */
const LOCAL: Words = ['Heure locale', 'Local time'];

/**
 * The description of a column, in the language of the files; French where there is none.
 *
 * @param timeZone - Whose clock it is on, where its values do not say.
 */
export function describe(kind: Kind, name: ColumnName, lang: string, timeZone?: string): string {
  const words = ELSEWHERE[kind]?.[name] ?? WORDS[name];
  const place = /^en\b/i.test(lang) ? 1 : 0;
  return timeZone ? `${words[place]} ${LOCAL[place]} (${timeZone}).` : words[place];
}
