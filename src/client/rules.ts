import type { Count } from '../domain/counts.js';
import { count, known, list, number, text, total, type Cursor } from '../platform/cursor.js';
import { secrecy } from '../platform/decode-count.js';
import { clientBallot, clientModeration, clientVotes } from '../platform/documents/client-rules.js';
import type { Loader, ReadOptions } from '../platform/loader.js';
import type { ClientPlatform } from './client-platform.js';
import { decodeModeration, moderated } from './decode.js';
import type { ClientContribution, ClientProposal } from './types.js';

/** Whether the votes of a step are secret. */
export interface Ballot {
  /** Null: they may be shown. */
  readonly secret: Count | null;
}

/** What the public API does not tell, asked of the API of the platform's own pages where that answers strangers. */
export class Rules {
  constructor(readonly platform: ClientPlatform) {}

  /** Null where nothing says whether the votes are secret. */
  ballot(stepId: string, options: ReadOptions): Promise<Ballot | null> {
    return this.#ask((loader) =>
      loader.node(stepId, clientBallot, (step) => ({ secret: secrecy(step, this.platform.settings) }), options),
    );
  }

  /** The proposals with their costs, and with their votes in a step where those may be shown. */
  async withVotes(
    proposals: readonly ClientProposal[],
    step: string,
    ballot: Ballot | null,
    options: ReadOptions,
  ): Promise<readonly ClientProposal[]> {
    const ids = proposals.map(({ id }) => id);
    const found = await this.#about(ids, (loader) =>
      loader.field(
        clientVotes,
        { ids, step },
        (nodes) =>
          entries(nodes as Cursor<readonly (Voted | null)[]>, (node) => ({
            cost: known(node.at('estimation'), number),
            online: total(node.at('votes')),
            paper: count(node.at('paperVotesTotalCount')),
          })),
        options,
      ),
    );
    return proposals.map((proposal) => {
      const about = found?.get(proposal.id);
      const votes: Count =
        ballot?.secret ??
        (ballot && about
          ? { kind: 'tally', value: about.online + about.paper, paper: about.paper }
          : { kind: 'not-counted' });
      return { ...proposal, cost: about?.cost ?? null, votes };
    });
  }

  /**
   * The contributions with what was moderated among their opinions.
   *
   * @param unmoderated - Finds the IDs of all opinions that were not: what they are not among was, for whatever reason.
   */
  async withModeration(
    contributions: readonly ClientContribution[],
    unmoderated: () => Promise<ReadonlySet<string>>,
    options: ReadOptions,
  ): Promise<readonly ClientContribution[]> {
    const { settings } = this.platform;
    const ids = contributions.filter(({ kind }) => kind === 'opinion').map(({ id }) => id);
    const found = await this.#about(ids, (loader) =>
      loader.field(
        clientModeration,
        { ids },
        (nodes) =>
          entries(nodes as Cursor<readonly (Opinion | null)[]>, (node) => ({ why: decodeModeration(node, settings) })),
        options,
      ),
    );
    const others = ids.every((id) => found?.has(id)) ? undefined : await unmoderated();
    return contributions.map((contribution) => {
      const { id, kind } = contribution;
      if (kind !== 'opinion') return contribution;
      const unknown = others?.has(id) ? null : { status: null, at: null, reason: null };
      return moderated(contribution, (found?.get(id) ?? { why: unknown }).why);
    });
  }

  #about<R>(ids: readonly string[], read: (loader: Loader) => Promise<R | null>): Promise<R | null> {
    return ids.length ? this.#ask(read) : Promise.resolve(null);
  }

  async #ask<R>(read: (loader: Loader) => Promise<R | null>): Promise<R | null> {
    if (!this.platform.hasRules) return null;
    try {
      return await read(this.platform.loader('rules'));
    } catch (reason) {
      if (!this.platform.refusesRules(reason)) throw reason;
      return null;
    }
  }
}

interface Voted {
  readonly id: string;
  readonly estimation: number | null;
  readonly votes: { readonly totalCount: number };
  readonly paperVotesTotalCount: number;
}

interface Opinion {
  readonly id: string;
  readonly trashed: boolean;
  readonly trashedStatus: string | null;
  readonly trashedAt: string | null;
  readonly trashedReason: string | null;
}

/** By ID, the objects that are there. */
const entries = <T extends { readonly id: string }, R>(
  nodes: Cursor<readonly (T | null)[]>,
  read: (node: Cursor<NonNullable<T>>) => R,
): ReadonlyMap<string, R> =>
  new Map(
    list(nodes, (node) => ({ id: text(node.at('id')), about: read(node) }), known).map(({ id, about }) => [id, about]),
  );
