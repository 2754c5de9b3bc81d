import type { ResultOf } from 'gql.tada';

import { parsePlatformTime } from '../domain/platform-time.js';
import type { Project } from '../domain/project.js';
import { isParticipative, type Step, type StepKind } from '../domain/step.js';
import { list, maybe, text, total, type Cursor } from './cursor.js';
import { projectCard } from './documents/public.js';
import type { ReadOptions } from './loader.js';
import type { Platform } from './platform.js';
import type { Settings } from './settings.js';
import { webAddress } from './web-address.js';

/** Reads a project; null when there is none, or this visitor may not see it. */
export async function readProject(platform: Platform, id: string, options: ReadOptions): Promise<Project | null> {
  const { settings } = platform;
  const project =
    settings.access === 'session'
      ? await (await import('./session-project.js')).readSessionProject(platform, id, options)
      : await platform.loader('public').node(id, projectCard, (node) => publicProject(node, settings), options);
  // Titles may be written as HTML text: few are, and an address that holds an entity means what it says.
  return project &&
    /&\S+;/.test(project.title + project.type + project.themes + project.steps.map(({ title }) => title))
    ? { ...(await import('./entities.js')).decodeTexts(project), url: project.url, cover: project.cover }
    : project;
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
    ...readCard(node, settings),
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

/** What both schemas tell of a project. */
export function readCard(
  node: Cursor<Pick<Card, 'id' | 'url' | 'title' | 'cover' | 'type' | 'themes'>>,
  { platform }: Settings,
): Pick<Project, 'id' | 'url' | 'title' | 'cover' | 'type' | 'themes'> {
  return {
    id: text(node.at('id')),
    url: webAddress(text(node.at('url')), platform) ?? platform,
    title: text(node.at('title')),
    cover: maybe(node.at('cover'), (cover) => webAddress(text(cover.at('url')), platform)),
    type: maybe(node.at('type'), (type) => text(type.at('title'))),
    themes: maybe(node.at('themes'), (themes) => list(themes, (theme) => text(theme.at('title')))) ?? [],
  };
}

/** A step of either schema. The platform also sends types that its schemas do not list. */
export function readStep(
  step: Cursor<Pick<Card['steps'][number], 'id' | 'title' | 'state' | 'timeRange'> & { __typename: string }>,
  { timeZone }: Settings,
): Step {
  const date = (name: 'startAt' | 'endAt'): number | null =>
    maybe(step.at('timeRange').at(name), (at) => parsePlatformTime(text(at), timeZone) || null);
  const startAt = date('startAt');
  const endAt = date('endAt');
  return {
    id: text(step.at('id')),
    kind: text(step.at('__typename')).replace('Step', '').toLowerCase() as StepKind,
    title: text(step.at('title')),
    startAt,
    endAt,
    // An open step without any date can only be one that has none on purpose.
    timeless: !startAt && !endAt && text(step.at('state')) === 'OPENED',
    votable: null,
  };
}
