import type { ResultOf } from 'gql.tada';

import type { Project } from '../domain/project.js';
import { isParticipative } from '../domain/step.js';
import { isA, list, total, type Cursor } from './cursor.js';
import { projectCard } from './documents/public.js';
import type { Platform } from './endpoints.js';
import type { ReadOptions } from './loader.js';
import type { Settings } from './settings.js';
import { readStep, sharedProject } from './shared-project.js';
import { plainTexts } from './texts.js';

/** Reads a project; null when there is none, or this visitor may not see it. */
export async function readProject(platform: Platform, id: string, options: ReadOptions): Promise<Project | null> {
  const { settings } = platform;
  const project =
    settings.access === 'session'
      ? await (await import('./session-project.js')).readSessionProject(platform, id, options)
      : await platform
          .loader('public')
          .node(id, projectCard, (node) => (isA(node, 'Project') ? publicProject(node, settings) : null), options);
  return plainTexts(project);
}

type Card = ResultOf<typeof projectCard>;

/** The preview schema says neither what may be counted nor whether a selection has a vote: the kinds of the steps tell most of it. */
export function publicProject(node: Cursor<Card>, settings: Settings): Project {
  const steps = list(node.at('steps'), (step) => readStep(step, settings)).filter(
    ({ kind }) => kind !== 'presentation',
  );
  const online = total(node.at('votes'));
  const participative = steps.some((step) => isParticipative(step) !== false);
  return {
    ...sharedProject(node, settings),
    archived: false,
    restricted: false,
    steps,
    counts: {
      votes: participative && online ? { online, paper: null } : null,
      contributions: steps.some(isParticipative) ? total(node.at('contributions')) : null,
      contributors: participative ? total(node.at('contributors')) : null,
    },
  };
}
