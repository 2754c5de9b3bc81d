import type { LitElement, ReactiveController } from 'lit';

import { poller, type Polled } from './poller.js';

/** Seconds; no platform is asked more often, whatever a script of the page sets. */
const SHORTEST = 10;

/** Has an element read again while it is on screen, in step with the rest of the page. */
export class PollController implements ReactiveController {
  readonly #host: LitElement;
  readonly #seconds: () => number;
  readonly #read: () => void;
  #stop: (() => void) | undefined;
  #interval = 0;

  /** @param seconds - Between readings; 0 for never. */
  constructor(host: LitElement, seconds: () => number, read: () => void) {
    this.#host = host;
    this.#seconds = seconds;
    this.#read = read;
    host.addController(this);
  }

  /** Whether the visitor has stopped the readings, here or elsewhere on the page. */
  get paused(): boolean {
    return poller.paused;
  }

  /** The visitor stops or resumes the readings of the whole page. */
  togglePause(): void {
    poller.paused = !poller.paused;
  }

  hostUpdate(): void {
    const seconds = this.#seconds();
    const interval = seconds > 0 ? Math.max(seconds, SHORTEST) * 1000 : 0;
    if (interval === this.#interval) return;
    this.hostDisconnected();
    this.#interval = interval;
    this.hostConnected();
  }

  hostConnected(): void {
    if (!this.#interval || this.#stop || !this.#host.isConnected) return;
    const member: Polled & { shown: boolean } = { interval: this.#interval, shown: false, read: this.#read };
    const sight = new IntersectionObserver((entries) => {
      member.shown = entries.at(-1)?.isIntersecting ?? false;
      poller.look();
    });
    sight.observe(this.#host);
    const remove = poller.add(member);
    const forget = poller.onPause(() => this.#host.requestUpdate());
    this.#stop = () => {
      sight.disconnect();
      remove();
      forget();
    };
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
