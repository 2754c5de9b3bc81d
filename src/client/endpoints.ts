import { ApiError } from '../core/errors.js';
import type { Endpoint } from '../platform/transport.js';
import { Loader } from '../platform/loader.js';
import { Platform, type Access } from '../platform/platform.js';
import type { Settings } from '../platform/settings.js';

/** The endpoints of a platform for a reader without a page, who may have a key of its own and another way to send. */
export class ClientPlatform extends Platform {
  readonly #loaders: Partial<Record<Access, Loader>> = {};
  readonly #token: string | undefined;
  readonly #sending: Pick<Endpoint, 'fetch'>;

  constructor(settings: Settings, token?: string, send?: typeof fetch) {
    super(settings);
    this.#token = token;
    this.#sending = send ? { fetch: send } : {};
  }

  override loader(access: Access): Loader {
    const { endpoint } = super.loader(access);
    // Keys are known to the public API alone.
    const key = this.#token && access === 'public' ? { Authorization: `Bearer ${this.#token}` } : {};
    return (this.#loaders[access] ??= new Loader({
      ...endpoint,
      ...this.#sending,
      headers: { ...endpoint.headers, ...key },
    }));
  }

  /**
   * The rules are also closed where they are other ones than today's. But outside a page no CORS hides what they say: there, an
   * answer that does not arrive is a failure, and what was known of a ballot must not be lost to it.
   */
  override refusesRules(reason: unknown): boolean {
    if (!(reason instanceof ApiError)) return false;
    if (reason.code === 'network' && !globalThis.location) return false;
    const changed = reason.code === 'bad-response' && !reason.cause;
    if (changed) this.hasRules = false;
    return changed || super.refusesRules(reason);
  }
}
