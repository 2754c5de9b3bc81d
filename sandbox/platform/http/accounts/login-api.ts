import { Router, type Request, type Response } from 'express';

import { errorPage } from '../page-template.js';
import { addressOf } from './address.js';
import type { LoginCheck, LoginVerdict } from './login.js';
import type { Sessions } from './sessions.js';

interface Services {
  readonly sessions: Sessions;
  readonly login: LoginCheck;
}

type Refusal = Exclude<LoginVerdict, { kind: 'accepted' | 'refused' }>['kind'];

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, body: object]>> = {
  'username-missing': [401, { reason: 'Username must be provided.' }],
  'captcha-missing': [401, { reason: 'You must provide a captcha to login.' }],
  'captcha-invalid': [401, { reason: 'Invalid captcha.' }],
  // The one refusal that looks like a success to whoever reads the status only.
  unconfirmed: [200, { success: false, reason: 'please-confirm-your-email-address-to-login' }],
};

function isJson(request: Request): boolean {
  return request.method === 'POST' && request.is('json') === 'json';
}

function readJson(request: Request): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(String(request.body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function answer(response: Response, status: number, body: object): void {
  response.status(status).set('Cache-Control', 'no-cache, private').json(body);
}

/** Signing in with a password and signing out, for the scripts of the platform's pages. */
export function loginApiRouter({ sessions, login }: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });

  router.all('/login_check', (request, response) => {
    // Anything but JSON passes the check by, and is told who it was before.
    if (!isJson(request)) return answer(response, 200, { success: sessions.userOf(request, response) !== undefined });
    const body = readJson(request);
    if (!body) return void response.status(400).send(errorPage(400));
    const verdict = login.verify({
      username: textOf(body['username']),
      password: textOf(body['password']),
      captcha: textOf(body['captcha']),
      ip: addressOf(request),
    });
    if (verdict.kind === 'accepted') {
      sessions.signIn(request, response, verdict.userId, Boolean(body['_remember_me']));
      return answer(response, 200, { success: true });
    }
    if (verdict.kind === 'refused') {
      return answer(response, 401, { reason: 'Bad credentials.', failedAttempts: verdict.failures });
    }
    if (verdict.kind === 'unconfirmed') sessions.signOut(request, response);
    const [status, refusal] = REFUSALS[verdict.kind];
    answer(response, status, refusal);
  });

  router.get('/logout', (request, response) => {
    sessions.signOut(request, response);
    response.redirect(request.get('Referer') ?? '/');
  });
  return router;
}
