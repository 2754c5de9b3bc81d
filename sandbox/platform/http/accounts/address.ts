import type { Request } from 'express';

/** Where a request comes from. The two ways to this machine itself, IPv4 and IPv6, are one place. */
export function addressOf(request: Request): string {
  const address = request.ip ?? '';
  return address === '::1' || address === '::ffff:127.0.0.1' ? '127.0.0.1' : address;
}

/** The origin at which the visitor has reached the platform. */
export function originOf(request: Request): string {
  return `${request.protocol}://${request.get('Host') ?? 'localhost'}`;
}

/**
 * A way on within the platform: a path, whatever was asked for. Another host's address becomes the home page, as the
 * platform does not send visitors to other sites.
 */
export function ownPath(wanted: unknown, request: Request, baseUrl: string): string {
  if (typeof wanted !== 'string' || !URL.canParse(wanted, originOf(request))) return '/';
  const url = new URL(wanted, originOf(request));
  if (url.origin !== originOf(request) && url.origin !== new URL(baseUrl).origin) return '/';
  // A path that starts with two slashes would be read as another host.
  return url.pathname.replace(/^\/{2,}/, '/') + url.search + url.hash;
}
