import type { Kind } from './records.js';

/** The words that files bring along beside the platform's own. */
interface Words {
  readonly titles: Readonly<Record<Kind, string>>;
  readonly kinds: Readonly<Record<'opinion' | 'version' | 'source', string>>;
  readonly arguments: Readonly<Record<'for' | 'against', string>>;
  readonly moderated: string;
  readonly licence: string;
  readonly source: string;
  /** Between a word and what it announces. */
  readonly colon: string;
}

const fr: Words = {
  titles: {
    projects: 'Projets',
    steps: 'Étapes des projets',
    events: 'Agenda',
    proposals: 'Propositions',
    contributions: 'Contributions',
  },
  kinds: { opinion: 'Proposition', version: 'Amendement', source: 'Source' },
  arguments: { for: 'Argument pour', against: 'Argument contre' },
  moderated: 'Contenu modéré',
  licence: 'Licence',
  source: 'Source',
  colon: ' : ',
};

const en: Words = {
  titles: {
    projects: 'Projects',
    steps: 'Steps of the projects',
    events: 'Events',
    proposals: 'Proposals',
    contributions: 'Contributions',
  },
  kinds: { opinion: 'Proposal', version: 'Amendment', source: 'Source' },
  arguments: { for: 'Argument for', against: 'Argument against' },
  moderated: 'Moderated content',
  licence: 'Licence',
  source: 'Source',
  colon: ': ',
};

/** The words of a language; French where there are none. */
export const wordsOf = (lang: string): Words => (/^en\b/i.test(lang) ? en : fr);
