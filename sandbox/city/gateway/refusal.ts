import type { IncomingMessage, ServerResponse } from 'node:http';

/** Why the gateway does not hand a request through, with the status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param headers - What the answer carries besides its words. */
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Milliseconds for which what is still on its way is thrown away: a browser that is cut off while it sends sees no answer. */
const LINGER = 2000;

/** Answers with a refusal, whatever of the request is still to come. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message, headers }: Refusal,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status).end(`${message}\n`);
  if (request.complete) return;
  request.resume();
  const end = setTimeout(() => request.destroy(), LINGER);
  request.once('close', () => clearTimeout(end));
}
