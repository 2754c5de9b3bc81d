import { clock } from '../core/clock.js';
import { Emitter } from '../core/emitter.js';
import { ApiError } from '../core/errors.js';
import type { Remote } from '../core/remote.js';

/** Something on the platform that elements follow together. It is read when the first one comes, and given up when the last one goes. */
export class Resource<T> {
  readonly #changed = new Emitter();
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #onUnused: () => void;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #state: Remote<T> = { loading: false };

  /**
   * @param read - One attempt.
   * @param onUnused - Called when the last follower has gone.
   */
  constructor(read: (signal: AbortSignal) => Promise<T>, onUnused: () => void) {
    this.#read = read;
    this.#onUnused = onUnused;
  }

  get state(): Remote<T> {
    return this.#state;
  }

  /** Follows the state until the returned function is called. */
  subscribe(listener: () => void): () => void {
    const leave = this.#changed.on(listener);
    if (!this.#state.loading && this.#state.at === undefined && !this.#state.error) void this.reload();
    return () => {
      leave();
      // An element that is moved on its page leaves and comes back within the same task.
      queueMicrotask(() => {
        if (this.#changed.size) return;
        this.#running?.abort.abort();
        this.#onUnused();
      });
    };
  }

  /** Reads again, or joins a reading that is under way. Never rejects: the outcome is in `state`. */
  reload(): Promise<void> {
    this.#running ??= this.#start();
    return this.#running.done;
  }

  #start(): { abort: AbortController; done: Promise<void> } {
    const abort = new AbortController();
    this.#set({ ...this.#state, loading: true });
    const done = this.#read(abort.signal).then(
      (data) => this.#finish(abort, { data, at: clock.now(), loading: false }),
      (reason: unknown) => {
        const { data, at, failedSince = clock.now() } = this.#state;
        const error = reason instanceof ApiError ? reason : new ApiError('bad-response', '', { cause: reason });
        this.#finish(abort, { error, failedSince, loading: false, ...(at !== undefined && { data: data as T, at }) });
      },
    );
    return { abort, done };
  }

  #finish(abort: AbortController, state: Remote<T>): void {
    this.#running = undefined;
    // Nobody listens to an answer that was given up; whoever comes back reads anew.
    if (abort.signal.aborted) this.#state = { ...this.#state, loading: false };
    else this.#set(state);
  }

  #set(state: Remote<T>): void {
    this.#state = state;
    this.#changed.emit();
  }
}
