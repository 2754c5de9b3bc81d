import type { IncomingMessage } from 'node:http';

import ipaddr from 'ipaddr.js';
import proxyaddr from 'proxy-addr';

import { Refusal } from './refusal.js';

/**
 * Finds the one address that is sure: of whoever holds the connection or, where that is a proxy that is trusted, of whom
 * the proxy names last. What a visitor writes into `X-Forwarded-For` stands before that, and is not believed.
 *
 * @param trustedProxies - Addresses and networks, as `10.0.0.0/8`.
 */
export function addressFinder(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trust = proxyaddr.compile([...trustedProxies]);
  return (request) => {
    const [told, holder = ''] = [proxyaddr(request, trust), request.socket.remoteAddress];
    // A proxy that names nobody is taken for the visitor: all behind it then share one limit.
    const address = ipaddr.isValid(told) ? told : holder;
    if (!ipaddr.isValid(address)) throw new Refusal(400, 'The connection is gone.');
    // An IPv4 address is the same one when it comes by an IPv6 socket.
    return ipaddr.process(address).toString();
  };
}
