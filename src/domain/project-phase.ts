import { projectSituation, type Project } from './project.js';

/** Where a project stands, as a list is asked for it. */
export type ProjectPhase = 'open' | 'future' | 'closed';

/** The phase of a project at an instant; null for one without any dated step. */
export function projectPhase(project: Pick<Project, 'steps'>, now: number): ProjectPhase | null {
  // Putting a project away changes nothing of its steps.
  const { status, step } = projectSituation({ ...project, archived: false }, now);
  if (!step) return null;
  const { kind } = status;
  // Between two steps there is no tag: what comes next is still to come.
  return kind === 'ended' ? 'closed' : kind === 'upcoming' || kind === 'none' ? 'future' : 'open';
}
