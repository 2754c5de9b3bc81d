import type { Request, Response } from 'express';

import { html, type Html } from '../../../html.js';
import type { UserRow } from '../../rows.js';
import type { Sessions } from './sessions.js';

/** Whoever looks at a page of the platform, signed in. */
export interface Visitor {
  readonly id: string;
  readonly name: string;
}

export function visitorOf(request: Request, response: Response, sessions: Sessions): Visitor | undefined {
  const id = sessions.userOf(request, response);
  if (id === undefined) return undefined;
  const user = sessions.store.sql.get<UserRow>('SELECT * FROM user WHERE id = ? AND enabled = 1', id);
  return user && { id, name: user.username ?? 'Utilisateur supprimé' };
}

/** The way to the login page, and back to here. */
export function loginPath(back: string): string {
  return `/login?_destination=${encodeURIComponent(back)}`;
}

/** Who is signed in, or the way to sign in, at the top of a page. */
export function accountLinks(visitor: Visitor | undefined, path: string): Html {
  return visitor
    ? html`<span class="account">${visitor.name} <a href="/logout">Se déconnecter</a></span>`
    : html`<span class="account"><a href="${loginPath(path)}">Se connecter</a></span>`;
}
