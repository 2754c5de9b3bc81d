import { nothing, type LitElement, type ReactiveController } from 'lit';

import type { Runtime } from '../../state/runtime.js';
import type { Farewell } from './farewell.js';

/** Says in an element who is signed in, and lets him leave. What that takes is loaded once there is somebody, or on a shared device. */
export class FarewellController implements ReactiveController {
  readonly #host: LitElement;
  readonly #runtime: () => Runtime | undefined;
  readonly #say: (text: string, urgent: boolean) => void;
  #part: Farewell | undefined;
  #loading: Promise<void> | undefined;

  /** @param say - Has screen readers say a sentence. */
  constructor(host: LitElement, runtime: () => Runtime | undefined, say: (text: string, urgent: boolean) => void) {
    this.#host = host;
    this.#runtime = runtime;
    this.#say = say;
    host.addController(this);
  }

  hostConnected(): void {
    this.#part?.connect();
  }

  hostDisconnected(): void {
    this.#part?.disconnect();
  }

  /**
   * @param account - Name of the account that is signed in; null while there is none, or nobody knows.
   * @param lingers - Something of the visitor's is on this page or device, or a session of his may be open on the platform.
   */
  render(account: string | null, lingers = false): unknown {
    const runtime = this.#runtime();
    if (!runtime || (account === null && !lingers && runtime.settings.device !== 'shared' && !this.#part?.speaks))
      return nothing;
    this.#loading ??= import('./farewell.js').then(
      ({ Farewell }) => {
        this.#part = new Farewell(this.#host, this.#runtime, this.#say);
        this.#host.requestUpdate();
      },
      // The network is gone: the next rendering tries again.
      () => (this.#loading = undefined),
    );
    return this.#part?.render(account) ?? nothing;
  }
}
