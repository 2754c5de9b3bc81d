import { Loader } from './loader.js';
import type { Settings } from './settings.js';

/** The endpoints of one platform. All that is asked of one of them in one tick goes in one request. */
export class Platform {
  /** Anonymous: the public API, in its preview schema. */
  readonly public: Loader;
  /** With the visitor's cookies: the API of the platform's own pages. */
  readonly session: Loader;
  /** That API without cookies: an extra of today's platform on which nothing is built. Null where it is not to be asked, or does not answer. */
  rules: Loader | null;

  constructor(readonly settings: Settings) {
    const url = `${settings.api}/graphql`;
    const internal = { url: `${url}/internal`, accept: 'application/json' };
    // The platform picks the preview schema by this exact text.
    this.public = new Loader({ url, accept: 'application/vnd.cap-collectif.preview+json', credentials: 'omit' });
    this.session = new Loader({ ...internal, credentials: 'include' });
    this.rules = settings.rules === 'off' ? null : new Loader({ ...internal, credentials: 'omit' });
  }
}
