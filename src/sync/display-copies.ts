import { constants } from 'node:fs';
import { copyFile, lstat, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { stateIn, type State } from './data-package.js';
import { CHANGES, HOME, inTheWay, isThere, PACKAGE, type Display } from './display.js';
import { sha256Of } from './files.js';
import { CommandError, EXIT } from './report.js';

/** In which file a run notes what readers may find that is ours. */
const SHOWN = 'shown.json';
/** What the name of a file ends with as long as it is not whole. */
const PART = '.cap-widgets-part';

/**
 * Files beside each other, for hosts that have no links. They change one after the other, each at once, and the list of all
 * of them last: as long as their digests are those of the list, they are of one run. What an interrupted run has left half
 * done, the next one brings to an end.
 */
export class CopiedFiles implements Display {
  constructor(
    readonly out: string,
    readonly home: string,
  ) {}

  async claim(names: readonly string[]): Promise<void> {
    if (await isThere(join(this.out, HOME)))
      throw new CommandError(
        EXIT.files,
        `${this.out} holds links of runs without --copy. Go on without it, or choose another --out.`,
      );
    const ours = await this.#ours();
    for (const name of names)
      if (!ours.has(name) && (await isThere(join(this.out, name)))) throw inTheWay(join(this.out, name));
  }

  /** Where what was remembered is gone, as in a fresh copy of a repository, the list of the files says which are ours. */
  async adopt(begin: () => Promise<string>): Promise<State | null> {
    const state = await this.#listed();
    if (!state || (await isThere(join(this.out, HOME)))) return null;
    const folder = await begin();
    const resources = [];
    for (const resource of state.resources) {
      const { path, hash } = resource;
      const file = join(this.out, path);
      if (!isName(path) || (await digestOf(file)) !== hash) continue;
      await copyFile(file, join(folder, path));
      resources.push(resource);
    }
    for (const name of [CHANGES, PACKAGE])
      if (await isThere(join(this.out, name))) await copyFile(join(this.out, name), join(folder, name));
    return { ...state, resources };
  }

  /** What is old stays as long as the list of all files speaks of it. */
  withdraw(): Promise<void> {
    return Promise.resolve();
  }

  async point(to: string, path: string): Promise<void> {
    await writeFile(path, to, { flush: true });
  }

  async show(names: readonly string[], folder: string): Promise<void> {
    const before = [...(await this.#ours())];
    const old = before.filter((name) => !names.includes(name));
    await this.#note([...names, ...old]);
    for (const name of names) await this.#put(join(folder, name), join(this.out, name));
    for (const name of old) await rm(join(this.out, name), { force: true });
    for (const name of before) await rm(join(this.out, name + PART), { force: true });
    await this.#note(names);
  }

  /** Puts a file in its place, unless the very same is there. */
  async #put(from: string, to: string): Promise<void> {
    if ((await digestOf(from)) === (await digestOf(to))) return;
    const part = to + PART;
    try {
      await copyFile(from, part, constants.COPYFILE_FICLONE);
      const handle = await open(part, 'r+');
      await handle.sync().finally(() => handle.close());
      await rename(part, to);
    } catch (reason) {
      await rm(part, { force: true });
      throw reason;
    }
  }

  /** The names under which readers may find something of ours. */
  async #ours(): Promise<Set<string>> {
    const listed = await this.#listed();
    const names = listed ? [...listed.resources.map(({ path }) => path), CHANGES, PACKAGE] : [];
    return new Set([...(await this.#noted()), ...names].filter(isName));
  }

  async #listed(): Promise<State | null> {
    return stateIn(await readFile(join(this.out, PACKAGE), 'utf8').catch(() => ''));
  }

  async #noted(): Promise<string[]> {
    const text = await readFile(join(this.home, SHOWN), 'utf8').catch(() => '[]');
    try {
      const names: unknown = JSON.parse(text);
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    } catch {
      return [];
    }
  }

  async #note(names: readonly string[]): Promise<void> {
    const path = join(this.home, SHOWN);
    const text = JSON.stringify([...names].sort());
    if ((await readFile(path, 'utf8').catch(() => '')) === text) return;
    await writeFile(path + PART, text, { flush: true });
    await rename(path + PART, path);
  }
}

/** Whether a text read from a file names one in this folder, and none elsewhere. */
const isName = (name: string): boolean => basename(name) === name && !name.startsWith('.') && !name.includes('\\');

/** The digest of a file, as the list has it; null where there is none. */
async function digestOf(path: string): Promise<string | null> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isFile() ? `sha256:${await sha256Of(path)}` : null;
}
