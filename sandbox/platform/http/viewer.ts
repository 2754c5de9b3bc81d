import type { Request } from 'express';

import type { Store } from '../store.js';

/** Who a request speaks for; `refused` is a key that nobody has. */
export type Viewer = { readonly kind: 'anonymous' | 'refused' } | { readonly kind: 'user'; readonly userId: string };

/**
 * The public API knows keys and no cookies, every other path the reverse. Any `Authorization` header counts as a key,
 * whatever its scheme: the word “Bearer” is merely taken off.
 */
export function viewerOf(request: Request, store: Store): Viewer {
  const authorization = request.get('Authorization');
  if (request.path !== '/graphql' || authorization === undefined) return { kind: 'anonymous' };
  const userId = store.userByToken(authorization.replace('Bearer ', ''));
  return userId === undefined ? { kind: 'refused' } : { kind: 'user', userId: String(userId) };
}
