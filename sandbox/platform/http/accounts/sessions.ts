import { randomBytes } from 'node:crypto';

import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

import type { Store } from '../../store.js';

export const SESSION_COOKIE = 'PHPSESSID';
const REMEMBER_COOKIE = 'REMEMBERME';

const MINUTE = 60_000;
/** How long a session and a remembered browser last in any case. */
const LIFETIME = 14 * 24 * 60 * MINUTE;
/** How long a session lasts without a request. */
const INACTIVITY = 120 * MINUTE;

/**
 * Host-only and closed to scripts, as on the real platform, whose cookies are also `Secure`. These are not: the sandbox
 * speaks plain HTTP, where Chromium and Firefox take such a cookie from this machine and WebKit drops it.
 */
const COOKIE: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/' };

interface SessionRow {
  readonly id: string;
  readonly user_id: string | null;
  readonly created_at: number;
  readonly seen_at: number;
}

function cookieOf(request: Request, name: string): string {
  return parseCookie(request.get('Cookie') ?? '')[name] ?? '';
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

/** Who is behind a cookie. Sessions live in the platform's database, so that they survive its restart. */
export class Sessions {
  constructor(readonly store: Store) {}

  /** The user who is signed in. A remembered browser gets a new session when its old one has ended. */
  userOf(request: Request, response: Response): string | undefined {
    return this.#find(request)?.user_id ?? this.#recall(request, response);
  }

  signIn(request: Request, response: Response, userId: string, remember = false): void {
    // A new name for the session: whoever knew the old one must not be signed in by it.
    this.#drop(request);
    this.#open(response, userId);
    if (!remember) return;
    const id = secret();
    this.store.sql.run('INSERT INTO remembered_browser VALUES (?, ?, ?)', id, userId, this.store.now());
    response.cookie(REMEMBER_COOKIE, id, { ...COOKIE, maxAge: LIFETIME });
  }

  signOut(request: Request, response: Response): void {
    this.#drop(request);
    this.store.sql.run('DELETE FROM remembered_browser WHERE id = ?', cookieOf(request, REMEMBER_COOKIE));
    response.clearCookie(SESSION_COOKIE, COOKIE);
    response.clearCookie(REMEMBER_COOKIE, COOKIE);
  }

  /** The name of the visitor's session, opened where there is none. */
  keep(request: Request, response: Response): string {
    return this.#find(request)?.id ?? this.#open(response, null);
  }

  idOf(request: Request): string | undefined {
    return this.#find(request)?.id;
  }

  #open(response: Response, userId: string | null): string {
    const id = secret();
    const now = this.store.now();
    this.store.sql.run('INSERT INTO session VALUES (?, ?, ?, ?)', id, userId, now, now);
    response.cookie(SESSION_COOKIE, id, { ...COOKIE, maxAge: LIFETIME });
    return id;
  }

  #find(request: Request): SessionRow | undefined {
    const id = cookieOf(request, SESSION_COOKIE);
    if (id === '') return undefined;
    const { sql } = this.store;
    const now = this.store.now();
    const session = sql.get<SessionRow>('SELECT * FROM session WHERE id = ?', id);
    if (!session) return undefined;
    if (now >= session.created_at + LIFETIME || now >= session.seen_at + INACTIVITY) {
      sql.run('DELETE FROM session WHERE id = ?', id);
      return undefined;
    }
    sql.run('UPDATE session SET seen_at = ? WHERE id = ?', now, id);
    return session;
  }

  #recall(request: Request, response: Response): string | undefined {
    const browser = this.store.sql.get<{ user_id: string }>(
      'SELECT user_id FROM remembered_browser WHERE id = ? AND created_at > ?',
      cookieOf(request, REMEMBER_COOKIE),
      this.store.now() - LIFETIME,
    );
    if (browser) this.#open(response, browser.user_id);
    return browser?.user_id;
  }

  #drop(request: Request): void {
    this.store.sql.run('DELETE FROM session WHERE id = ?', cookieOf(request, SESSION_COOKIE));
  }
}
