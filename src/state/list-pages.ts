import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { ApiError } from '../core/errors.js';
import type { Remote } from '../core/remote.js';
import type { ListPage } from '../domain/list-page.js';
import type { Platform } from '../platform/endpoints.js';
import { ResourceController } from './resource-controller.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

/** The platform gives no more than this at once, and does not say so. */
const LONGEST_PAGE = 100;

/** A list that an element shows page by page. */
export interface ListWish<T> {
  readonly runtime: Runtime;
  /** Names all that the list depends on: with another key it is another list, which begins at its first page. */
  readonly key: string;
  /** Entries to a page. */
  readonly first: number;
  /** Reads at most `first` entries that come after `after`, or from the beginning where that is null. */
  readonly read: (platform: Platform, first: number, after: string | null, signal: AbortSignal) => Promise<ListPage<T>>;
}

let lists = 0;

/**
 * Lets an element follow a list that grows page by page. Each element has a list of its own: more is shown where somebody
 * has asked for more. Reading again reads as much as is shown.
 */
export class ListPages<T extends { readonly id: string }> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #choose: () => ListWish<T> | null;
  readonly #followed: ResourceController<ListPage<T>>;
  readonly #name = ++lists;
  #resource: Resource<ListPage<T>> | undefined;
  #wish: ListWish<T> | undefined;
  #signal: AbortSignal | undefined;
  #turn = 0;

  /** The next page is being read. */
  loadingMore = false;
  /** Why the next page could not be read. */
  moreError: ApiError | undefined;

  /** @param choose - The list for the element's present properties; null when they name none. */
  constructor(host: ReactiveControllerHost, choose: () => ListWish<T> | null) {
    this.#host = host;
    this.#choose = choose;
    this.#followed = new ResourceController(host, () => this.#follow());
    host.addController(this);
  }

  /** What is known of the list, with all pages read so far in one. */
  get state(): Remote<ListPage<T>> {
    return this.#followed.state;
  }

  /** Reads again what is shown. Never rejects: the outcome is in `state`. */
  reload(): Promise<void> {
    return this.#followed.reload();
  }

  /** Adds the next page. Never rejects: the outcome is in `state` and `moreError`. */
  async more(): Promise<void> {
    const resource = this.#resource;
    const wish = this.#wish;
    const signal = this.#signal;
    if (!resource || !wish || !signal || this.loadingMore) return;
    const turn = this.#turn;
    this.#setMore(true);
    let error: ApiError | undefined;
    try {
      const { next } = await settled(resource);
      if (next) {
        const page = await readPage(wish, wish.first, next, signal);
        // What was read anew in the meantime counts, and what a shift of the list has brought twice is shown once.
        resource.put(join(await settled(resource), page));
      }
    } catch (reason) {
      error = reason instanceof ApiError ? reason : new ApiError('bad-response', String(reason), { cause: reason });
    }
    if (turn === this.#turn) this.#setMore(false, error);
  }

  hostConnected(): void {
    // Nothing to do: the resource is followed by its own controller.
  }

  #follow(): Resource<ListPage<T>> | null {
    const wish = this.#choose();
    const same = wish?.key === this.#wish?.key && wish?.runtime === this.#wish?.runtime;
    const before = same ? this.#resource : undefined;
    const resource: Resource<ListPage<T>> | undefined = wish?.runtime.share(
      `${wish.key} ${wish.first} #${this.#name}`,
      (_, signal) => {
        this.#signal = signal;
        const shown = (resource?.state.data ?? before?.state.data)?.items.length ?? 0;
        return readAll(wish, Math.max(wish.first, shown), signal);
      },
    );
    this.#wish = wish ?? undefined;
    if (resource !== this.#resource) {
      this.#resource = resource;
      this.#turn++;
      this.loadingMore = false;
      this.moreError = undefined;
    }
    return resource ?? null;
  }

  #setMore(loading: boolean, error?: ApiError): void {
    this.loadingMore = loading;
    this.moreError = error;
    this.#host.requestUpdate();
  }
}

const readPage = <T>(
  { runtime, read }: ListWish<T>,
  first: number,
  after: string | null,
  signal: AbortSignal,
): Promise<ListPage<T>> => read(runtime.platform, Math.min(first, LONGEST_PAGE), after, signal);

/** The beginning of a list, in as few pages as that takes. */
async function readAll<T extends { readonly id: string }>(
  wish: ListWish<T>,
  wanted: number,
  signal: AbortSignal,
): Promise<ListPage<T>> {
  let all = await readPage(wish, wanted, null, signal);
  for (let found = all.items.length; found && all.next && all.items.length < wanted;) {
    const before = all.items.length;
    all = join(all, await readPage(wish, wanted - before, all.next, signal));
    // A list that leads in a circle brings nothing new.
    found = all.items.length - before;
  }
  return all;
}

/** What a list holds once no reading of it is under way; one that has failed is done again. */
async function settled<T>(resource: Resource<ListPage<T>>): Promise<ListPage<T>> {
  if (resource.state.loading || resource.state.error) await resource.reload();
  const { data, error } = resource.state;
  if (error) throw error;
  return data ?? { items: [], total: null, next: null };
}

/** A list with its next page. */
function join<T extends { readonly id: string }>({ items }: ListPage<T>, page: ListPage<T>): ListPage<T> {
  const known = new Set(items.map(({ id }) => id));
  return { ...page, items: [...items, ...page.items.filter(({ id }) => !known.has(id))] };
}
