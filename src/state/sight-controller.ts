import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { clock } from '../core/clock.js';
import { ofDocument } from '../page/document.js';

/**
 * How long a visitor has a button and its sentence before his eyes before he can press it, in milliseconds. A hostile page
 * could otherwise bring this one to the front, or change its address, between the two clicks of a double click.
 */
const SIGHT = 600;
/** How much of each is to be seen: less than all of it, as sizes are fractions of dots. */
const SEEN = 0.9;

/** What browsers that can tell what covers an element add. */
interface Sighting extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/** Knows since when a visitor has seen what he is about to confirm: whole, uncovered, in a window that has the focus. */
export class SightController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #subject = '';
  #targets: readonly Element[] = [];
  #seen = new Set<Element>();
  #observer: IntersectionObserver | undefined;
  #from = Infinity;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** From when on a press counts, in milliseconds since the epoch. */
  get from(): number {
    return this.#from + SIGHT;
  }

  /** A press counts now. */
  get isArmed(): boolean {
    return ofDocument('hasFocus').call(document) && !ofDocument('hidden') && clock.now() >= this.from;
  }

  /** The window has been left since this was last asked. */
  wasLeft = false;

  /**
   * Looks at what is on screen.
   *
   * @param subject - What it says: when that changes, it has to be seen anew.
   * @param targets - All that has to be seen together; nothing where there is nothing to press.
   */
  watch(subject: string, targets: readonly Element[]): void {
    const isSame = targets.length === this.#targets.length && targets.every((one, at) => one === this.#targets[at]);
    if (isSame && subject === this.#subject) return;
    this.#subject = subject;
    this.#from = Infinity;
    if (isSame) this.#judge();
    else this.#observe(targets);
  }

  #observe(targets: readonly Element[]): void {
    this.#targets = targets;
    this.#seen.clear();
    this.#observer?.disconnect();
    if (!targets.length) return;
    this.#observer = new IntersectionObserver(this.#look, {
      threshold: [0, SEEN, 1],
      // Not in the types yet: what covers an element, where browsers can tell.
      ...({ trackVisibility: true, delay: 100 } as object),
    });
    for (const target of targets) this.#observer.observe(target);
  }

  hostConnected(): void {
    addEventListener('focus', this.#appear);
    addEventListener('blur', this.#vanish);
    addEventListener('visibilitychange', this.#vanish, true);
  }

  hostDisconnected(): void {
    removeEventListener('focus', this.#appear);
    removeEventListener('blur', this.#vanish);
    removeEventListener('visibilitychange', this.#vanish, true);
    this.watch('', []);
  }

  readonly #look = (entries: readonly Sighting[]): void => {
    for (const { target, intersectionRatio, isVisible } of entries)
      if (intersectionRatio >= SEEN && isVisible !== false) this.#seen.add(target);
      else this.#seen.delete(target);
    this.#judge();
  };

  /** Whoever comes back has to look anew. */
  readonly #appear = (): void => {
    this.#from = Infinity;
    this.#judge();
  };

  readonly #vanish = (): void => {
    this.wasLeft = true;
    this.#appear();
  };

  #judge(): void {
    const isSeen =
      this.#targets.length > 0 &&
      this.#targets.every((target) => this.#seen.has(target)) &&
      !ofDocument('hidden') &&
      ofDocument('hasFocus').call(document);
    if (!isSeen) this.#from = Infinity;
    else if (this.#from === Infinity) this.#from = clock.now();
    else return;
    this.#host.requestUpdate();
  }
}
