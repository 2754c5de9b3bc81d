import { ApiError } from '../core/errors.js';
import { write } from '../core/json.js';
import type { Count, CountTarget, Metric } from '../domain/counts.js';
import { readCount } from '../platform/count.js';
import { isA, type Cursor } from '../platform/cursor.js';
import {
  clientContributions,
  clientEvents,
  clientProject,
  clientProjects,
  clientProposals,
  clientSteps,
} from '../platform/documents/client.js';
import type { Document } from '../platform/documents/typed.js';
import type { ReadOptions } from '../platform/loader.js';
import { readPages, settled, type Page, type PageRequest } from '../platform/paging.js';
import type { Settings } from '../platform/settings.js';
import { ClientPlatform } from './client-platform.js';
import { decodeContribution, decodeEvent, decodePage, decodeProject, decodeProposal, decodeSteps } from './decode.js';
import { Rules, type Ballot } from './rules.js';
import { settingsOf } from './settings.js';
import type {
  ClientContribution,
  ClientEvent,
  ClientOptions,
  ClientProject,
  ClientProposal,
  ClientStep,
  ContributionsOptions,
  EventsOptions,
  ListOptions,
  ProjectsOptions,
  ProposalsOptions,
  ReadingOptions,
} from './types.js';

const DIRECTIONS = { oldest: 'ASC', newest: 'DESC', popular: 'DESC', earliest: 'ASC', latest: 'DESC' } as const;

interface Variables {
  readonly first: number;
  readonly after: string | null;
}

/**
 * A participation platform, read without a page: in Node, in workers, in other front ends. Lists are read a page at a time while
 * they are walked through; leaving the walk, or aborting its signal, ends the requests. What fails is tried again as on a page.
 *
 * What it throws is an `ApiError` with one of the codes of the elements' `cap-error`, or the reason of an aborted signal.
 */
export class CapClient {
  readonly #platform: ClientPlatform;
  readonly #rules: Rules;
  readonly #lang: string;
  readonly #signal: AbortSignal | undefined;

  /** @throws {TypeError} When an option cannot be used. */
  constructor(options: ClientOptions) {
    const settings = settingsOf(options);
    this.#platform = new ClientPlatform(settings, options.token, options.fetch);
    this.#rules = new Rules(this.#platform);
    this.#lang = settings.lang || 'fr';
    this.#signal = options.signal;
  }

