import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { FILTERS, ORDERS, type ProposalFilters } from '../domain/proposal.js';

type Name = keyof ProposalFilters;

/** The beginnings of the names that lists of this page have in its address. */
const taken = new Set<string>();

/** The filters of a list: what the visitor has chosen, else what the page has set. */
export class FiltersController implements ReactiveController {
  readonly #host: ReactiveControllerHost & ProposalFilters & { readonly syncUrl: boolean };
  #own: ReadonlyMap<string, string> = new Map();
  #prefix = '';

  /** @param host - Has what the page has set, and whether the visitor's choice is kept in the address of the page. */
  constructor(host: ReactiveControllerHost & ProposalFilters & { readonly syncUrl: boolean }) {
    this.#host = host;
    host.addController(this);
  }

  get current(): ProposalFilters {
    const of = (name: Name): string => this.#own.get(name) ?? this.#host[name];
    return {
      order: ORDERS.find((order) => order === of('order')) ?? this.#host.order,
      category: of('category'),
      district: of('district'),
      theme: of('theme'),
      term: of('term'),
    };
  }

  /** Whether the visitor has chosen anything. */
  get changed(): boolean {
    return this.#own.size > 0;
  }

  /** The visitor chooses. What is not among the values stays as it is. */
  choose(values: FormData): void {
    const { current } = this;
    const chosen = FILTERS.map((name) => [name, (values.get(name) as string | null)?.trim() ?? current[name]] as const);
    this.#write(new Map(chosen.filter(([name, value]) => value !== this.#host[name])));
  }

  /** Back to what the page has set. */
  clear(): void {
    this.#write(new Map());
  }

  /** What the page sets holds from then on, whatever the visitor has chosen before. */
  yield(set: ReadonlyMap<PropertyKey, unknown>): void {
    this.#own = new Map([...this.#own].filter(([name]) => !set.has(name)));
  }

  #write(own: ReadonlyMap<string, string>): void {
    this.#own = own;
    this.#host.requestUpdate();
    if (!this.#prefix) return;
    const url = new URL(location.href);
    const { searchParams } = url;
    for (const name of FILTERS) {
      const value = own.get(name);
      if (value === undefined) searchParams.delete(this.#prefix + name);
      else searchParams.set(this.#prefix + name, value);
    }
    history.replaceState(history.state, '', url);
  }

  readonly #read = (): void => {
    if (!this.#prefix) return;
    const { searchParams } = new URL(location.href);
    this.#own = new Map(
      FILTERS.flatMap((name) => {
        const value = searchParams.get(this.#prefix + name);
        return value === null ? [] : [[name, value]];
      }),
    );
    this.#host.requestUpdate();
  };

  hostConnected(): void {
    addEventListener('popstate', this.#read);
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#prefix || !this.#host.syncUrl) return;
    // The first list of a page, the second… have names that are the same when the page is loaded again.
    for (let place = 1; !this.#prefix; place++) {
      const prefix = `cap${place > 1 ? place : ''}-`;
      if (!taken.has(prefix)) taken.add((this.#prefix = prefix));
    }
    this.#read();
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#read);
    taken.delete(this.#prefix);
    this.#prefix = '';
  }
}
