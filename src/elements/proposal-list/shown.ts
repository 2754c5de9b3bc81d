import type { ListPage } from '../../domain/list-page.js';
import type { ListedProposal } from '../../domain/proposal.js';

/** Cards that are drawn at once: each has a vote button, and a browser must be able to do other things in between. */
const BATCH = 6;

/**
 * What is on screen of a list, or about to be. Cards stay where they are as long as the visitor has asked for nothing else:
 * after a vote the order by votes may be another one, and a visitor who signs in has another random order.
 */
export class Shown {
  #read: ListPage<ListedProposal> | undefined;
  #filters = '';
  #renews = true;

  list: ListPage<ListedProposal> | undefined;
  /** The visitor has asked for more: what comes is added. */
  grows = false;
  /** How many cards are drawn by now. */
  drawn = 0;

  /** Shows nothing of what was read so far. */
  forget(): void {
    this.list = this.#read = undefined;
    this.#filters = '';
  }

  /** Takes the next list as it comes. */
  renew(): void {
    this.#renews = true;
  }

  /**
   * Takes over what was read.
   *
   * @param filters - What the list depends on.
   */
  take(read: ListPage<ListedProposal>, filters: string): void {
    if (read === this.#read) return;
    const isOther = filters !== this.#filters;
    const before = isOther || this.#renews ? undefined : this.list;
    this.list = before ? this.#keep(before, read) : read;
    // Other cards begin with none at all: what is left of former ones would be taken for theirs.
    if (isOther) this.drawn = -BATCH;
    this.#read = read;
    this.#filters = filters;
    this.#renews = false;
  }

  /** Some more cards can be drawn. */
  draw(): void {
    this.drawn = Math.min(this.list?.items.length ?? 0, this.drawn + BATCH);
  }

  #keep(before: ListPage<ListedProposal>, read: ListPage<ListedProposal>): ListPage<ListedProposal> {
    const found = new Map(read.items.map((item) => [item.id, item]));
    const kept = before.items.map((item) => found.get(item.id) ?? item);
    for (const { id } of kept) found.delete(id);
    return { ...read, items: this.grows ? [...kept, ...found.values()] : kept };
  }
}
