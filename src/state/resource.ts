import { clock } from '../core/clock.js';
import { Emitter } from '../core/emitter.js';
import { ApiError } from '../core/errors.js';
import type { Remote } from '../core/remote.js';

/** Something on the platform that elements follow together. It is read when the first one comes, and given up when the last one goes. */
export class Resource<T> {
  readonly #changed = new Emitter();
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #onUnused: () => void;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #turn = 0;

  /** What is known by now. */
  state: Remote<T> = { loading: false };

  /**
   * @param read - One attempt.
   * @param onUnused - Called once, when the last follower has gone.
   */
  constructor(read: (signal: AbortSignal) => Promise<T>, onUnused: () => void) {
    this.#read = read;
    this.#onUnused = onUnused;
  }

  /** Follows the state until the returned function is called. */
  subscribe(listener: () => void): () => void {
    const leave = this.#changed.on(listener);
    if (!this.state.at && !this.state.error) void this.reload();
    return () => {
      leave();
      // An element that is moved on its page leaves and comes back within the same task.
      queueMicrotask(() => {
        if (this.#changed.size || this.#abort.signal.aborted) return;
        this.#abort.abort();
        this.#onUnused();
      });
    };
  }

  /** Reads again, or joins a reading that is under way. Never rejects: the outcome is in `state`. */
  reload(): Promise<void> {
    return (this.#running ??= this.#attempt());
  }

  /** Replaces what is known by what an act has just answered. A reading under way began before that: it no longer counts. */
  put(data: T): void {
    this.#overtake({ data, at: clock.now(), loading: false });
  }

  /** Drops what is known, as it may concern somebody else. A reading under way began for whoever that was: it no longer counts. */
  forget(): void {
    this.#overtake({ loading: false });
  }

  #overtake(state: Remote<T>): void {
    this.#turn++;
    this.#running = undefined;
    this.#set(state);
  }

  async #attempt(): Promise<void> {
    const turn = ++this.#turn;
    let outcome: Remote<T>;
    this.#set({ ...this.state, loading: true });
    try {
      const data = await this.#read(this.#abort.signal);
      outcome = { data, at: clock.now(), loading: false };
    } catch (reason) {
      const error =
        reason instanceof ApiError ? reason : new ApiError('bad-response', String(reason), { cause: reason });
      outcome = { ...this.state, error, loading: false };
      globalThis.window?.addEventListener('online', this.#again, this.#abort);
    }
    if (turn !== this.#turn) return;
    this.#set(outcome);
    this.#running = undefined;
  }

  /** The network is back. */
  readonly #again = (): void => {
    if (this.state.error) void this.reload();
  };

  #set(state: Remote<T>): void {
    this.state = state;
    this.#changed.emit();
  }
}
