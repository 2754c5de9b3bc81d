import type { Request, Response } from 'express';

import type { Store } from '../store.js';
import type { Sessions } from './accounts/sessions.js';

/** Who a request speaks for; `refused` is a key that nobody has. */
export type Viewer = { readonly kind: 'anonymous' | 'refused' } | { readonly kind: 'user'; readonly userId: string };

const STATELESS = new Set(['/graphql', '/graphql/public']);

function viewerOfKey(request: Request, store: Store): Viewer {
  const authorization = request.get('Authorization');
  if (request.path !== '/graphql' || authorization === undefined) return { kind: 'anonymous' };
  const userId = store.userByToken(authorization.replace('Bearer ', ''));
  return userId === undefined ? { kind: 'refused' } : { kind: 'user', userId: String(userId) };
}

/**
 * The public API knows keys and no cookies, every other path the reverse. Any `Authorization` header counts as a key,
 * whatever its scheme: the word “Bearer” is merely taken off.
 */
export function viewerOf(request: Request, response: Response, store: Store, sessions: Sessions): Viewer {
  if (STATELESS.has(request.path)) return viewerOfKey(request, store);
  const userId = sessions.userOf(request, response);
  return userId === undefined ? { kind: 'anonymous' } : { kind: 'user', userId };
}
