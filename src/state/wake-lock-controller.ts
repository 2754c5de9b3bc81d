import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { ofDocument } from '../page/document.js';

/** Keeps the screen from going dark while the host wants it and the page is seen. Where a browser cannot, the screen sleeps. */
export class WakeLockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #wanted: () => boolean;
  #lock: Promise<WakeLockSentinel | undefined> | undefined;

  constructor(host: ReactiveControllerHost, wanted: () => boolean) {
    this.#host = host;
    this.#wanted = wanted;
    host.addController(this);
  }

  hostConnected(): void {
    // A browser drops the lock whenever the page is hidden.
    addEventListener('visibilitychange', this.#renew, true);
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#wanted()) this.#lock ??= this.#request();
    else this.#release();
  }

  hostDisconnected(): void {
    removeEventListener('visibilitychange', this.#renew, true);
    this.#release();
  }

  readonly #renew = (): void => {
    if (ofDocument('hidden')) return;
    this.#lock = undefined;
    this.hostUpdate();
  };

  async #request(): Promise<WakeLockSentinel | undefined> {
    // Old browsers have no such thing, and a battery that runs low refuses it.
    return (navigator as Partial<Navigator>).wakeLock?.request('screen').catch(() => undefined);
  }

  #release(): void {
    void this.#lock?.then((lock) => lock?.release());
    this.#lock = undefined;
  }
}
