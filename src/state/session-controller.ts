import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { write } from '../core/json.js';
import type { Runtime } from './runtime.js';
import type { Viewer } from './viewer.js';

/** What a page was told last of each platform's session. */
const told = new WeakMap<Runtime, string>();

/** Notices when the visitor signs in or out, here or elsewhere. */
export class SessionController implements ReactiveController {
  readonly #viewer: () => Viewer | undefined;
  readonly #onChange: (viewer: Viewer) => void;
  #known: Viewer | undefined;

  /**
   * @param viewer - Who the visitor is, as far as the host knows.
   * @param onChange - The visitor was somebody else before; not called when it becomes known who that is.
   */
  constructor(host: ReactiveControllerHost, viewer: () => Viewer | undefined, onChange: (viewer: Viewer) => void) {
    this.#viewer = viewer;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** Whether a change is news to the page: several elements may notice it, one tells. */
  isNews(runtime: Runtime, { signedIn, displayName }: Viewer): boolean {
    const news = write([signedIn, displayName]);
    if (told.get(runtime) === news) return false;
    told.set(runtime, news);
    return true;
  }

  hostUpdated(): void {
    const viewer = this.#viewer();
    const before = this.#known;
    this.#known = viewer ?? before;
    if (viewer && before && before.signedIn !== viewer.signedIn) this.#onChange(viewer);
  }
}
