import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { clock } from '../core/clock.js';

/** Renders an element again when what it shows stops being true. */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  #cancel: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Node) {
    this.#host = host;
    host.addController(this);
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return clock.now();
  }

  /** Renders again at an instant; the latest call counts. */
  wakeAt(instant: number | null): void {
    this.#cancel?.();
    // An element is rendered for a last time when it is gone.
    if (instant !== null && this.#host.isConnected) this.#cancel = clock.after(instant - clock.now(), this.#wake);
  }

  hostConnected(): void {
    // Timers stand still while a computer sleeps.
    addEventListener('visibilitychange', this.#wake, true);
  }

  hostDisconnected(): void {
    removeEventListener('visibilitychange', this.#wake, true);
    this.wakeAt(null);
  }

  readonly #wake = (): void => this.#host.requestUpdate();
}
