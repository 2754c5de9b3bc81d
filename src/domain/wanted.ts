import type { EventPeriod } from './event.js';
import type { ProjectPhase } from './project-phase.js';

/** Which projects of a list, and in which order. */
export interface ProjectsWanted {
  /** ID of a theme; empty: any. */
  readonly theme: string;
  /** ID of a district; empty: any. */
  readonly district: string;
  readonly status: 'all' | ProjectPhase;
  readonly order: 'newest' | 'popular';
}

/** Which events of a list. */
export interface EventsWanted {
  /** Global ID of a project; empty: any. */
  readonly project: string;
  readonly when: EventPeriod;
}
