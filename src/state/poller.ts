import { clock } from '../core/clock.js';
import { Emitter } from '../core/emitter.js';
import { ofDocument } from '../page/document.js';

/** Something that wants to be read again and again. */
export interface Polled {
  /** Milliseconds between readings. */
  readonly interval: number;
  /** Whether anybody can see it. */
  readonly shown: boolean;
  read(): void;
}

/**
 * Reads everything on the page that ticks, together: what is due within half its interval is read along with what is due
 * now, so that counters fall into step. Nothing is read that nobody sees, nor while the visitor has stopped it.
 */
class Poller {
  readonly #members = new Map<Polled, number>();
  readonly #changed = new Emitter();
  #paused = false;
  #cancel: (() => void) | undefined;

  /** Whether the visitor has stopped the readings. */
  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    this.#changed.emit();
    this.look();
  }

  /** Calls `listener` when the visitor stops or resumes the readings. */
  onPause(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  /** Begins to read; the caller has just read once itself. */
  add(member: Polled): () => void {
    if (!this.#members.size) addEventListener('visibilitychange', this.look, true);
    this.#members.set(member, clock.now());
    this.look();
    return () => {
      this.#members.delete(member);
      if (!this.#members.size) removeEventListener('visibilitychange', this.look, true);
      this.look();
    };
  }

  /** Reads what is due, and sets the timer for what is due next. */
  readonly look = (): void => {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#paused || ofDocument('hidden')) return;
    const shown = [...this.#members].filter(([{ shown }]) => shown);
    if (!shown.length) return;
    const now = clock.now();
    // A clock that is set back must not stop the readings.
    const wait = ([{ interval }, last]: (typeof shown)[number]): number => Math.min(interval, last + interval - now);
    if (shown.some((entry) => wait(entry) <= 0))
      for (const entry of shown) {
        const [member] = entry;
        if (wait(entry) > member.interval / 2) continue;
        this.#members.set(member, now);
        entry[1] = now;
        member.read();
      }
    this.#cancel = clock.after(Math.min(...shown.map(wait)), this.look);
  };
}

/** The page's one poller. */
export const poller = new Poller();
