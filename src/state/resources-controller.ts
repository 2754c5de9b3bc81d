import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Remote } from '../core/remote.js';
import type { Resource } from './resource.js';

/** Lets an element follow as many resources as it has names for. */
export class ResourcesController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #choose: () => ReadonlyMap<string, Resource<T>>;
  #followed: ReadonlyMap<string, Resource<T>> = new Map();
  #leave = new Map<Resource<T>, () => void>();

  /** @param choose - The resources for the element's present properties, by name. */
  constructor(host: ReactiveControllerHost, choose: () => ReadonlyMap<string, Resource<T>>) {
    this.#host = host;
    this.#choose = choose;
    host.addController(this);
  }

  /** What is known of each, in the order of the choice. */
  get states(): ReadonlyMap<string, Remote<T>> {
    return new Map([...this.#followed].map(([name, { state }]) => [name, state]));
  }

  async reload(): Promise<void> {
    await Promise.all([...this.#followed.values()].map((resource) => resource.reload()));
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#followed = this.#choose();
    const left = this.#leave;
    // What is still followed is never given up in between: it would be read again.
    this.#leave = new Map(
      [...this.#followed.values()].map((resource) => [
        resource,
        left.get(resource) ?? resource.subscribe(() => this.#host.requestUpdate()),
      ]),
    );
    for (const [resource, leave] of left) if (!this.#leave.has(resource)) leave();
  }

  hostDisconnected(): void {
    for (const leave of this.#leave.values()) leave();
    this.#leave.clear();
  }
}
