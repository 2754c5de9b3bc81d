import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Characters gathered before they go to the disk. */
const CHUNK = 64 * 1024;

/** What a file holds, without its bytes. */
export interface Digest {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** A new file that grows by texts, and whose digest is known when it is closed. */
export class FileSink {
  readonly #hash = createHash('sha256');
  #waiting = '';
  #bytes = 0;

  private constructor(readonly handle: FileHandle) {}

  /** Creates a file that must not be there yet. */
  static async create(path: string): Promise<FileSink> {
    return new FileSink(await open(path, 'wx'));
  }

  /** Adds to the file. The promise holds back whoever is faster than the disk. */
  async write(text: string): Promise<void> {
    this.#waiting += text;
    if (this.#waiting.length >= CHUNK) await this.#flush();
  }

  /** Writes what is left, and waits until it would survive a power cut. */
  async close(): Promise<Digest> {
    try {
      await this.#flush();
      await this.handle.sync();
    } finally {
      await this.handle.close();
    }
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Lets go of a file that nobody wants any more. */
  async abandon(): Promise<void> {
    await this.handle.close();
  }

  async #flush(): Promise<void> {
    const chunk = Buffer.from(this.#waiting);
    this.#waiting = '';
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    // A write may take less than all of it.
    for (let done = 0; done < chunk.length;)
      done += (await this.handle.write(chunk, done, chunk.length - done)).bytesWritten;
  }
}

/** The digest of a file, in hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The lines of a file, or of the part of it from one byte to before another. */
export async function* linesOf(path: string, start = 0, before = Infinity): AsyncGenerator<string, undefined> {
  if (before <= start) return;
  let rest = '';
  const chunks: AsyncIterable<string> = createReadStream(path, { encoding: 'utf8', start, end: before - 1 });
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}
