import { createApi } from '../../sandbox/platform/api.js';
import type { Endpoint } from '../../sandbox/platform/endpoint.js';
import { openStore, type Store } from '../../sandbox/platform/store.js';

/** An answer, for tests to look into; what they look at is asserted, so its shape need not be declared. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

export interface AskOptions {
  readonly userId?: string | undefined;
  readonly ip?: string;
  readonly locale?: string;
  readonly variables?: Record<string, unknown>;
}

export interface Platform {
  readonly store: Store;
  /** Errors that the platform masked. */
  readonly masked: Error[];
  readonly ask: (endpoint: Endpoint, query: string, options?: AskOptions) => Promise<Answer>;
  /** The id of an account's user. */
  userId(email: string): string;
}

export function openPlatform(now?: () => number): Platform {
  const store = openStore({ baseUrl: 'http://localhost:4401', ...(now ? { now } : {}) });
  const masked: Error[] = [];
  const api = createApi(store, (error) => masked.push(error));
  return {
    store,
    masked,
    ask: async (endpoint, query, options = {}) => (await api.execute({ endpoint, query, ...options })).body,
    userId: (email) => String(store.sql.get<{ id: string }>('SELECT id FROM user WHERE email = ?', email)?.id),
  };
}
