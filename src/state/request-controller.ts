import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { clock } from '../core/clock.js';

/**
 * How long a visitor has a request before his eyes before he can confirm it. A hostile page could otherwise bring this
 * one to the front, or change its address, between the two clicks of a double click.
 */
const SIGHT = 600;

/** Lets an element follow what the address of its page asks for. */
export class RequestController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #seenFrom = Infinity;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get hash(): string {
    return location.hash;
  }

  /** A page of another site shows this one inside it, and may lay anything over it. */
  get framed(): boolean {
    try {
      for (let page: Window = window; page !== page.parent; page = page.parent)
        if (page.parent.location.origin !== location.origin) return true;
      return false;
    } catch {
      // Browsers tell nothing of a page of another site.
      return true;
    }
  }

  /** From when on a click counts, in milliseconds since the epoch. */
  get clicksFrom(): number {
    return this.#seenFrom + SIGHT;
  }

  /** Something else has just come before the visitor's eyes. */
  readonly appear = (): void => {
    this.#seenFrom = clock.now();
    this.#host.requestUpdate();
  };

  hostConnected(): void {
    this.appear();
    addEventListener('hashchange', this.appear);
    addEventListener('focus', this.appear);
    addEventListener('visibilitychange', this.appear, true);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.appear);
    removeEventListener('focus', this.appear);
    removeEventListener('visibilitychange', this.appear, true);
  }
}
