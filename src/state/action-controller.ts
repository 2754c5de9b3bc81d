import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Action } from '../core/action.js';
import { ApiError } from '../core/errors.js';

/** Carries out one act of the visitor at a time, and lets an element follow it. */
export class ActionController implements ReactiveController, Action {
  readonly #host: ReactiveControllerHost;
  #state: Action = { pending: false, done: false };

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get pending(): boolean {
    return this.#state.pending;
  }

  get error(): ApiError | undefined {
    return this.#state.error;
  }

  get done(): boolean {
    return this.#state.done;
  }

  /** Begins an act, unless one is under way. Resolves when it has ended, whatever the outcome. */
  async run(act: () => Promise<void>): Promise<void> {
    if (this.pending) return;
    this.#set({ pending: true, done: false });
    try {
      await act();
      this.#set({ pending: false, done: true });
    } catch (reason) {
      const error =
        reason instanceof ApiError ? reason : new ApiError('bad-response', String(reason), { cause: reason });
      this.#set({ pending: false, done: false, error });
    }
  }

  /** Forgets the outcome of the latest act. */
  clear(): void {
    if (!this.pending) this.#set({ pending: false, done: false });
  }

  hostConnected(): void {
    // Nothing to do: an act goes on while its element is moved.
  }

  #set(state: Action): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
