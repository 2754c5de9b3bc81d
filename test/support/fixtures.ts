/** Objects of a fictional town's platform, complete for both of its schemas. */
import { NOW } from './fake-clock.js';
import type { FakeObject } from './fake-platform.js';

type Fields = Readonly<Record<string, unknown>>;

/** An instant as the platform writes it: in Paris, without saying so. */
export const platformTime = (instant: number): string =>
  new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' }).format(instant);

const today = platformTime(NOW);

const stateOf = (startAt: string | null, endAt: string | null): string =>
  endAt !== null && endAt <= today ? 'CLOSED' : startAt === null || startAt <= today ? 'OPENED' : 'FUTURE';

let steps = 0;

/** One step of a project. Its dates are the platform's, `YYYY-MM-DD HH:mm:ss`. */
export const step = (
  kind: 'Collect' | 'Selection' | 'Consultation' | 'Questionnaire' | 'Other',
  title: string,
  startAt: string | null,
  endAt: string | null,
  fields: Fields = {},
): FakeObject => ({
  __typename: `${kind}Step`,
  id: `step-${++steps}`,
  title,
  state: stateOf(startAt, endAt),
  timeRange: { startAt, endAt },
  enabled: true,
  timeless: startAt === null && endAt === null,
  ...(kind === 'Collect' || kind === 'Selection'
    ? { votable: true, canDisplayBallot: true, publishedVoteDate: null }
    : {}),
  votes: { totalCount: 0 },
  proposals: { totalCount: 0 },
  contributions: { totalCount: 0 },
  contributors: { totalCount: 0 },
  ...fields,
});

/** A participatory budget whose vote is open, and far from its end. */
export const project = (id: string, fields: Fields = {}): FakeObject => ({
  __typename: 'Project',
  id,
  title: 'Budget participatif 2026',
  url: `https://participez.valmont.example/project/${id}`,
  cover: null,
  type: { title: 'Budget participatif' },
  themes: [{ title: 'Nature en ville' }, { title: 'Solidarités' }],
  districts: { edges: [{ node: { name: 'Les Tanneries' } }] },
  steps: [
    step('Collect', 'Dépôt des idées', '2026-01-12 09:00:00', '2026-03-01 00:00:00'),
    step('Selection', 'Vote des habitants', '2026-04-20 09:00:00', '2026-06-15 00:00:00'),
    step('Other', 'Réalisation', '2026-09-01 00:00:00', null),
  ],
  votes: { totalCount: 12_480 },
  paperVotesTotalCount: 0,
  votableSteps: [],
  contributions: { totalCount: 24 },
  contributors: { totalCount: 3_912 },
  archived: false,
  visibility: 'PUBLIC',
  isExternal: false,
  externalLink: null,
  externalVotesCount: null,
  externalContributionsCount: null,
  externalParticipantsCount: null,
  hasParticipativeStep: true,
  isVotesCounterDisplayable: true,
  isContributionsCounterDisplayable: true,
  isParticipantsCounterDisplayable: true,
  ...fields,
});

/** A project whose one step takes place between two instants. */
export const projectBetween = (
  id: string,
  startAt: string | null,
  endAt: string | null,
  fields: Fields = {},
): FakeObject => project(id, { steps: [step('Collect', 'Dépôt des idées', startAt, endAt)], ...fields });

/** A proposal of a ballot; `ballot` says whether that ballot is secret. */
export const proposal = (id: string, online: number, paper = 0, ballot: Fields = {}): FakeObject => ({
  __typename: 'Proposal',
  id,
  title: 'Une guinguette au bord de l’eau',
  votes: { totalCount: online },
  paperVotesTotalCount: paper,
  votableSteps: [
    { __typename: 'SelectionStep', id: `ballot-of-${id}`, canDisplayBallot: true, publishedVoteDate: null, ...ballot },
  ],
});

/** A step with the proposals that people vote for. */
export const ballot = (id: string, proposals: readonly FakeObject[], fields: Fields = {}): FakeObject =>
  step('Selection', 'Vote des habitants', '2026-04-20 09:00:00', '2026-06-15 00:00:00', {
    id,
    proposals: {
      totalCount: proposals.length,
      pageInfo: { hasNextPage: false, endCursor: null },
      edges: proposals.map((node) => ({ node })),
    },
    ...fields,
  });

export const consultation = (id: string, fields: Fields = {}): FakeObject => ({
  __typename: 'Consultation',
  id,
  title: 'Repenser la place du marché',
  votes: { totalCount: 1_705 },
  contributions: { totalCount: 642 },
  contributors: { totalCount: 287 },
  ...fields,
});

export const questionnaire = (id: string, fields: Fields = {}): FakeObject => ({
  __typename: 'Questionnaire',
  id,
  title: 'Vos trajets du quotidien',
  participants: { totalCount: 412 },
  replies: { totalCount: 409 },
  ...fields,
});
