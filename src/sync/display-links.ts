import { readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { stateIn } from './data-package.js';
import { HOME, inTheWay, isThere, PACKAGE, type Display } from './display.js';
import { CommandError, EXIT, isFileError } from './report.js';

/** What systems and disks without symbolic links say, or to accounts that may make none: Windows asks for a right. */
const NO_LINKS = /^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP|UNKNOWN)$/;

/** Links through one that says which folder is good: they all turn at once. */
export class LinkedFiles implements Display {
  /** @param through - What they lead through, seen from the folder that they are in. */
  constructor(
    readonly out: string,
    readonly through: string,
  ) {}

  async claim(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const path = join(this.out, name);
      if ((await this.#isOurs(name)) || !(await isThere(path))) continue;
      const list = await readFile(join(this.out, PACKAGE), 'utf8').catch(() => '');
      throw inTheWay(path, stateIn(list) ? 'was made by a run with --copy. Go on with --copy' : undefined);
    }
  }

  /** What links lead to is remembered beside them, or gone. */
  adopt(): Promise<null> {
    return Promise.resolve(null);
  }

  /** Takes away links of ours that lead nowhere any more. */
  async withdraw(names: readonly string[]): Promise<void> {
    for (const name of await readdir(this.out))
      if (!names.includes(name) && (await this.#isOurs(name))) await rm(join(this.out, name));
  }

  async point(to: string, path: string): Promise<void> {
    try {
      await symlink(to, path);
    } catch (cause) {
      if (!isFileError(cause) || !NO_LINKS.test(cause.code ?? '')) throw cause;
      throw new CommandError(
        EXIT.files,
        `Links cannot be made in ${join(this.out, HOME)} (${cause.code}): this system, disk or account has none. Use --copy, which takes files in their place.`,
        { cause },
      );
    }
  }

  async show(names: readonly string[]): Promise<void> {
    for (const name of names)
      if (!(await this.#isOurs(name))) await this.point(join(HOME, this.through, name), join(this.out, name));
    await this.withdraw(names);
  }

  async #isOurs(name: string): Promise<boolean> {
    const target = await readlink(join(this.out, name)).catch(() => '');
    return target === join(HOME, this.through, name);
  }
}
