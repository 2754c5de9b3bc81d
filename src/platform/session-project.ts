import type { ResultOf } from 'gql.tada';

import type { Project } from '../domain/project.js';
import { readStep, sharedProject } from './shared-project.js';
import { count, flag, isA, list, maybe, text, total, type Cursor } from './cursor.js';
import { projectCard } from './documents/session.js';
import type { ReadOptions } from './loader.js';
import type { Platform } from './endpoints.js';
import { webAddress } from './web-address.js';
import type { Settings } from './settings.js';

/** Reads a project as the platform's own pages do. */
export const readSessionProject = (platform: Platform, id: string, options: ReadOptions): Promise<Project | null> =>
  platform
    .loader('session')
    .node(id, projectCard, (node) => (isA(node, 'Project') ? sessionProject(node, platform.settings) : null), options);

type Card = ResultOf<typeof projectCard>;

export function sessionProject(node: Cursor<Card>, settings: Settings): Project {
  const shared = sharedProject(node, settings);
  const link = maybe(node.at('externalLink'), (address) => webAddress(text(address), settings.platform));
  const external = flag(node.at('isExternal'));
  return {
    ...shared,
    url: (external && link) || shared.url,
    archived: flag(node.at('archived')),
    restricted: text(node.at('visibility')) !== 'PUBLIC',
    steps: list(node.at('steps'), (step) => ({
      ...readStep(step, settings),
      enabled: flag(step.at('enabled')),
      votable: maybe((step as Cursor<typeof step.type & { votable?: boolean }>).at('votable'), flag),
    })).filter(({ enabled, kind }) => enabled && kind !== 'presentation'),
    counts: external ? externalCounts(node) : ownCounts(node),
  };
}

/** As on the platform, no votes at all are no number of votes. */
const votesOf = (online: number, paper: number): Project['counts']['votes'] =>
  online + paper ? { online, paper } : null;

/** A project that lives elsewhere has the figures that staff have typed in. */
function externalCounts(node: Cursor<Card>): Project['counts'] {
  return {
    votes: votesOf(maybe(node.at('externalVotesCount'), count) ?? 0, 0),
    contributions: maybe(node.at('externalContributionsCount'), count) || null,
    contributors: maybe(node.at('externalParticipantsCount'), count) || null,
  };
}

function ownCounts(node: Cursor<Card>): Project['counts'] {
  const shown = flag(node.at('hasParticipativeStep'));
  const secret = list(node.at('votableSteps'), (step) => flag(step.at('canDisplayBallot'))).includes(false);
  return {
    votes:
      shown && !secret && flag(node.at('isVotesCounterDisplayable'))
        ? votesOf(total(node.at('votes')), count(node.at('paperVotesTotalCount')))
        : null,
    contributions: shown && flag(node.at('isContributionsCounterDisplayable')) ? total(node.at('contributions')) : null,
    contributors: shown && flag(node.at('isParticipantsCounterDisplayable')) ? total(node.at('contributors')) : null,
  };
}
