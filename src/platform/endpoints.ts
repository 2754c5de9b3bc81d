import { ApiError } from '../core/errors.js';
import { Loader } from './loader.js';
import type { Settings } from './settings.js';

/**
 * A way to ask a platform. `public`: its public API in the preview schema, anonymously. `session`: the API of its own
 * pages, with the visitor's cookies. `rules`: that API without them, an extra of today's platform on which nothing is built.
 */
export type Access = 'public' | 'session' | 'rules';

/** The endpoints of one platform. All that is asked of one of them in one tick goes in one request. */
export class Platform {
  // Without a prototype, to which a page may add one of these words.
  readonly #loaders: Partial<Record<Access, Loader>> = { __proto__: null } as object;
  /** Whether the `rules` may be asked: not where the page forbids it, nor once they have refused. */
  hasRules: boolean;

  constructor(readonly settings: Settings) {
    this.hasRules = settings.rules !== 'off';
  }

  loader(access: Access): Loader {
    const open = access === 'public';
    const session = access === 'session';
    const { api } = this.settings;
    return (this.#loaders[access] ??= new Loader({
      url: `${api}/graphql${open ? '' : '/internal'}`,
      // The platform picks the preview schema by this exact text.
      headers: {
        Accept: open ? 'application/vnd.cap-collectif.preview+json' : 'application/json',
        // No page of another origin can say this to a gateway; sent to another origin it would fail at the platform's CORS.
        ...(session && new URL(api).origin === globalThis.location?.origin && { 'X-Requested-With': 'XMLHttpRequest' }),
      },
      credentials: session ? 'include' : 'omit',
    }));
  }

  /** Whether the rules are closed to this page, which then does without from now on. What may pass is a failure like any other. */
  refusesRules(reason: unknown): boolean {
    const closed = reason instanceof ApiError && /^(un|for|n|pl|bad-req)/.test(reason.code);
    if (closed) this.hasRules = false;
    return closed;
  }
}
