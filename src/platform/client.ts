import { ApiError } from '../core/errors.js';
import type { Count, CountTarget, Metric } from '../domain/counts.js';
import type { Project } from '../domain/project.js';
import { readCount, readStepVotes } from './decode-counts.js';
import { publicProject, sessionProject } from './decode-project.js';
import * as publicDocuments from './documents/public.js';
import * as sessionDocuments from './documents/session.js';
import { Loader } from './loader.js';
import type { Settings } from './settings.js';

/** How one reading is done. */
export interface ReadOptions {
  /** Language asked of the platform. */
  readonly lang: string;
  readonly signal: AbortSignal;
}

/** Reads a platform. All that is asked in one tick goes in one request. */
export class Client {
  readonly #public: Loader;
  readonly #session: Loader;
  /** The internal endpoint without the visitor's cookies: an extra of today's platform, on which nothing is built. */
  #rules: Loader | null;

  constructor(readonly settings: Settings) {
    const url = `${settings.api}/graphql`;
    const internal = { url: `${url}/internal`, accept: 'application/json' };
    // The platform picks its preview schema by this exact text.
    this.#public = new Loader({ url, accept: 'application/vnd.cap-collectif.preview+json', credentials: 'omit' });
    this.#session = new Loader({ ...internal, credentials: 'include' });
    this.#rules = settings.rules === 'auto' ? new Loader({ ...internal, credentials: 'omit' }) : null;
  }

  /** @throws {ApiError} */
  project(id: string, { lang, signal }: ReadOptions): Promise<Project | null> {
    const { settings } = this;
    return settings.access === 'session'
      ? this.#session.node(id, sessionDocuments.projectCard, (node) => sessionProject(node, settings), lang, signal)
      : this.#public.node(id, publicDocuments.projectCard, (node) => publicProject(node, settings), lang, signal);
  }

  /**
   * A number of an object; null when there is no such object.
   * @throws {ApiError}
   */
  async count(target: CountTarget, metric: Metric, options: ReadOptions): Promise<Count | null> {
    if (this.settings.access === 'session') return this.#internalCount(this.#session, target, metric, options);
    let known: Count | null = { kind: 'not-counted' };
    // A proposal's votes may be those of a secret ballot, which the public endpoint would give away.
    if (target.kind !== 'proposal') {
      const { lang, signal } = options;
      known = await this.#public.node(
        target.id,
        publicDocuments.counts,
        (node) => readCount(node, metric, this.settings),
        lang,
        signal,
      );
    }
    if (known?.kind !== 'not-counted' || !this.#rules) return known;
    try {
      return await this.#internalCount(this.#rules, target, metric, options);
    } catch (reason) {
      options.signal.throwIfAborted();
      // Not there on this platform: do without from now on. What may pass is a failure like any other.
      if (!(reason instanceof ApiError) || (reason.retryable && reason.code !== 'network')) throw reason;
      this.#rules = null;
      return known;
    }
  }

  async #internalCount(
    loader: Loader,
    target: CountTarget,
    metric: Metric,
    { lang, signal }: ReadOptions,
  ): Promise<Count | null> {
    const { settings } = this;
    if (target.kind === 'step' && metric === 'votes') {
      const votes = await this.#stepVotes(loader, target.id, { lang, signal });
      if (votes) return votes;
    }
    return loader.node(target.id, sessionDocuments.counts, (node) => readCount(node, metric, settings), lang, signal);
  }

  /** Adds up the votes of a step's proposals, a page of them at a time; null for a step without proposals. */
  async #stepVotes(loader: Loader, id: string, { lang, signal }: ReadOptions): Promise<Count | null> {
    let value = 0;
    let paper = 0;
    for (let after: string | null = null; ;) {
      const page: { count: Count; next: string | null } | null = await loader.list(
        sessionDocuments.stepVotes,
        { id, after },
        (node) => readStepVotes(node, this.settings),
        lang,
        signal,
      );
      if (page?.count.kind !== 'tally') return page?.count ?? null;
      value += page.count.value;
      paper += page.count.paper ?? 0;
      after = page.next;
      if (!after) return { kind: 'tally', value, paper };
    }
  }
}
