import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { HandoffOutcome, HandoffWish, Return } from './handoff.js';
import type { Runtime } from './runtime.js';

type HandOver = typeof import('./handoff.js');

/** Platforms whose visitor is forgotten when he says on the hand-over page that he is done. */
const followed = new Set<string>();

/** Lets an element hand acts over, and hear of those that come back after its page was left. */
export class ReturnController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #runtime: () => Runtime | null;
  readonly #onReturn: (back: Return) => void;
  #code: HandOver | undefined;
  #of: Runtime | null = null;
  #stop: (() => void) | undefined;

  /** @param runtime - Whose acts are handed over; null where none are. */
  constructor(host: ReactiveControllerHost & Node, runtime: () => Runtime | null, onReturn: (back: Return) => void) {
    this.#host = host;
    this.#runtime = runtime;
    this.#onReturn = onReturn;
    host.addController(this);
  }

  /** Hands an act over: within the click, as soon as the code for that is there. See `handOver`. */
  async handOver(runtime: Runtime, wish: HandoffWish, onUnknown: () => void): Promise<HandoffOutcome> {
    const { handOver } = this.#code ?? (await this.#load());
    return handOver(runtime, wish, onUnknown);
  }

  hostUpdated(): void {
    const runtime = this.#host.isConnected ? this.#runtime() : null;
    if (runtime === this.#of) return;
    this.#of = runtime;
    this.#stop?.();
    this.#stop = undefined;
    // Before any click: a window opens only in the click itself.
    if (runtime)
      void this.#load().then(
        (code) => this.#follow(code, runtime),
        () => (this.#of = null),
      );
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#of = null;
  }

  async #load(): Promise<HandOver> {
    return (this.#code = await import('./handoff.js'));
  }

  #follow({ returned, onForget }: HandOver, runtime: Runtime): void {
    const { settings } = runtime;
    // For as long as the page is open, whatever has become of its elements and their runtime.
    if (!followed.has(settings.platform))
      onForget(
        { settings },
        () =>
          void import('./forget.js').then(
            ({ forgetVisitor }) => forgetVisitor({ settings }),
            () => undefined,
          ),
      );
    followed.add(settings.platform);
    if (runtime === this.#of) this.#stop ??= returned(runtime, this.#onReturn);
  }
}
