import { once } from 'node:events';
import type { WriteStream } from 'node:tty';

import { ApiError } from '../core/errors.js';
import { printable } from './control-characters.js';

/** How the command line ends. Scripts rely on these numbers. */
export const EXIT = {
  /** All is well, whether something has changed or not. */
  ok: 0,
  /** A fault of this program. */
  unexpected: 1,
  /** What was asked makes no sense, or names something that the platform does not have. */
  usage: 2,
  /** The platform did not answer, or not as it should. */
  platform: 3,
  /** The platform refuses: a token is missing, wrong, or does not suffice. */
  denied: 4,
  /** Another run is at work on the same files. */
  locked: 5,
  /** A file cannot be read or written. */
  files: 6,
  /** Part of the work is done; the next run tries the rest again. */
  partial: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What `--help` says of the exit codes. */
export const EXIT_HELP = `Exit codes:
  0  done, whether something has changed or not
  1  unexpected error
  2  wrong usage, or an ID that the platform does not know
  3  the platform cannot be reached, or does not answer as it should
  4  not allowed (401, 403): the token is missing, wrong, or does not suffice
  5  another run is at work on the same files
  6  files cannot be read or written
  7  done in part; the next run tries the rest again`;

/** A failure that the person at the command line can do something about; the message says what. */
export class CommandError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CommandError';
  }
}

const ADVICE: Readonly<Partial<Record<ApiError['code'], string>>> = {
  unauthorized: 'The platform does not accept the token. Check the variable that --token-env names.',
  forbidden: 'The platform refuses to show this. It takes a token of somebody who may see it: --token-env NAME.',
  'not-found': 'The platform has no such object, or does not show it. Check the ID.',
  'platform-disabled':
    'There is no public API at this address. Check --platform, or ask the platform’s operator to turn the API on.',
  'rate-limited': 'The platform asks for patience. Try again later, or less often.',
  network: 'The platform cannot be reached. Check --platform and the network.',
  offline: 'There is no network.',
  timeout: 'The platform takes too long to answer. Try again later.',
  'not-a-platform': 'The platform answers with something else than its API. Check --platform and --api.',
  'bad-request': 'The platform does not understand what it is asked. It may be of another version.',
  'bad-response': 'The platform answers with something else than its API. Check --platform and --api.',
  server: 'The platform has a failure of its own. Try again later.',
};

/**
 * Makes something of what somebody has asked for, where bad options are a TypeError that says so.
 *
 * @throws {CommandError} In the same words.
 */
export function asAsked<T>(make: () => T): T {
  try {
    return make();
  } catch (reason) {
    if (reason instanceof TypeError) throw new CommandError(EXIT.usage, reason.message, { cause: reason });
    throw reason;
  }
}

export interface Failure {
  readonly exitCode: ExitCode;
  /** A code of `cap-error`, where the platform is the reason. */
  readonly code?: ApiError['code'];
  readonly message: string;
}

/** What went wrong, for whoever started the command, and how it ends. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return { exitCode: error.exitCode, message: error.message };
  if (error instanceof ApiError) {
    const { code, message } = error;
    const exitCode =
      code === 'unauthorized' || code === 'forbidden' ? EXIT.denied : code === 'not-found' ? EXIT.usage : EXIT.platform;
    const advice = ADVICE[code];
    return { exitCode, code, message: advice ? `${advice} (${message})` : message };
  }
  // The register of a run is a file as well, of which SQLite tells in its own way.
  if (isFileError(error) || (error instanceof Error && error.name === 'SQLite3Error'))
    return { exitCode: EXIT.files, message: `A file cannot be read or written: ${error.message}` };
  return { exitCode: EXIT.unexpected, message: `Unexpected: ${inWords(error)}` };
}

/** What the language says of a fault in our code names what is in it, which tells nobody else anything. */
const inWords = (error: unknown): string =>
  error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
    ? `a fault of this program (${error.name}), and not of what it was asked. Please report it with the command line.`
    : String(error);

/** What a disk says of a file that is open, without its name: full, over the quota, too large, broken. */
const DISK = /^(ENOSPC|EDQUOT|EFBIG|EIO)$/;

/** Whether the operating system refused a file. */
export const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  'syscall' in error &&
  ('path' in error || ('code' in error && DISK.test(String(error.code))));

/** Where a command says what it does. */
export interface Reporter {
  /** How far it is; each text takes the place of the one before it. */
  progress(text: string): void;
  /** Something that scripts read as a JSON line, and people as sentences, each on a line of its own. */
  tell(event: { readonly event: string } & Readonly<Record<string, unknown>>, ...sentences: readonly string[]): void;
  /** What the command line says of itself: its help, or what was typed wrong. */
  say(text: string, isFailure: boolean): void;
  /** Whoever reads the output has kept up, or does not read on: what waits for a slow reader waits in our memory. */
  drained(): Promise<void>;
  /** The command, or one round of it, has failed. */
  fail(failure: Failure): void;
}

/**
 * Speaks to people on a terminal, and in JSON lines on an output that is none. Failures are also told on the error output.
 *
 * Nothing else in this folder writes to either: texts come from whoever writes on a platform or in an agenda, and what
 * would steer a terminal is taken out here.
 *
 * @param secrets - What they find is never printed, wherever it comes from.
 */
export function consoleReporter(
  secrets: readonly RegExp[] = [],
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'> = process,
): Reporter {
  const hide = (text: string): string => secrets.reduce((rest, secret) => rest.replace(secret, '***'), text);
  // In this order: a character that is taken out must not have kept a secret from being recognized.
  const clean = (line: string): string => hide(printable(line));
  const json = (event: object): string =>
    clean(JSON.stringify(event, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value)));
  const wipe = (stream: WriteStream): void => {
    stream.clearLine(0);
    stream.cursorTo(0);
  };
  const write = (stream: NodeJS.WriteStream, lines: readonly string[]): void => {
    if (lines.length && stderr.isTTY) wipe(stderr);
    for (const line of lines) stream.write(`${line}\n`);
  };
  return {
    progress(text) {
      if (!stderr.isTTY) return;
      wipe(stderr);
      stderr.write(clean(text).slice(0, stderr.columns - 1));
    },
    tell(event, ...sentences) {
      write(stdout, stdout.isTTY ? sentences.map(clean) : [json(event)]);
    },
    say(text, isFailure) {
      write(isFailure ? stderr : stdout, text.replace(/\n$/, '').split('\n').map(clean));
    },
    async drained() {
      if (stdout.writableNeedDrain) await once(stdout, 'drain').catch(() => undefined);
    },
    fail(failure) {
      if (!stdout.isTTY) write(stdout, [json({ event: 'failed', ...failure })]);
      write(stderr, [clean(failure.message)]);
    },
  };
}
