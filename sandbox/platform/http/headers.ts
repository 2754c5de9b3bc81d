import type { RequestHandler, Response } from 'express';

/** Paths that a page of another origin may use with the visitor's cookies, where that origin is allowed to. */
const CREDENTIALED_PATHS = new Set(['/graphql/internal', '/login_check', '/logout']);
const GRAPHQL_METHODS = 'OPTIONS, POST';

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function setCors(response: Response, path: string, origin: string | undefined, allowed: ReadonlySet<string>): void {
  if (path === '/graphql') {
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': GRAPHQL_METHODS,
      'Access-Control-Allow-Headers': 'Accept, Accept-Language, Origin, Content-Type, Authorization',
      'Access-Control-Max-Age': '3600',
    });
    return;
  }
  if (isUnder(path, '/sandbox')) {
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      'Access-Control-Allow-Headers': 'Content-Type',
    });
    return;
  }
  if (isUnder(path, '/widgets/v1') || isUnder(path, '/widget_debate')) {
    response.set('Access-Control-Allow-Origin', '*');
    return;
  }
  // Every other path names whoever asks, without ever allowing credentials: cookies make the answer unreadable.
  if (origin !== undefined) response.set('Access-Control-Allow-Origin', origin);
  if (path === '/graphql/internal') response.set('Access-Control-Allow-Methods', GRAPHQL_METHODS);
  if (origin !== undefined && allowed.has(origin) && CREDENTIALED_PATHS.has(path)) {
    response.set({ 'Access-Control-Allow-Credentials': 'true', 'Access-Control-Allow-Headers': 'Content-Type' });
    response.vary('Origin');
  }
}

function setSecurity(response: Response, path: string): void {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'geolocation=(self), camera=(self), fullscreen=(self)',
  });
  if (path === '/graphql') {
    response.set({ 'Content-Security-Policy': "default-src 'none'", 'X-Frame-Options': 'deny' });
  } else if (isUnder(path, '/widget_debate')) {
    // The one page that is made for frames on other sites.
    response.set('Content-Security-Policy', "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'");
  } else {
    response.set({ 'Content-Security-Policy': "frame-ancestors 'self'", 'X-Frame-Options': 'SAMEORIGIN' });
  }
}

/** The headers that the platform's web server puts on every answer of a path, refusals and failures included. */
export function platformHeaders(allowOrigins: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    setSecurity(response, request.path);
    setCors(response, request.path, request.get('Origin'), allowOrigins);
    // Only an allowed origin gets here with a JSON request: for the others the platform answers as to any OPTIONS.
    const preflighted = request.path === '/login_check' && response.get('Access-Control-Allow-Credentials') === 'true';
    if (request.method === 'OPTIONS' && (preflighted || isUnder(request.path, '/sandbox'))) {
      response.status(204).end();
      return;
    }
    next();
  };
}
