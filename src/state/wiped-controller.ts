import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Runtime } from './runtime.js';
import { wiped } from './viewer.js';

/** Tells an element to hide what it shows of the visitor. */
export class WipedController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #runtime: () => Runtime | undefined;
  readonly #hide: () => void;
  #stop: (() => void) | undefined;

  /** @param hide - Drops all that concerns the visitor; the element is rendered afterwards. */
  constructor(host: ReactiveControllerHost, runtime: () => Runtime | undefined, hide: () => void) {
    this.#host = host;
    this.#runtime = runtime;
    this.#hide = hide;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = wiped.on(({ runtime }) => {
      if (runtime.settings.platform !== this.#runtime()?.settings.platform) return;
      this.#hide();
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
