import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A place on this machine only, reached as `localhost` and as `127.0.0.1`. */
export interface LoopbackSite {
  readonly port: number;
  readonly url: string;
  serve(listener: RequestListener): void;
  /** Refuses new connections and breaks the open ones, as a server that has died does. */
  close(): Promise<void>;
  /** Listens again on the same port. */
  reopen(): Promise<void>;
}

/** Machines without IPv6 answer one of these; `localhost` is then IPv4 only, and that is enough. */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);
const ATTEMPTS = 5;
/**
 * Milliseconds that an idle connection stays open. By default it is so short that a busy machine sends a request just as
 * the connection is closed, which browsers send again and programs do not.
 */
const KEEP_ALIVE = 120_000;

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function listen(port: number, host: string, listener: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, listener);
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: true }, () => resolve(server));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** `localhost` is one or two addresses, and browsers try either first: both have to answer. */
async function listenOnBoth(port: number, listener: RequestListener): Promise<Server[]> {
  const ipv4 = await listen(port, '127.0.0.1', listener);
  const { port: chosen } = ipv4.address() as AddressInfo; // A TCP server that listens has such an address.
  try {
    return [ipv4, await listen(chosen, '::1', listener)];
  } catch (error) {
    if (NO_IPV6.has(codeOf(error) ?? '')) return [ipv4];
    await closeServer(ipv4);
    throw error;
  }
}

async function listenOnFreePort(listener: RequestListener): Promise<Server[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnBoth(0, listener);
    } catch (error) {
      // The port that was free over IPv4 is in use over IPv6: another one will do.
      if (attempt === ATTEMPTS || codeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
}

/** Opens a site on `port`, or on any free port for 0. */
export async function openLoopbackSite(port: number): Promise<LoopbackSite> {
  let current: RequestListener = (_request, response) => response.writeHead(503).end();
  const listener: RequestListener = (request, response) => current(request, response);
  const open = async (wanted: number): Promise<Server[]> => {
    try {
      return wanted === 0 ? await listenOnFreePort(listener) : await listenOnBoth(wanted, listener);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
      throw new Error(`Port ${wanted} is already in use by another program.`, { cause: error });
    }
  };

  let servers = await open(port);
  const chosen = (servers[0]?.address() as AddressInfo).port; // The first server is the IPv4 one, always there.
  return {
    port: chosen,
    url: `http://localhost:${chosen}`,
    serve(next) {
      current = next;
    },
    async close() {
      const closing = servers;
      servers = [];
      await Promise.all(closing.map(closeServer));
    },
    async reopen() {
      if (servers.length === 0) servers = await open(chosen);
    },
  };
}
