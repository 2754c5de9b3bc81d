import type { RequestHandler } from 'express';

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** 0 until the request is answered, and for good when the connection is cut instead. */
  status: number;
  readonly at: string;
}

const CAPACITY = 10_000;

/** What the platform was asked, in the order in which it came. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  readonly record: RequestHandler = (request, response, next) => {
    const entry: LoggedRequest = {
      method: request.method,
      path: request.path,
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body.toString() : '',
      status: 0,
      at: new Date().toISOString(),
    };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    response.once('finish', () => (entry.status = response.statusCode));
    next();
  };

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
