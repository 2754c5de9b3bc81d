import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Router } from 'express';

import { html } from '../../html.js';

/** Nothing but the page's own script and what it asks the platform; no styles from anywhere, and in no frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const ALLOW = /(<cap-handoff\b[^>]*?\ballow=)"[^"]*"/;

async function readPage(bundle: string): Promise<string | undefined> {
  try {
    return await readFile(join(bundle, 'handoff.html'), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The page on which citizens carry out what they began on another site. Those who install it write the sites that they
 * trust into it; here the server does, as the sandbox's ports are not known before.
 */
export function handoffRouter(bundle: string, allow: readonly string[]): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/widgets/handoff', async (_request, response) => {
    const page = await readPage(bundle);
    if (page === undefined) {
      return void response
        .status(404)
        .type('text/plain')
        .send('The hand-over page is not built. Run “npm run build”.\n');
    }
    response.set({
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
      'Cache-Control': 'no-store',
    });
    const origins = html`${allow.join(' ')}`.text;
    response.send(page.replace(ALLOW, (_match, before: string) => `${before}"${origins}"`));
  });
  return router;
}
