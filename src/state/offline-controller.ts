import type { ReactiveController, ReactiveControllerHost } from 'lit';

const TYPES = ['online', 'offline'];

/** Renders an element again when the network goes or comes back. */
export class OfflineController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get offline(): boolean {
    return !navigator.onLine;
  }

  hostConnected(): void {
    for (const type of TYPES) addEventListener(type, this.#look);
  }

  hostDisconnected(): void {
    for (const type of TYPES) removeEventListener(type, this.#look);
  }

  readonly #look = (): void => this.#host.requestUpdate();
}
