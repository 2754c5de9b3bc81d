import { clock } from '../core/clock.js';
import type { ListPage } from '../domain/list-page.js';
import { projectPhase } from '../domain/project-phase.js';
import type { Project } from '../domain/project.js';
import type { ProjectsWanted } from '../domain/wanted.js';
import { present, readStretch, search, type Stretch } from './connection.js';
import { list, maybe, text } from './cursor.js';
import { projectList } from './documents/project-list.js';
import type { Platform } from './endpoints.js';
import type { ReadOptions } from './loader.js';
import { publicProject } from './project.js';
import { plainTexts } from './texts.js';

/** Entries to a stretch that is looked through here. */
const STRETCH = 50;

/** Reads a page of projects. What the platform cannot select itself is looked for in its list. */
export async function readProjects(
  platform: Platform,
  wanted: ProjectsWanted,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<ListPage<Project>> {
  const { district, status } = wanted;
  const read =
    platform.settings.access === 'session'
      ? (await import('./session-project-list.js')).readSessionStretch
      : readPublicStretch;
  const narrowed = status !== 'all' || (read === readPublicStretch && Boolean(district));
  const page = narrowed
    ? await search(
        (from) => read(platform, wanted, STRETCH, from, options),
        // What another district has was left out already.
        (project) => status === 'all' || projectPhase(project, clock.now()) === status,
        first,
        after,
      )
    : await read(platform, wanted, first, after, options);
  return { ...page, items: await plainTexts(page.items) };
}

/** The preview schema selects by theme alone. */
async function readPublicStretch(
  platform: Platform,
  { theme, district, order }: ProjectsWanted,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<Stretch<Project>> {
  return present(
    await platform.loader('public').field(
      projectList,
      {
        first,
        after,
        order: order === 'popular' ? 'POPULAR' : 'PUBLISHED_AT',
        theme: theme || null,
        placed: Boolean(district),
      },
      (connection) =>
        readStretch(connection, (node) => {
          const districts =
            maybe(node.at('districts'), (found) =>
              maybe(found.at('edges'), (edges) =>
                list(edges, (edge) => maybe(edge.at('node'), (one) => text(one.at('id')))),
              ),
            ) ?? [];
          return !district || districts.includes(district) ? publicProject(node, platform.settings) : null;
        }),
      options,
    ),
  );
}
