import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { clock } from '../core/clock.js';

const NAME = 'cap-widgets-sign-in';
const FEATURES = 'popup,width=520,height=760';
/** Milliseconds between two looks whether the window is still there. */
const LOOK = 1000;
/** Looks for one that asks the platform: while somebody types elsewhere, nothing happens here. */
const ASK = 2;

/** Opens a window of the platform, and follows it until the visitor has done there what he came for. */
export class WindowController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ask: () => Promise<boolean>;
  readonly #onClosed: () => void;
  #window: Window | null = null;
  #looks = 0;
  #cancel: (() => void) | undefined;

  /**
   * @param ask - Asks the platform whether that is done; then the window closes.
   * @param onClosed - The window is gone before.
   */
  constructor(host: ReactiveControllerHost, ask: () => Promise<boolean>, onClosed: () => void) {
    this.#host = host;
    this.#ask = ask;
    this.#onClosed = onClosed;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Opens an address in the one window there is. False where the browser lets none open: it does so in a click only. */
  open(url: string): boolean {
    this.#leave();
    this.#window = globalThis.open(url, NAME, FEATURES);
    if (!this.#window) return false;
    this.#window.focus();
    this.#wait();
    // Some pages hide their window from whoever opened it: then all there is to notice is that the visitor comes back.
    addEventListener('focus', this.#onReturn);
    this.#host.requestUpdate();
    return true;
  }

  hostConnected(): void {
    // Nothing to follow yet.
  }

  hostDisconnected(): void {
    this.#leave();
    removeEventListener('focus', this.#onReturn);
  }

  #leave(): void {
    this.#cancel?.();
    this.#window = null;
    this.#looks = 0;
    this.#host.requestUpdate();
  }

  #wait(): void {
    this.#cancel = clock.after(LOOK, () => void this.#look());
  }

  async #look(): Promise<void> {
    const followed = this.#window;
    if (!followed) return;
    const { closed } = followed;
    if ((closed || ++this.#looks % ASK === 0) && (await this.#isDone(followed))) return;
    // In the meantime the visitor may have begun anew.
    if (followed !== this.#window) return;
    if (closed) {
      this.#leave();
      this.#onClosed();
    } else this.#wait();
  }

  readonly #onReturn = (): void => void this.#isDone(this.#window);

  async #isDone(followed: Window | null): Promise<boolean> {
    const done = await this.#ask();
    if (done) {
      followed?.close();
      this.hostDisconnected();
    }
    return done;
  }
}
