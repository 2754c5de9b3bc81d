import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, before, beforeEach } from 'node:test';

import express from 'express';

import { participationGateway, type GatewayOptions } from '../../sandbox/city/gateway/gateway.js';
import { Limits } from '../../sandbox/city/gateway/limits.js';
import { openLoopbackSite } from '../../sandbox/loopback.js';

/** The city's origin in these tests, as its browsers would name it. */
export const CITY = 'http://localhost:8080';
/** What a widget of the city's own page says. */
export const OWN = { 'Sec-Fetch-Site': 'same-origin', 'X-Requested-With': 'XMLHttpRequest' };
export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
export const JSON_TYPE = { 'Content-Type': 'application/json' };

export const QUERY = '{ isAuthenticated }';
export const ACT = 'mutation { addProposalVote(input: {}) { errorCode } }';
export const asForm = (query: string): string => new URLSearchParams({ query }).toString();

/** What has reached the platform. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface RawAnswer {
  readonly status: number;
  /** By their names in small letters, each with all its values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly path: string;
  /** Pairs, so that one can be there twice. */
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: string;
}

/** A gateway before a platform that the tests write themselves. */
export interface Bench {
  readonly port: number;
  readonly arrived: Arrived[];
  /** How the platform answers. Set anew for each test. */
  answer: (response: ServerResponse) => void;
  /** Opens a connection, for whoever writes requests byte by byte. */
  open(): Socket;
  /** Sends one request exactly as it is told, and reads the answer. */
  send(request: Sent): Promise<RawAnswer>;
  stop(): Promise<void>;
}

const answerOk = (response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"data":{"isAuthenticated":false}}');
};

/** The answer in what has come, and whether it is whole. */
function parseAnswer(text: string): { readonly answer: RawAnswer; readonly whole: boolean } {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(line) ?? [];
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
  }
  const status = Number(statusLine.split(' ')[1]);
  const body = text.slice(end + 4);
  const [length] = headers.get('content-length') ?? [];
  const whole = status === 204 || (length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length));
  return { answer: { status, headers, text: body }, whole: end >= 0 && whole };
}

/** Reads one answer, or what there is of it when the connection ends. */
export function answerOn(socket: Socket): Promise<RawAnswer> {
  let text = '';
  return new Promise((resolve) => {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (parseAnswer(text).whole) socket.destroy();
    });
    socket.once('close', () => resolve(parseAnswer(text).answer));
  });
}

export async function startBench(options: Partial<GatewayOptions> = {}): Promise<Bench> {
  const [city, platform] = [await openLoopbackSite(0), await openLoopbackSite(0)];
  const arrived: Arrived[] = [];
  platform.serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      arrived.push({ method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() });
      bench.answer(response);
    });
  });
  const app = express().disable('x-powered-by');
  // Only tests of the limits come near them.
  const limits = new Limits({ signIns: 1000, acts: 1000 });
  app.use(
    '/participation',
    participationGateway({ platform: `${platform.url}/`, origins: [CITY], limits, ...options }),
  );
  city.serve(app);
  const open = (): Socket => {
    const socket = connect(city.port, '127.0.0.1');
    // A gateway that has answered may cut off what is still being sent.
    socket.on('error', () => undefined);
    return socket;
  };
  const bench: Bench = {
    port: city.port,
    arrived,
    answer: answerOk,
    open,
    send({ method = 'POST', path, headers = {}, body = '' }) {
      const socket = open();
      const pairs: readonly (readonly [string, string])[] = Array.isArray(headers) ? headers : Object.entries(headers);
      const lines = [['Host', 'localhost:8080'], ...pairs];
      if (!lines.some(([name = '']) => /^(?:content-length|transfer-encoding)$/i.test(name)))
        lines.push(['Content-Length', String(Buffer.byteLength(body))]);
      // An answer without its body looks as if the body were to come.
      if (method === 'HEAD') lines.push(['Connection', 'close']);
      socket.write(
        `${method} /participation${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
      );
      return answerOn(socket);
    },
    async stop() {
      await Promise.all([city.close(), platform.close()]);
    },
  };
  return bench;
}

/** A bench for the tests of a file. */
export function gatewayBench(options?: Partial<GatewayOptions>): { readonly now: Bench } {
  let current: Bench | undefined;
  before(async () => {
    current = await startBench(options);
  });
  beforeEach(() => {
    if (!current) return;
    current.answer = answerOk;
    current.arrived.length = 0;
  });
  after(() => current?.stop());
  return {
    get now() {
      if (!current) throw new Error('The bench is there once its tests run.');
      return current;
    },
  };
}
