import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those that it is in. Each is tried once: `mkdir` with `recursive` goes round for ever where a file
 * system says that there is no such folder instead of letting one be made, as `/proc` does.
 *
 * @throws What the operating system says of the first that cannot be made.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isThere(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (reason) {
    // Somebody else was faster.
    if (!(await isThere(path))) throw reason;
  }
}

const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
