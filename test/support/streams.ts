import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer that never ends, and how much of it somebody has taken. */
export interface Endless {
  readonly response: Response;
  readonly taken: { bytes: number; cancelled: boolean };
}

/** @param part - What comes again and again. */
export function endless(init: ResponseInit = {}, part = new Uint8Array(64 * 1024).fill(0x20)): Endless {
  const taken = { bytes: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += part.length;
      controller.enqueue(part);
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  return { response: new Response(body, { headers: { 'Content-Type': 'application/json' }, ...init }), taken };
}

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
