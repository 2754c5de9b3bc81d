import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';

import { buildSchema, graphql, parse, validate } from 'graphql';

import { useClock, type Clock } from '../../src/core/clock.js';
import type { Document } from '../../src/platform/documents/typed.js';
import { resolveSettings, type Settings, type SettingsInput } from '../../src/platform/settings.js';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An answer: JSON unless it is a text; or none, or one that breaks off. */
export type Reply =
  | 'silence'
  | 'cut'
  | {
      readonly status?: number;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: unknown;
    };

export type Answering = (request: Arrived, attempt: number) => Reply | Promise<Reply>;

/** A platform on a port of its own, that answers as a test says and keeps what arrived. */
export interface HttpPlatform {
  readonly url: string;
  readonly arrived: Arrived[];
  answer: Answering;
  /** Requests whose sender has gone before the answer. */
  given: { up: number };
  stop(): Promise<void>;
}

export async function startHttpPlatform(answer: Answering = () => ({ body: { data: {} } })): Promise<HttpPlatform> {
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const arrived: Arrived = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
        query: form.get('query') ?? '',
        variables: JSON.parse(form.get('variables') ?? '{}') as Arrived['variables'],
      };
      const attempt = platform.arrived.push(arrived);
      response.on('close', () => {
        if (!response.writableEnded) platform.given.up++;
      });
      void Promise.resolve(platform.answer(arrived, attempt)).then((reply) => {
        if (reply === 'silence') return;
        if (reply === 'cut') {
          response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
          response.write('{"data":');
          response.socket?.destroySoon();
          return;
        }
        const { status = 200, type = 'application/json', headers = {} } = reply;
        response.writeHead(status, { 'Content-Type': type, ...headers });
        response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
      });
    });
  });
  const platform: HttpPlatform = {
    url: '',
    arrived: [],
    answer,
    given: { up: 0 },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(platform, { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` });
}

export const schemaText = (dialect: 'preview' | 'internal'): string =>
  readFileSync(new URL(`../../sandbox/platform/schema/${dialect}.graphql`, import.meta.url), 'utf8');

/** Executes what arrives on one of the sandbox's schemas, over plain objects by id. */
export function executed(dialect: 'preview' | 'internal', objects: Readonly<Record<string, object>>): Answering {
  const schema = buildSchema(schemaText(dialect));
  const rootValue = {
    node: ({ id }: { id: string }) => objects[id] ?? null,
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => objects[id] ?? null),
  };
  return async ({ query, variables }) => {
    // As on the platform, which answers that a document is wrong without any data.
    const mistakes = validate(schema, parse(query)).map(({ message }) => ({
      message,
      extensions: { category: 'graphql' },
    }));
    if (mistakes.length) return { body: { errors: mistakes } };
    return { body: await graphql({ schema, source: query, rootValue, variableValues: variables }) };
  };
}

/** A fragment of a test, as the compiler knows documents. */
// The type of a document describes its parsed form, which never exists at run time.
export const fragment = <T>(text: string): Document<T> => text as unknown as Document<T>;

export function settingsFor(platform: string, more: SettingsInput = {}): Settings {
  const settings = resolveSettings({ platform, ...more });
  if (!settings) throw new Error(`${platform} is no platform.`);
  return settings;
}

export const reading = (lang = 'fr', signal = new AbortController().signal): { lang: string; signal: AbortSignal } => ({
  lang,
  signal,
});

/**
 * A clock on which nobody waits between two tries: these timers ring at once, and what was to be waited is kept. What is
 * longer is the time limit of an attempt, which rings only when a test lets it.
 */
export class HurriedClock implements Clock {
  static readonly LONGEST_PAUSE = 9_000;
  readonly waits: number[] = [];
  readonly limits = new Set<() => void>();

  constructor(readonly start = Date.now()) {
    useClock(this);
  }

  now(): number {
    return this.start;
  }

  after(delay: number, task: () => void): () => void {
    if (delay > HurriedClock.LONGEST_PAUSE) {
      this.limits.add(task);
      return () => void this.limits.delete(task);
    }
    this.waits.push(delay);
    const timer = setTimeout(task);
    return () => clearTimeout(timer);
  }

  /** The time of every running attempt is over. */
  runOut(): void {
    for (const task of [...this.limits]) task();
  }
}

/** Waits until something is so; what does not become so within half a minute is a failure. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`It never came to be that ${String(condition)}.`);
    await setImmediate();
  }
}
