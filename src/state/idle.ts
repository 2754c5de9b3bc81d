import { clock } from '../core/clock.js';
import type { Runtime } from './runtime.js';

/** Milliseconds without a touch after which a shared device takes its visitor for gone, and for how long it says so before. */
const LIMIT = 180_000;
export const NOTICE = 30_000;

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export interface IdleListener {
  /** The visitor will be taken for gone soon; or he has come back, and will not. */
  readonly warn: (soon: boolean) => void;
  /** He is; `first` for one of those who listen on a page. */
  readonly end: (first: boolean) => void;
}

const watches = new WeakMap<Runtime, IdleWatch>();

/** Follows whether anybody is at this page, until the returned function is called. */
export function onIdle(runtime: Runtime, listener: IdleListener): () => void {
  const watch = watches.get(runtime) ?? new IdleWatch();
  watches.set(runtime, watch);
  return watch.add(listener);
}

class IdleWatch {
  readonly #listeners = new Set<IdleListener>();
  #cancel: (() => void) | undefined;
  #warned = false;

  add(listener: IdleListener): () => void {
    if (!this.#listeners.size) {
      for (const type of TOUCHES) addEventListener(type, this.#touch, { capture: true, passive: true });
      this.#touch();
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size) return;
      this.#cancel?.();
      for (const type of TOUCHES) removeEventListener(type, this.#touch, { capture: true });
    };
  }

  readonly #touch = (): void => {
    this.#cancel?.();
    if (this.#warned) this.#warn(false);
    this.#cancel = clock.after(LIMIT - NOTICE, () => {
      this.#warn(true);
      // Nobody is told again before somebody comes.
      this.#cancel = clock.after(NOTICE, () => {
        this.#warn(false);
        [...this.#listeners].forEach(({ end }, index) => end(index === 0));
      });
    });
  };

  #warn(soon: boolean): void {
    this.#warned = soon;
    for (const { warn } of this.#listeners) warn(soon);
  }
}
