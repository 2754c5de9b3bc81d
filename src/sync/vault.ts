import {
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import { isState, type Resource, type State } from './data-package.js';
import type { Display } from './display.js';
import { sha256Of } from './files.js';
import { CommandError, EXIT, isFileError } from './report.js';

/** What says which of the folders is good. */
export const CURRENT = 'current';
const REGISTER = 'register.sqlite';
/** Name of the file in which a run tells the next one what it has done. Readers are not shown it. */
export const STATE = 'state.json';

/**
 * Keeps the files of the last runs, and shows those of the last good one.
 *
 * Each run that has something to say fills a folder of its own; `current` says which is the good one, and where what readers
 * open are links through it, one rename changes all files at once, and a run that is killed leaves no trace before it. Files
 * that are the same in both are one file with two names. This is how Kubernetes shows a volume of settings, too.
 */
export class Vault {
  #number = 0;
  #state: State | null = null;

  private constructor(
    readonly home: string,
    readonly display: Display,
  ) {}

  /** Opens the vault, and clears away what a killed run has left. Nobody else may be at work in it. */
  static async open(home: string, display: Display): Promise<Vault> {
    const vault = new Vault(home, display);
    const current = join(home, CURRENT);
    const number = await readlink(current)
      .catch(unlessMissing(() => readFile(current, 'utf8')))
      .catch(unlessMissing(() => '0'));
    if (!/^\d+$/.test(number)) throw vault.#spoilt(current);
    vault.#number = Number(number);
    vault.#state = await vault.#readState();
    await vault.#sweep();
    if (!vault.#number) await vault.#adopt();
    return vault;
  }

  /** What the last good run has left; null before the first one. */
  get state(): State | null {
    return this.#state;
  }

  /** A file of the last good run, if it is still as that run has left it. */
  async find(name: string): Promise<{ readonly path: string; readonly resource: Resource } | null> {
    const resource = this.#state?.resources.find(({ path }) => path === name);
    const path = join(this.#folder(this.#number), name);
    const stats = resource && (await lstat(path).catch(unlessMissing(() => null)));
    return resource && stats?.isFile() && stats.size === resource.bytes ? { path, resource } : null;
  }

  /** As `find`, for a file whose lines are read: they are as they were written, to the last byte. */
  async findWhole(name: string): Promise<string | null> {
    const found = await this.find(name);
    return found && `sha256:${await sha256Of(found.path)}` === found.resource.hash ? found.path : null;
  }

  /** Where this run may keep its register. */
  get register(): string {
    return join(this.home, REGISTER);
  }

  /** Makes the folder for the files of this run. */
  async begin(): Promise<string> {
    const folder = this.#folder(this.#number + 1);
    await mkdir(folder);
    return folder;
  }

  /** Takes a file of the last good run over into this one, as it is. */
  async keep(name: string): Promise<void> {
    const [from, to] = [this.#number, this.#number + 1].map((number) => join(this.#folder(number), name)) as [
      string,
      string,
    ];
    await rm(to, { force: true });
    // Not all file systems give a file two names.
    await link(from, to).catch(() => copyFile(from, to));
  }

  /** Throws away what this run has not shown. */
  async abandon(): Promise<void> {
    await this.#sweep();
  }

  /** Shows the files of this run instead of the last ones: in one moment, from the point of view of whoever reads them. */
  async commit(names: readonly string[]): Promise<void> {
    await this.#turn(names);
    await this.show(names);
    await this.#sweep();
  }

  /** @throws {CommandError} When something else is where a file has to go. */
  async claim(names: readonly string[]): Promise<void> {
    await this.display.claim(names);
  }

  /** Shows the files of the last good run. Nothing is written where they are shown already. */
  async show(names: readonly string[]): Promise<void> {
    await this.display.show(names, this.#folder(this.#number));
  }

  /** Makes the folder of this run the good one. */
  async #turn(names: readonly string[]): Promise<void> {
    const number = this.#number + 1;
    const next = join(this.home, `${CURRENT}.next`);
    await settle(this.#folder(number));
    await this.display.withdraw(names);
    await rm(next, { force: true });
    await this.display.point(String(number), next);
    await rename(next, join(this.home, CURRENT));
    await settle(this.home);
    this.#number = number;
    this.#state = await this.#readState();
  }

  /** Begins with what the readers have, where there is nothing here to begin with. */
  async #adopt(): Promise<void> {
    const state = await this.display.adopt(() => this.begin());
    if (!state) return;
    await writeFile(join(this.#folder(this.#number + 1), STATE), JSON.stringify(state), { flush: true });
    await this.#turn([]);
  }

  /** Keeps the good folder and the one before it, from which somebody may be reading. */
  async #sweep(): Promise<void> {
    const kept = [this.#number, this.#number - 1].map(String);
    for (const name of await readdir(this.home))
      if (name === `${CURRENT}.next` || name.startsWith(REGISTER) || (/^\d+$/.test(name) && !kept.includes(name)))
        await rm(join(this.home, name), { recursive: true, force: true });
  }

  async #readState(): Promise<State | null> {
    if (!this.#number) return null;
    const path = join(this.#folder(this.#number), STATE);
    const text = await readFile(path, 'utf8').catch(unlessMissing(() => null));
    if (text === null) return null;
    let found: unknown;
    try {
      found = JSON.parse(text);
    } catch (cause) {
      throw this.#spoilt(path, cause);
    }
    if (isState(found)) return found;
    throw this.#spoilt(path);
  }

  #spoilt(path: string, cause?: unknown): CommandError {
    return new CommandError(
      EXIT.files,
      `${path} is not as the last run has left it. Restore it, or remove ${this.home}: all files are then made anew, without what is noted there as gone.`,
      { cause },
    );
  }

  #folder(number: number): string {
    return join(this.home, String(number));
  }
}

const unlessMissing =
  <T>(instead: () => T) =>
  (reason: unknown): T => {
    // `readlink` says EINVAL of what is no link.
    if (isFileError(reason) && (reason.code === 'ENOENT' || reason.code === 'EINVAL')) return instead();
    throw reason;
  };

/** Waits until the names in a folder would survive a power cut. */
async function settle(folder: string): Promise<void> {
  // Windows has no such promise to give.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
