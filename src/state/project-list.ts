import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { write } from '../core/json.js';
import type { Project } from '../domain/project.js';
import type { ProjectsWanted } from '../domain/wanted.js';
import { readProjects } from '../platform/project-list.js';
import type { ListWish } from './list-pages.js';
import { projectOf } from './project.js';
import type { Runtime } from './runtime.js';

/** The projects that a list asks for. */
export const projectsOf = (
  runtime: Runtime,
  wanted: ProjectsWanted,
  first: number,
  lang: string,
): ListWish<Project> => ({
  runtime,
  key: `projects ${lang} ${write(wanted)}`,
  first,
  read: (platform, count, after, signal) => readProjects(platform, wanted, count, after, { lang, signal }),
});

/** Hands the projects of a list over to the cards that show them, which then have nothing to ask for. */
export class ProjectsController implements ReactiveController {
  readonly #leave = new Map<Project, () => void>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Shares these projects, and no longer those shared before. */
  share(runtime: Runtime, projects: readonly Project[], lang: string): void {
    const left = new Map(this.#leave);
    for (const project of projects) {
      if (left.delete(project)) continue;
      const resource = projectOf(runtime, project.id, lang);
      resource.put(project);
      this.#leave.set(
        project,
        resource.subscribe(() => undefined),
      );
    }
    for (const [project, leave] of left) {
      leave();
      this.#leave.delete(project);
    }
  }

  hostDisconnected(): void {
    for (const leave of this.#leave.values()) leave();
    this.#leave.clear();
  }
}
