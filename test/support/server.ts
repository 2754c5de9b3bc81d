import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a port of its own, which does with each request what a test says. */
export async function startServer(
  answer: (response: ServerResponse, authorization: string | undefined) => void,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => answer(response, request.headers.authorization));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
