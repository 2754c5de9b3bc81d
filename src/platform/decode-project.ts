import type { ResultOf } from 'gql.tada';

import { parsePlatformTime } from '../domain/platform-time.js';
import type { Project } from '../domain/project.js';
import { isParticipative, type Step, type StepKind } from '../domain/step.js';
import { count, flag, list, maybe, text, type Cursor } from './cursor.js';
import type * as publicDocuments from './documents/public.js';
import type * as sessionDocuments from './documents/session.js';
import { decodeEntities, webAddress } from './plain-text.js';
import type { Settings } from './settings.js';

type PublicCard = ResultOf<typeof publicDocuments.projectCard>;
type SessionCard = ResultOf<typeof sessionDocuments.projectCard>;

/** Names of step types. The platform also sends types that its schemas do not list. */
const KINDS: Readonly<Record<string, StepKind>> = {
  CollectStep: 'collect',
  SelectionStep: 'selection',
  ConsultationStep: 'consultation',
  QuestionnaireStep: 'questionnaire',
  DebateStep: 'debate',
  PresentationStep: 'presentation',
  RankingStep: 'ranking',
};

const total = (connection: Cursor<{ totalCount: number }>): number => count(connection.at('totalCount'));

/** The preview schema says neither what may be counted nor whether a selection has a vote: the kinds of the steps tell most of it. */
export function publicProject(node: Cursor<PublicCard>, settings: Settings): Project {
  const steps = list(node.at('steps'), (step) => readStep(step, settings.timeZone)).filter(
    ({ kind }) => kind !== 'presentation',
  );
  const hosts = (kinds: readonly StepKind[]): boolean => steps.some(({ kind }) => kinds.includes(kind));
  const online = total(node.at('votes'));
  const participative = steps.some((step) => isParticipative(step) !== false);
  return {
    ...readCommon(node, settings),
    archived: false,
    restricted: false,
    steps,
    counts: {
      votes: participative && online ? { online, paper: null } : null,
      contributions: hosts(['consultation', 'questionnaire', 'collect', 'debate'])
        ? total(node.at('contributions'))
        : null,
      contributors: participative ? total(node.at('contributors')) : null,
    },
  };
}

export function sessionProject(node: Cursor<SessionCard>, settings: Settings): Project {
  const common = readCommon(node, settings);
  const external = flag(node.at('isExternal'));
  const shown = external || flag(node.at('hasParticipativeStep'));
  const displayable = (
    name: 'isVotesCounterDisplayable' | 'isContributionsCounterDisplayable' | 'isParticipantsCounterDisplayable',
  ): boolean => shown && flag(node.at(name));
  const paper = count(node.at('paperVotesTotalCount'));
  const online = total(node.at('votes'));
  return {
    ...common,
    url:
      (external && maybe(node.at('externalLink'), (link) => webAddress(text(link), settings.platform))) || common.url,
    archived: flag(node.at('archived')),
    restricted: text(node.at('visibility')) !== 'PUBLIC',
    steps: list(node.at('steps'), (step) => ({
      enabled: flag(step.at('enabled')),
      ...readStep(step, settings.timeZone),
    })).filter(({ enabled, kind }) => enabled && kind !== 'presentation'),
    counts: external
      ? {
          votes: votesOf(maybe(node.at('externalVotesCount'), count) ?? 0, 0),
          contributions: maybe(node.at('externalContributionsCount'), count) || null,
          contributors: maybe(node.at('externalParticipantsCount'), count) || null,
        }
      : {
          votes: displayable('isVotesCounterDisplayable') ? votesOf(online, paper) : null,
          contributions: displayable('isContributionsCounterDisplayable') ? total(node.at('contributions')) : null,
          contributors: displayable('isParticipantsCounterDisplayable') ? total(node.at('contributors')) : null,
        },
  };
}

/** As on the platform, a project without any vote shows no number of votes. */
const votesOf = (online: number, paper: number): Project['counts']['votes'] =>
  online + paper ? { online, paper } : null;

function readCommon(
  node: Cursor<Pick<PublicCard & SessionCard, 'id' | 'url' | 'title' | 'cover' | 'type' | 'themes' | 'districts'>>,
  { platform }: Settings,
): Pick<Project, 'id' | 'url' | 'title' | 'cover' | 'type' | 'themes' | 'districts'> {
  return {
    id: text(node.at('id')),
    url: webAddress(text(node.at('url')), platform) ?? platform,
    title: decodeEntities(text(node.at('title'))),
    cover: maybe(node.at('cover'), (cover) => webAddress(text(cover.at('url')), platform)),
    type: maybe(node.at('type'), (type) => decodeEntities(text(type.at('title')))),
    themes:
      maybe(node.at('themes'), (themes) => list(themes, (theme) => decodeEntities(text(theme.at('title'))))) ?? [],
    districts:
      maybe(node.at('districts'), (districts) =>
        maybe(districts.at('edges'), (edges) =>
          list(edges, (edge) => maybe(edge.at('node'), (district) => decodeEntities(text(district.at('name'))))),
        ),
      )?.filter((name) => name !== null) ?? [],
  };
}

type AnyStep = Pick<PublicCard['steps'][number], 'id' | 'title' | 'state' | 'timeRange'> & {
  __typename: string;
  timeless?: boolean | null;
  votable?: boolean;
};

function readStep(step: Cursor<AnyStep>, timeZone: string): Step {
  const date = (name: 'startAt' | 'endAt'): number | null =>
    maybe(step.at('timeRange').at(name), (at) => {
      const time = parsePlatformTime(text(at), timeZone);
      return Number.isNaN(time) ? null : time;
    });
  const startAt = date('startAt');
  const endAt = date('endAt');
  return {
    id: text(step.at('id')),
    kind: KINDS[text(step.at('__typename'))] ?? 'other',
    title: decodeEntities(text(step.at('title'))),
    startAt,
    endAt,
    // An open step without any date can only be one that has none on purpose.
    timeless:
      maybe(step.at('timeless'), flag) ?? (startAt === null && endAt === null && text(step.at('state')) === 'OPENED'),
    votable: maybe(step.at('votable'), flag),
  };
}
