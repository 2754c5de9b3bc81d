import type { Count, CountTarget, Metric } from '../domain/counts.js';
import type {
  ClientContribution,
  ClientEvent,
  ClientOptions,
  ClientProject,
  ClientProposal,
  ClientStep,
  ContributionsOptions,
  EventsOptions,
  ProjectsOptions,
  ProposalsOptions,
  ReadingOptions,
} from './types.js';

/** A participation platform, read without a page: in Node, in workers, in other front ends. */
export declare class CapClient {
  /** @throws {TypeError} When an option cannot be used. */
  constructor(options: ClientOptions);
  projects(options?: ProjectsOptions): AsyncGenerator<ClientProject, void, undefined>;
  project(id: string, options?: ReadingOptions): Promise<ClientProject | null>;
  steps(projectId: string, options?: ReadingOptions): AsyncGenerator<ClientStep, void, undefined>;
  proposals(stepId: string, options?: ProposalsOptions): AsyncGenerator<ClientProposal, void, undefined>;
  events(options?: EventsOptions): AsyncGenerator<ClientEvent, void, undefined>;
  contributions(
    consultationId: string,
    options?: ContributionsOptions,
  ): AsyncGenerator<ClientContribution, void, undefined>;
  count(target: CountTarget, metric: Metric, options?: ReadingOptions): Promise<Count | null>;
}