  /** The projects that may be seen. */
  projects({ theme, order = 'oldest', ...options }: ProjectsOptions = {}): AsyncGenerator<
    ClientProject,
    void,
    undefined
  > {
    const variables = {
      theme: theme ?? null,
      order: { field: order === 'popular' ? 'POPULAR' : 'PUBLISHED_AT', direction: directionOf(order) } as const,
    };
    return this.#list(
      options,
      (page, reading) =>
        this.#field(clientProjects, { ...variables, ...page }, (field) => this.#page(field, decodeProject), reading),
      true,
    );
  }

  /** One project; null where there is none, or it may not be seen. */
  project(id: string, options: ReadingOptions = {}): Promise<ClientProject | null> {
    return this.#project(id, clientProject, (node) => decodeProject(node, this.#settings), options);
  }

  /** The steps of a project, in their order. */
  async *steps(projectId: string, options: ReadingOptions = {}): AsyncGenerator<ClientStep, void, undefined> {
    const steps = await this.#project(projectId, clientSteps, (node) => decodeSteps(node, this.#settings), options);
    if (!steps) throw new ApiError('not-found', `project ${projectId}`);
    yield* steps;
  }

  /** The proposals of a collect or selection step, without those that were moderated. */
  proposals(
    stepId: string,
    { order = 'oldest', ...options }: ProposalsOptions = {},
  ): AsyncGenerator<ClientProposal, void, undefined> {
    const variables = { id: stepId, direction: directionOf(order) };
    let ballot: Promise<Ballot | null> | undefined;
    return this.#list(options, async (page, reading) => {
      const read = this.#field(
        clientProposals,
        { ...variables, ...page },
        (node) =>
          this.#page(member(node, 'proposals', stepId), (proposal, settings) =>
            decodeProposal(proposal, stepId, settings),
          ),
        reading,
      );
      ballot ??= this.#rules.ballot(stepId, reading);
      const [found, rules] = await Promise.all([read, ballot]);
      return { ...found, items: await this.#rules.withVotes(found.items, stepId, rules, reading) };
    });
  }

  /** The events that are public, past ones included. */
  events({ project, order = 'earliest', ...options }: EventsOptions = {}): AsyncGenerator<
    ClientEvent,
    void,
    undefined
  > {
    const variables = {
      project: project ?? null,
      order: { field: 'START_AT', direction: directionOf(order) } as const,
    };
    return this.#list(options, (page, reading) =>
      this.#field(clientEvents, { ...variables, ...page }, (field) => this.#page(field, decodeEvent), reading),
    );
  }

  /**
   * The opinions of a consultation, their versions, arguments and sources. Why an opinion was moderated only the `rules` say;
   * without them a moderated opinion is one that the platform's own list leaves out, and its texts are withheld.
   */
  contributions(
    consultationId: string,
    { includeTrashed = false, order = 'oldest', ...options }: ContributionsOptions = {},
  ): AsyncGenerator<ClientContribution, void, undefined> {
    const variables = {
      id: consultationId,
      order: { field: 'CREATED_AT', direction: directionOf(order) } as const,
      trashed: includeTrashed,
    };
    let others: Promise<ReadonlySet<string>> | undefined;
    return this.#list(options, async (page, reading) => {
      const found = await this.#field(
        clientContributions,
        { ...variables, ...page },
        (node) => this.#page(member(node, 'contributions', consultationId), decodeContribution),
        reading,
      );
      if (!includeTrashed) return found;
      const unmoderated = (): Promise<ReadonlySet<string>> => (others ??= this.#opinions(consultationId, options));
      return { ...found, items: await this.#rules.withModeration(found.items, unmoderated, reading) };
    });
  }

  /** A number of an object, as `cap-participation-counter` shows it; null where there is no such object. */
  count(target: CountTarget, metric: Metric, { signal }: ReadingOptions = {}): Promise<Count | null> {
    return this.#once(signal, (reading) => readCount(this.#platform, target, metric, reading));
  }

  get #settings(): Settings {
    return this.#platform.settings;
  }

  /** The IDs of all opinions that were not moderated. */
  async #opinions(consultationId: string, { signal }: ReadingOptions): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for await (const { kind, id } of this.contributions(consultationId, { signal }))
      if (kind === 'opinion') ids.add(id);
    return ids;
  }

  #project<T, R>(
    id: string,
    fragment: Document<T>,
    decode: (node: Cursor<T>) => R,
    { signal }: ReadingOptions,
  ): Promise<R | null> {
    return this.#once(signal, (reading) =>
      this.#platform
        .loader('public')
        .node(id, fragment, (node) => (isA(node, 'Project') ? decode(node) : null), reading),
    );
  }

  #once<R>(signal: AbortSignal | undefined, read: (options: ReadOptions) => Promise<R>): Promise<R> {
    const both = this.#either(signal) ?? new AbortController().signal;
    return settled(read({ lang: this.#lang, signal: both }), both);
  }

  #list<T extends { readonly id: string }>(
    { first, signal }: ListOptions,
    read: (page: Variables, options: ReadOptions) => Promise<Page<T>>,
    shifting = false,
  ): AsyncGenerator<T, void, undefined> {
    return readPages(({ signal, ...page }: PageRequest) => read(page, { lang: this.#lang, signal }), {
      first,
      signal: this.#either(signal),
      shifting,
    });
  }

  async #field<T, V extends object, R>(
    operation: Document<T, V>,
    variables: V,
    decode: (field: Cursor<NonNullable<T[keyof T]>>) => R,
    options: ReadOptions,
  ): Promise<R> {
    const found = await this.#platform.loader('public').field(operation, variables, decode, options);
    if (found === null) throw new ApiError('not-found', write(variables));
    return found;
  }

  #page<T, R>(
    connection: Parameters<typeof decodePage<T, R>>[0],
    decode: (node: Cursor<NonNullable<T>>, settings: Settings) => R | null,
  ): Page<NonNullable<R>> {
    return decodePage(connection, (node) => decode(node, this.#settings)) as Page<NonNullable<R>>;
  }

  #either(signal: AbortSignal | undefined): AbortSignal | undefined {
    return signal && this.#signal ? AbortSignal.any([signal, this.#signal]) : (signal ?? this.#signal);
  }
}

function directionOf(order: keyof typeof DIRECTIONS): 'ASC' | 'DESC' {
  if (Object.hasOwn(DIRECTIONS, order)) return DIRECTIONS[order];
  throw new TypeError(`"${order}" is no order: there are ${Object.keys(DIRECTIONS).join(', ')}.`);
}

/** A list that only some kinds of object have. */
function member<T, K extends string>(
  node: Cursor<T>,
  key: K,
  id: string,
): Cursor<Extract<T, Readonly<Record<K, unknown>>>[K]> {
  const owner = node as Cursor<unknown> as Cursor<Extract<T, Readonly<Record<K, unknown>>>>;
  const found = owner.at(key);
  if (found.raw === undefined) throw new ApiError('not-found', `${id} has no ${key}`);
  return found;
}
