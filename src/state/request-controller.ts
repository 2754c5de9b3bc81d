import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { clock } from '../core/clock.js';
import { isAskFor, readyFor, type HandoffRequest } from '../domain/handoff.js';
import { ofDocument } from '../page/document.js';
import { keepWaiting, nameInAddress, newName, takeWaiting, type Proof, type Waiting } from './waiting.js';

export type { Proof };

/** Milliseconds for which the page that has opened this one may say that it asks. */
const PATIENCE = 3000;

/** Only a page by itself shows its visitor whose it is: framed by nobody, not even by its own origin. */
let alone = (): boolean => window.top === window;

/** Has a page in a frame taken for one by itself: for stories, which are shown in frames. */
export function pretendAlone(): void {
  alone = () => true;
}

/** Lets an element follow what the address of its page asks for, and who asks. */
export class RequestController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onReturn: () => void;
  #request: HandoffRequest | null = null;
  /** The whole request, as the address has it. */
  #asked = '';
  #waited: Waiting | null = null;
  #cancel: (() => void) | undefined;
  #name = '';

  /** How sure it is who asks. */
  proof: Proof = 'waiting';
  /** The visitor has wanted to see what a link from elsewhere asks for. */
  opened = false;
  /** The address has a name under which nothing waits. */
  lost = false;

  /** @param onReturn - The page is back as it was left: nothing that it knows holds any more. */
  constructor(host: ReactiveControllerHost, onReturn: () => void) {
    this.#host = host;
    this.#onReturn = onReturn;
    host.addController(this);
  }

  /** What stands in the address behind its `#`. */
  get hash(): string {
    return location.hash.slice(1);
  }

  /** Another page shows this one inside it, and may lay anything over it. */
  get framed(): boolean {
    return !alone();
  }

  /** The page that has opened this one, as far as it is still there. */
  get opener(): Window | null {
    const opener = window.opener as Window | null;
    return opener && !opener.closed ? opener : null;
  }

  /**
   * Asks anew who it is that asks: the page that has opened this one is told that this one is ready, and nothing else.
   *
   * @param request - What the address asks for; null for nothing that would be carried out.
   */
  begin(request: HandoffRequest | null): void {
    this.#cancel?.();
    const waited = this.#waited?.hash === this.hash ? this.#waited : null;
    this.#waited = null;
    this.#request = request;
    this.#asked = this.hash;
    this.#name = '';
    this.proof = waited?.proof ?? 'waiting';
    this.opened = waited?.opened ?? false;
    if (!request || this.proof !== 'waiting') return;
    const { opener } = this;
    opener?.postMessage(readyFor(request), request.origin);
    if (opener) this.#cancel = clock.after(PATIENCE, () => this.#giveUp());
    else this.#giveUp();
  }

  /** The visitor wants to see what a link from elsewhere asks for. */
  readonly open = (): void => {
    this.opened = true;
    this.#host.requestUpdate();
  };

  /** An address of this page that says nothing of the request, and leads back to it within ten minutes of leaving. */
  wait(): string {
    if (!this.#name) {
      this.#name = newName();
      this.#keep();
    }
    const { origin, pathname, search } = location;
    return `${origin}${pathname}${search}#${nameInAddress(this.#name)}`;
  }

  readonly #keep = (): void => {
    const { proof, opened } = this;
    if (this.#name) keepWaiting(this.#name, { hash: this.#asked, proof, opened });
  };

  hostConnected(): void {
    this.#arrive();
    addEventListener('message', this.#onMessage);
    addEventListener('hashchange', this.#arrive);
    addEventListener('pageshow', this.#onShow);
    addEventListener('pagehide', this.#keep);
  }

  hostDisconnected(): void {
    this.#cancel?.();
    removeEventListener('message', this.#onMessage);
    removeEventListener('hashchange', this.#arrive);
    removeEventListener('pageshow', this.#onShow);
    removeEventListener('pagehide', this.#keep);
  }

  /** Puts a request that has waited back into the address, where it is compared like any other. */
  readonly #arrive = (): void => {
    const waiting = takeWaiting(this.hash);
    this.lost = waiting === null;
    if (waiting) {
      this.#waited = waiting;
      history.replaceState(history.state, '', `${location.pathname}${location.search}#${waiting.hash}`);
    }
    this.#host.requestUpdate();
  };

  /** Only the page that has opened this one, only of the site that is said to ask, and only for just this. */
  readonly #onMessage = ({ origin, source, data }: MessageEvent): void => {
    const request = this.#request;
    if (this.proof !== 'waiting' || !request || source !== this.opener || origin !== request.origin) return;
    if (this.hash === this.#asked && isAskFor(data, request.state, this.#asked)) this.#settle('asked');
  };

  #giveUp(): void {
    this.#settle(originOf(ofDocument('referrer')) === this.#request?.origin ? 'led' : 'claimed');
  }

  #settle(proof: Proof): void {
    this.#cancel?.();
    this.proof = proof;
    this.#host.requestUpdate();
  }

  readonly #onShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.#onReturn();
  };
}

function originOf(address: string): string | null {
  try {
    return new URL(address).origin;
  } catch {
    return null;
  }
}
