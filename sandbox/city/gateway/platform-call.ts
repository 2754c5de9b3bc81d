import { request as askPlainly, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as askSecurely } from 'node:https';

import type { Request } from 'express';

import type { Body } from './bodies.js';
import { Refusal } from './refusal.js';

/** With the visitor's session, or as nobody. */
export type Way = 'session' | 'anonymous';

/** The platform picks the preview schema by exactly this text. */
const PREVIEW = 'application/vnd.cap-collectif.preview+json';
/** The platform's languages. */
const LANGUAGES = ['fr-FR', 'en-GB', 'es-ES', 'de-DE', 'nl-NL', 'sv-SE', 'eu-EU', 'oc-OC', 'ur-IN'];

/** What the platform's answers may carry to a visitor, besides the session's cookie. */
const GIVEN_BACK: Readonly<Record<Way, readonly string[]>> = {
  session: ['content-type', 'content-length', 'retry-after'],
  anonymous: ['content-type', 'content-length', 'retry-after', 'cache-control', 'age', 'cap-as-of'],
};

export interface Call {
  /** On the platform. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly way: Way;
  /** The visitor's. */
  readonly address: string;
  readonly body?: Body | undefined;
  /** The platform's session; left out where the visitor has none. */
  readonly cookie?: string | undefined;
  /** Ends the call: the visitor has gone, or the platform takes too long. */
  readonly signal: AbortSignal;
}

/** The headers that the platform gets. Each is written here; none is handed through. */
function headersFor(request: Request, { way, address, body, cookie }: Call): OutgoingHttpHeaders {
  const language = request.get('Accept-Language') !== undefined && request.acceptsLanguages(LANGUAGES);
  return {
    Accept: request.get('Accept') === PREVIEW ? PREVIEW : 'application/json',
    'Accept-Encoding': 'identity',
    ...(language && { 'Accept-Language': language }),
    ...(body && { 'Content-Type': body.type, 'Content-Length': Buffer.byteLength(body.bytes) }),
    'X-Forwarded-For': address,
    ...(way === 'session' && { 'X-Requested-With': 'XMLHttpRequest' }),
    ...(way === 'session' && cookie !== undefined && { Cookie: cookie }),
  };
}

/**
 * Asks the platform.
 *
 * @param request - The visitor's, of which only headers with a closed list of values are looked at.
 * @throws {Refusal} Where it does not answer.
 */
export function ask(request: Request, call: Call): Promise<IncomingMessage> {
  const { url, method, body, signal } = call;
  return new Promise((resolve, reject) => {
    const open = url.startsWith('https:') ? askSecurely : askPlainly;
    const asked = open(url, { method, headers: headersFor(request, call), signal });
    asked.once('response', resolve);
    asked.once('error', (cause) => {
      const words = `The participation platform does not answer${signal.aborted ? ' in time' : ''}.`;
      reject(new Refusal(signal.aborted ? 504 : 502, words, {}, { cause }));
    });
    asked.end(body?.bytes);
  });
}

/** What of an answer's headers a visitor gets. */
export const headersOf = ({ headers }: IncomingMessage, way: Way): OutgoingHttpHeaders =>
  Object.fromEntries(GIVEN_BACK[way].flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
