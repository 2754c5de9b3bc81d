import type { Project } from '../domain/project.js';
import { readProject } from '../platform/project.js';
import { judged } from './judged.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

/** A project; null when there is none, or this visitor may not see it. */
export const projectOf = (runtime: Runtime, id: string, lang: string): Resource<Project | null> =>
  runtime.share(`project ${lang} ${id}`, (platform, signal) =>
    judged(id, 'project', readProject(platform, id, { lang, signal })),
  );
