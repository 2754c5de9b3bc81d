import type { IncomingMessage } from 'node:http';

import readRaw, { type RawBodyError } from 'raw-body';

import { actsIn } from './acts.js';
import { Refusal } from './refusal.js';

export const FORM = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';
export const UPLOAD = 'multipart/form-data';

/**
 * A body as the platform gets it. It is written anew of what was understood here, so that nothing else is in it: no
 * `_method`, no field that one reader finds first and another last.
 */
export interface Body {
  readonly type: string;
  readonly bytes: string | Buffer;
  /** How many acts it asks for. */
  readonly acts: number;
}

/** The media type of a request, without its parameters. */
export const mediaTypeOf = ({ headers }: IncomingMessage): string =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** @throws {Refusal} Where the body is of another type. */
export function checkType(request: IncomingMessage, ...types: readonly string[]): void {
  if (!types.includes(mediaTypeOf(request))) throw new Refusal(415, `Send a body of type ${types.join(' or ')}.`);
}

/**
 * Reads a body of at most `limit` bytes, which are counted as they come: what is longer is never held in memory.
 *
 * @throws {Refusal} Where it is longer, does not arrive in time, or is not as long as was said.
 */
export async function read(request: IncomingMessage, limit: number, deadline: AbortSignal): Promise<Buffer> {
  if (request.readableEnded) throw new Error('Something before the gateway has read the body: put the gateway first.');
  const length = request.headers['content-length'];
  const tooSlow = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Refusal(408, 'The body did not arrive in time.'));
    if (deadline.aborted) stop();
    else deadline.addEventListener('abort', stop, { once: true });
  });
  const whole = readRaw(request, { limit, ...(length === undefined ? {} : { length }) }).catch((cause: unknown) => {
    const { status } = cause as RawBodyError; // It throws nothing else.
    throw new Refusal(
      status,
      status === 413 ? `A body here has at most ${limit} bytes.` : 'The body is broken.',
      {},
      { cause },
    );
  });
  return Promise.race([whole, tooSlow]);
}

/** Has what cannot be understood be a refusal: nothing is handed through unread. */
function understand<T>(what: string, understanding: () => T): T {
  try {
    return understanding();
  } catch (cause) {
    throw new Refusal(400, `This is no ${what}.`, {}, { cause });
  }
}

const textOf = (bytes: Buffer): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('No object.');
  return { ...value };
}

/** The fields of a form, none of which is there twice. */
function formOf(text: string): Readonly<Record<string, unknown>> {
  const fields = [...new URLSearchParams(text)];
  const form = Object.fromEntries(fields);
  if (Object.keys(form).length !== fields.length) throw new TypeError('A field is there twice.');
  return form;
}

/** A GraphQL request, as a form or as JSON. No list of them: platforms take none. */
export function graphqlOf(request: IncomingMessage, bytes: Buffer): Body {
  return understand('GraphQL request', () => {
    const asForm = mediaTypeOf(request) === FORM;
    const { query, variables, operationName } = asForm ? formOf(textOf(bytes)) : objectOf(JSON.parse(textOf(bytes)));
    if (typeof query !== 'string') throw new TypeError('No document.');
    if (!['string', 'undefined'].includes(typeof (operationName ?? undefined))) throw new TypeError('No name.');
    const values: unknown = typeof variables === 'string' ? JSON.parse(variables || 'null') : variables;
    const asked = {
      query,
      ...(values === undefined || values === null ? {} : { variables: objectOf(values) }),
      ...(operationName ? { operationName } : {}),
    };
    const form = Object.entries(asked).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return {
      type: asForm ? FORM : JSON_TYPE,
      bytes: asForm ? new URLSearchParams(form).toString() : JSON.stringify(asked),
      acts: actsIn(query),
    };
  });
}

/** What somebody types in to sign in, and no wish to be remembered: the cookie for that does not pass. */
export function credentialsOf(bytes: Buffer): Body {
  return understand('sign-in', () => {
    const given = objectOf(JSON.parse(textOf(bytes)));
    const passing = ['username', 'password', 'captcha'].filter((name) => typeof given[name] === 'string');
    const bodyOf = Object.fromEntries(passing.map((name) => [name, given[name]]));
    return { type: JSON_TYPE, bytes: JSON.stringify(bodyOf), acts: 0 };
  });
}

/** A file, which counts as an act. Only the platform looks into it. */
export function uploadOf({ headers }: IncomingMessage, bytes: Buffer): Body {
  const [, boundary] =
    /^multipart\/form-data; *boundary="?([\w'()+,./:=?-]{1,70})"?$/i.exec(headers['content-type'] ?? '') ?? [];
  if (boundary === undefined) throw new Refusal(415, `Send a body of type ${UPLOAD} with its boundary.`);
  return { type: `${UPLOAD}; boundary="${boundary}"`, bytes, acts: 1 };
}
