import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Agenda, AgendaEvent, AgendaOptions } from './events-push-event.js';
import { LIMITS } from './events-push-limits.js';
import { CommandError, EXIT, type Failure } from './report.js';

/** What the other thread is given. */
export interface Task {
  readonly bytes: Uint8Array;
  readonly encoding: string | undefined;
  readonly options: AgendaOptions;
  /** Room for one number: the line of the file at which it is. */
  readonly place: SharedArrayBuffer;
}

/** An agenda on its way between threads: texts that many occurrences share go once. */
interface Packed extends Omit<Agenda, 'events'> {
  readonly events: readonly (Omit<AgendaEvent, 'body'> & { readonly body: number })[];
  readonly bodies: readonly string[];
}

export type Answer = { readonly agenda: Packed } | { readonly failure: Failure };

export function packed({ events, ...rest }: Agenda): Packed {
  const places = new Map<string, number>();
  const placeOf = (body: string): number => {
    const place = places.get(body) ?? places.size;
    places.set(body, place);
    return place;
  };
  return {
    ...rest,
    events: events.map(({ body, ...event }) => ({ ...event, body: placeOf(body) })),
    bodies: [...places.keys()],
  };
}

const unpacked = ({ events, bodies, ...rest }: Packed): Agenda => ({
  ...rest,
  events: events.map(({ body, ...event }) => ({ ...event, body: bodies[body] ?? '' })),
});

/**
 * The file that the other thread begins with, which lies beside this one. Where that is TypeScript, as in tests, the thread
 * has to be taught it first: it does not inherit what this one has learned.
 */
const ENDING = extname(import.meta.url);
const PROGRAM = new URL(`./events-push-worker${ENDING}`, import.meta.url);
const TAUGHT = `import('tsx/esm/api').then(({ register }) => { register(); return import('${PROGRAM.href}'); })`;

/** Megabytes that the other thread may fill: a file of the greatest size takes a fraction of it. */
const MEMORY = { maxOldGenerationSizeMb: 1500, maxYoungGenerationSizeMb: 128 };

/** Milliseconds between two looks at how much it has worked. */
const LOOK = 50;

export interface ReadingOptions {
  readonly signal?: AbortSignal | undefined;
  /** Name of the encoding that the file is in. (found out) */
  readonly encoding?: string | undefined;
  /** Milliseconds of work that it may take: a machine that is busy with other things takes longer over them. */
  readonly time?: number | undefined;
  /** Is told once how to ask for the line at which it is. */
  readonly onStart?: ((line: () => number) => void) | undefined;
}

/**
 * Reads the agenda in a file. It is done in another thread, so that nothing in the file can hold up this one.
 *
 * @throws {CommandError} When it is too large, no agenda, or takes too long: nothing of it is used then.
 */
export async function readAgendaFile(
  file: string,
  options: AgendaOptions,
  { signal, encoding, time = LIMITS.time, onStart }: ReadingOptions = {},
): Promise<Agenda> {
  const bytes = await bytesOf(file, signal).catch((reason: unknown) => {
    // A stream that is stopped tells of that, instead of why.
    signal?.throwIfAborted();
    throw reason;
  });
  signal?.throwIfAborted();
  const place = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const line = (): number => new Int32Array(place)[0] ?? 0;
  const workerData: Task = { bytes, encoding, options, place };
  const isSource = ENDING === '.ts';
  const worker = new Worker(isSource ? TAUGHT : PROGRAM, {
    eval: isSource,
    workerData,
    resourceLimits: MEMORY,
    transferList: [bytes.buffer],
  });
  onStart?.(line);
  const givenUp = (why: string): CommandError =>
    new CommandError(
      EXIT.files,
      `Reading the agenda ${why}, at line ${line()}. Nothing was changed on the platform. Take out the event that is there, or split the file.`,
    );
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      // It says when it has begun, and then what it has read: until it begins, nothing in the file can hold it up.
      worker.once('message', () => {
        const before = process.cpuUsage();
        timer = setInterval(() => {
          const { user, system } = process.cpuUsage(before);
          if (user + system > time * 1000) reject(givenUp(`takes more than ${time / 1000} seconds of work`));
        }, LOOK);
        worker.once('message', resolve);
      });
      worker.once('error', (cause: NodeJS.ErrnoException) =>
        reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? givenUp('takes too much memory') : cause),
      );
      stop = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', stop);
    });
    if ('failure' in answer) throw new CommandError(answer.failure.exitCode, answer.failure.message);
    return unpacked(answer.agenda);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** A file, of which no more is read than an agenda may have: it may grow, or be none that ends. */
async function bytesOf(file: string, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file);
  try {
    // A stream that is stopped before anybody reads it says so to nobody.
    signal?.throwIfAborted();
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of handle.createReadStream({ end: LIMITS.file, autoClose: false, signal })) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    if (size > LIMITS.file)
      throw new CommandError(
        EXIT.files,
        `${file} is larger than ${LIMITS.file / 1e6} MB. Nothing was changed on the platform. Leave out what is over, or split it into several files, each with its own --state.`,
      );
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
