import { setTimeout as wait } from 'node:timers/promises';

import type { RequestHandler, Response } from 'express';

/** One way in which the next requests to a path go wrong. */
export interface Fault {
  readonly path: string;
  readonly times: number;
  readonly latencyMs?: number;
  readonly status?: number;
  readonly body?: string | object;
  readonly retryAfter?: number | string;
  readonly cut?: boolean;
}

type Check = readonly [test: (value: unknown) => boolean, wording: string];

const isText = (value: unknown): boolean => typeof value === 'string';
const isWithin = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const CHECKS: { readonly [name in keyof Required<Fault>]: Check } = {
  path: [(value) => typeof value === 'string' && value.startsWith('/'), 'a path that starts with “/”'],
  times: [isWithin(1, 1_000_000), 'a whole number from 1'],
  latencyMs: [isWithin(0, 600_000), 'a number of milliseconds from 0 to 600000'],
  status: [isWithin(200, 599), 'an HTTP status from 200 to 599'],
  body: [(value) => isText(value) || (typeof value === 'object' && value !== null), 'a text, an object or an array'],
  retryAfter: [(value) => isText(value) || isWithin(0, 86_400)(value), 'a number of seconds or an HTTP date'],
  cut: [(value) => typeof value === 'boolean', 'true or false'],
};

/** What is wrong with a fault somebody sent, in a sentence, or nothing. */
export function findMistake(fault: Readonly<Record<string, unknown>>): string | undefined {
  for (const required of ['path', 'times']) {
    if (!(required in fault)) return `A fault needs “${required}”: ${CHECKS[required as keyof Fault][1]}.`;
  }
  for (const [name, value] of Object.entries(fault)) {
    if (!Object.hasOwn(CHECKS, name)) return `A fault has no “${name}”: use ${Object.keys(CHECKS).join(', ')}.`;
    const [test, wording] = CHECKS[name as keyof Fault];
    if (!test(value)) return `“${name}” must be ${wording}.`;
  }
  if (Object.keys(fault).length === 2) return 'A fault needs an effect: latencyMs, status, body, retryAfter or cut.';
  return undefined;
}

function spoil(response: Response, { status, body, retryAfter }: Fault): void {
  if (retryAfter !== undefined) {
    response.set({ 'Retry-After': String(retryAfter), 'Access-Control-Expose-Headers': 'Retry-After' });
  }
  response.status(status ?? (retryAfter === undefined ? 200 : 429));
  if (typeof body === 'object') response.json(body);
  else response.type('text/html').send(body ?? '');
}

/** Faults wait here for the requests that they spoil, in the order in which they were ordered. */
export class FaultQueue {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#waiting = [];
  }

  get size(): number {
    return this.#waiting.length;
  }

  #take(path: string): Fault | undefined {
    const next = this.#waiting.find(({ fault }) => fault.path === path);
    if (!next) return undefined;
    next.left -= 1;
    if (next.left === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
    return next.fault;
  }

  readonly apply: RequestHandler = async (request, response, next) => {
    // A preflight is the browser's own question: the fault is meant for the request that follows it.
    const fault = request.method === 'OPTIONS' ? undefined : this.#take(request.path);
    if (!fault) return next();
    if (fault.latencyMs) {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      await wait(fault.latencyMs, undefined, { signal: gone.signal }).catch(() => undefined);
      if (gone.signal.aborted) return;
    }
    const { cut = false, status, body, retryAfter } = fault;
    if (cut) request.socket.destroy();
    else if (status === undefined && body === undefined && retryAfter === undefined) next();
    else spoil(response, fault);
  };
}
