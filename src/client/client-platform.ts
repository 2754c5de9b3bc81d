import { ApiError } from '../core/errors.js';
import type { Cursor } from '../platform/cursor.js';
import type { Document } from '../platform/documents/typed.js';
import type { Endpoint } from '../platform/transport.js';
import { Loader, type ReadOptions } from '../platform/loader.js';
import { Platform, type Access } from '../platform/endpoints.js';
import type { Settings } from '../platform/settings.js';
import { keyedFetch } from './key.js';

/** Bytes of an answer, once it is unpacked, beyond which a program gives it up: nobody waits before a page. */
const LIMIT = 64e6;

/** The endpoints of a platform for a reader without a page, who may have a key of its own and another way to send. */
export class ClientPlatform extends Platform {
  readonly #loaders: Partial<Record<Access, Loader>> = {};
  readonly #token: string | undefined;
  readonly #sending: Pick<Endpoint, 'fetch' | 'limit'>;

  constructor(settings: Settings, token?: string, send?: typeof fetch) {
    super(settings);
    this.#token = token;
    this.#sending = {
      ...(globalThis.location ? {} : { limit: LIMIT }),
      ...(token !== undefined ? { fetch: keyedFetch(token, send) } : send && { fetch: send }),
    };
  }

  override loader(access: Access): Loader {
    const { endpoint } = super.loader(access);
    // Keys are known to the public API alone.
    const key = this.#token && access === 'public' ? { Authorization: `Bearer ${this.#token}` } : {};
    return (this.#loaders[access] ??= new SoundLoader({
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
    if (/^(network|not-a-platform)$/.test(reason.code) && !globalThis.location) return false;
    const changed = reason.code === 'bad-response' && !reason.cause;
    if (changed) this.hasRules = false;
    return changed || super.refusesRules(reason);
  }
}

/** A loader whose every failure is one of the contract: an answer can be odd in ways that nobody has thought of. */
class SoundLoader extends Loader {
  override node<T, R>(
    id: string,
    fragment: Document<T>,
    decode: (node: Cursor<T>) => R,
    options: ReadOptions,
  ): Promise<R | null> {
    return super.node(id, fragment, decode, options).catch(refuse);
  }

  override field<T, V extends object, R>(
    operation: Document<T, V>,
    variables: V,
    decode: (field: Cursor<NonNullable<T[keyof T]>>) => R,
    options: ReadOptions,
  ): Promise<R | null> {
    return super.field(operation, variables, decode, options).catch(refuse);
  }
}

function refuse(reason: unknown): never {
  if (reason instanceof ApiError) throw reason;
  throw new ApiError('bad-response', 'the answer is not what was asked for', { cause: reason });
}
