import type { Project } from '../domain/project.js';
import type { ProjectsWanted } from '../domain/wanted.js';
import { present, readStretch, type Stretch } from './connection.js';
import { projectList } from './documents/session-project-list.js';
import type { Platform } from './endpoints.js';
import type { ReadOptions } from './loader.js';
import { sessionProject } from './session-project.js';

/**
 * What the platform calls a status in its list. "Open" takes in projects between two steps, which "future" leaves out:
 * those are looked for in the whole list.
 */
const STATUSES = { all: null, future: null, open: '1', closed: '3' } as const;

/** Some of the projects that this visitor may see. */
export const readSessionStretch = async (
  platform: Platform,
  { theme, district, status, order }: ProjectsWanted,
  first: number,
  after: string | null,
  options: ReadOptions,
): Promise<Stretch<Project>> =>
  present(
    await platform.loader('session').field(
      projectList,
      {
        first,
        after,
        order: order === 'popular' ? 'POPULAR' : 'PUBLISHED_AT',
        theme: theme || null,
        district: district || null,
        status: STATUSES[status],
      },
      (connection) => readStretch(connection, (node) => sessionProject(node, platform.settings)),
      options,
    ),
  );
