import type { IncomingMessage } from 'node:http';

import { Refusal } from './refusal.js';

/** All that is read of a request. One that comes twice could be understood in one way here and in another by the platform. */
const READ = new Set([
  'accept',
  'accept-language',
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'origin',
  'sec-fetch-dest',
  'sec-fetch-site',
  'transfer-encoding',
  'x-forwarded-for',
  'x-requested-with',
]);

/** @throws {Refusal} Where the request could be understood in more than one way. */
export function checkClear({ headers, rawHeaders }: IncomingMessage): void {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, index) => READ.has(name) && names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(400, `The header ${twice} was sent twice: send it once.`);
  if (headers['transfer-encoding'] !== undefined && headers['content-length'] !== undefined)
    throw new Refusal(400, 'A body has Transfer-Encoding or Content-Length, not both.');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refusal(415, 'Bodies are taken uncompressed: leave Content-Encoding out.');
}

/**
 * Whether a script of the city's own pages asks: only such a request may use the visitor's session. Browsers let no page
 * write `Sec-Fetch-Site` and `Origin`, and let pages of other origins send `X-Requested-With` only after asking for leave,
 * which is never given here. Forms and images cannot send it at all. `Host` says nothing: it is the same for everybody.
 */
export function isOwnPage({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site, 'x-requested-with': by } = headers;
  return by === 'XMLHttpRequest' && (site === undefined ? origins.includes(origin ?? '') : site === 'same-origin');
}

/** @throws {Refusal} Where a request without a session is a page, a frame or an image of somebody: only scripts may ask. */
export function checkAsked({ headers: { 'sec-fetch-dest': dest = 'empty' } }: IncomingMessage): void {
  if (dest !== 'empty') throw new Refusal(403, 'The API is for scripts: it is no page, frame or image.');
}
