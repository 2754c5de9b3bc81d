import type { Project } from '../../domain/project.js';
import { describe } from '../../ui/structured-data.js';

/** Describes projects to search engines. Without any figure: some are those of ballots that are secret. */
export const describeProjects = (owner: object, projects: readonly Project[]): void =>
  describe(
    owner,
    projects.map(({ title, url, cover, themes }) => ({
      '@type': 'Project',
      '@id': url,
      name: title,
      url,
      image: cover ?? undefined,
      keywords: themes.join(', ') || undefined,
    })),
  );
