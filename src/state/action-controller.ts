import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Action } from '../core/action.js';
import { ApiError } from '../core/errors.js';

/** Carries out one act of the visitor at a time, and lets an element follow it. */
export class ActionController implements ReactiveController, Action {
  readonly #host: ReactiveControllerHost;
  #state: Action = { pending: false, done: false };
  #turn = 0;

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
    const turn = ++this.#turn;
    const finish = (state: Action): void => {
      if (turn === this.#turn) this.#set(state);
    };
    this.#set({ pending: true, done: false });
    try {
      await act();
      finish({ pending: false, done: true });
    } catch (reason) {
      const error =
        reason instanceof ApiError ? reason : new ApiError('bad-response', String(reason), { cause: reason });
      finish({ pending: false, done: false, error });
    }
  }

  /** Forgets the latest act. One under way goes on, but is no longer followed. */
  clear(): void {
    this.#turn++;
    this.#set({ pending: false, done: false });
  }

  hostConnected(): void {
    // Nothing to do: an act goes on while its element is moved.
  }

  #set(state: Action): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
