import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The beginnings of keys that elements of this page have. */
const taken = new Set<string>();

/** Keeps some values of an element in the address of its page, beside whatever else is there. */
export class AddressController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #wanted: () => boolean;
  readonly #onRead: (values: ReadonlyMap<string, string>) => void;
  #prefix = '';

  /**
   * @param wanted - Whether the page wants that at all.
   * @param onRead - Called with the values in the address: at first, and when the visitor goes back or forth.
   */
  constructor(
    host: ReactiveControllerHost,
    wanted: () => boolean,
    onRead: (values: ReadonlyMap<string, string>) => void,
  ) {
    this.#host = host;
    this.#wanted = wanted;
    this.#onRead = onRead;
    host.addController(this);
  }

  /** Replaces the values in the address. */
  write(values: ReadonlyMap<string, string>): void {
    if (!this.#prefix) return;
    const url = new URL(location.href);
    for (const name of [...url.searchParams.keys()]) if (name.startsWith(this.#prefix)) url.searchParams.delete(name);
    for (const [name, value] of values) url.searchParams.set(this.#prefix + name, value);
    history.replaceState(history.state, '', url);
  }

  hostConnected(): void {
    addEventListener('popstate', this.#read);
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#prefix || !this.#wanted()) return;
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

  readonly #read = (): void => {
    if (!this.#prefix) return;
    const all = [...new URLSearchParams(location.search)];
    const own = all.filter(([name]) => name.startsWith(this.#prefix));
    this.#onRead(new Map(own.map(([name, value]) => [name.slice(this.#prefix.length), value])));
  };
}
