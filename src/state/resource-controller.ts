import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Remote } from '../core/remote.js';
import type { Resource } from './resource.js';

const NOTHING: Remote<never> = { loading: false };

/** Lets an element follow the resource that its properties name. What comes for former properties no longer reaches it. */
export class ResourceController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #choose: () => Resource<T> | null | undefined;
  #resource: Resource<T> | null | undefined;
  #leave: (() => void) | undefined;
  #connected = false;

  /** @param choose - The resource for the element's present properties; nothing when they name none. */
  constructor(host: ReactiveControllerHost, choose: () => Resource<T> | null | undefined) {
    this.#host = host;
    this.#choose = choose;
    host.addController(this);
  }

  get state(): Remote<T> {
    return this.#resource?.state ?? NOTHING;
  }

  async reload(): Promise<void> {
    await this.#resource?.reload();
  }

  hostConnected(): void {
    this.#connected = true;
    // At once: an element that is moved must not be taken for gone.
    this.#leave = this.#resource?.subscribe(this.#follow);
    this.#follow();
  }

  hostUpdate(): void {
    if (!this.#connected) return;
    const resource = this.#choose();
    if (resource === this.#resource && this.#leave) return;
    const leave = this.#leave;
    this.#resource = resource;
    this.#leave = resource?.subscribe(this.#follow);
    leave?.();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#leave?.();
    this.#leave = undefined;
  }

  readonly #follow = (): void => this.#host.requestUpdate();
}
