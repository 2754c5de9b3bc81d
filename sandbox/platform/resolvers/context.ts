import type { Sql } from '../database.js';
import type { UserRow } from '../rows.js';
import { isAdmin } from '../rules/access.js';
import type { Endpoint } from '../endpoint.js';
import { Links } from '../links.js';
import { Objects } from '../objects.js';
import type { Store } from '../store.js';
import { AccessDenied } from './errors.js';

/** What the resolvers of one operation share. */
export interface Context {
  readonly endpoint: Endpoint;
  readonly store: Store;
  readonly sql: Sql;
  readonly objects: Objects;
  readonly links: Links;
  readonly viewer: UserRow | undefined;
  /** The network address that the request came from. */
  readonly ip: string;
  readonly locale: string;
  readonly now: number;
}

export function requireViewer({ viewer }: Context): UserRow {
  if (!viewer) throw new AccessDenied();
  return viewer;
}

export function requireAdmin({ viewer }: Context): void {
  if (!isAdmin(viewer)) throw new AccessDenied();
}
