/** Where the library reads the time and sets its timers: one place, so that stories and tests can stop it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `delay` milliseconds; the returned function cancels it. */
  after(delay: number, task: () => void): () => void;
}

/** A timer of the browser holds no more than this many milliseconds (about 24 days). */
const LONGEST_TIMER = 2 ** 31 - 1;

const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, task) {
    const timer = setTimeout(task, Math.min(delay, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};

export let clock = systemClock;

/** Replaces the clock, or gives back the system's. */
export function useClock(replacement = systemClock): void {
  clock = replacement;
}
