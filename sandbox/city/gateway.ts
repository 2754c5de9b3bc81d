import { request as ask, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream';

import type { RequestHandler } from 'express';

/** The only parts of the platform that the city's server hands through, and how each is asked. */
const METHODS = new Map([
  ['/graphql', 'POST'],
  ['/graphql/internal', 'POST'],
  ['/login_check', 'POST'],
  ['/logout', 'GET'],
]);

/** These belong to one connection, or to the platform's own origin: a gateway's visitors must not see them. */
const DROPPED = /^(?:connection|keep-alive|transfer-encoding|upgrade|te|trailer|proxy-.*|access-control-.*)$/;

function handThrough(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.test(name)));
}

/**
 * Serves the platform's API on the page's own origin, where a browser needs no CORS and keeps the visitor's cookies:
 * they name no domain, so they become the city's own as they pass. Bodies stream both ways, so their size does not
 * matter.
 */
export function participationGateway(platform: { readonly url: string; readonly port: number }): RequestHandler {
  const { host } = new URL(platform.url);
  return (request, response) => {
    const method = METHODS.get(request.path);
    if (method === undefined) return void response.status(404).type('text/plain').send('Not handed through.\n');
    if (request.method !== method) return void response.status(405).set('Allow', method).end();

    const forward = ask({
      host: '127.0.0.1',
      port: platform.port,
      method,
      path: request.url,
      headers: {
        ...handThrough(request.headers),
        host,
        'x-forwarded-for': request.socket.remoteAddress,
        'x-forwarded-host': request.headers.host,
      },
    });
    forward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, handThrough(answer.headers));
      // A broken connection on one side breaks the other: a visitor must not take half an answer for a whole one.
      pipeline(answer, response, () => undefined);
    });
    forward.once('error', () => {
      if (response.headersSent) response.destroy();
      else response.status(502).type('text/plain').send('The participation platform does not answer.\n');
    });
    response.once('close', () => forward.destroy());
    pipeline(request, forward, () => undefined);
  };
}
