import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { write } from '../core/json.js';
import { FILTERS, type ListedProposal, type ProposalChoices, type ProposalFilters } from '../domain/proposal.js';
import { readChoices, readProposals } from '../platform/proposal-list.js';
import { proposalOf } from './ballot.js';
import type { ListWish } from './list-pages.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';
import { viewerOf } from './viewer.js';

/** What the proposals of a step can be told apart by; null where the platform does not say. */
export const choicesOf = (runtime: Runtime, stepId: string, lang: string): Resource<ProposalChoices | null> =>
  runtime.share(`choices ${lang} ${stepId}`, (platform, signal) => readChoices(platform, stepId, { lang, signal }));

/** The proposals of a step that fit some filters, page by page. */
export const proposalsOf = (
  runtime: Runtime,
  stepId: string,
  filters: ProposalFilters,
  first: number,
  lang: string,
): ListWish<ListedProposal> => ({
  runtime,
  key: `proposals ${lang} ${stepId} ${write(FILTERS.map((name) => filters[name]))}`,
  first,
  read: (platform, size, after, signal) => {
    const { data, loading } = viewerOf(runtime, lang).state;
    const signedIn = loading ? undefined : data?.signedIn;
    return readProposals(platform, { ...filters, stepId, first: size, after, signedIn }, { lang, signal });
  },
});

/** Hands to vote buttons what a list has read along: they find it there, and ask for nothing themselves. */
export class VotesController implements ReactiveController {
  #held = new Map<Resource<unknown>, () => void>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** To be called before the buttons are rendered. What is known already, of an act for example, stays. */
  hold(runtime: Runtime, stepId: string, lang: string, proposals: readonly ListedProposal[]): void {
    const before = this.#held;
    this.#held = new Map();
    for (const { id, vote, signedIn } of proposals) {
      if (!vote) continue;
      const resource = proposalOf(runtime, id, stepId, signedIn, lang);
      if (!resource.state.at) resource.put(vote);
      this.#held.set(resource, before.get(resource) ?? resource.subscribe(() => undefined));
    }
    for (const [resource, leave] of before) if (!this.#held.has(resource)) leave();
  }

  hostDisconnected(): void {
    for (const leave of this.#held.values()) leave();
    this.#held = new Map();
  }
}
