import { lstat } from 'node:fs/promises';

import type { State } from './data-package.js';
import { CommandError, EXIT, isFileError } from './report.js';

/** Folder of all that is not for readers, inside the folder that is. */
export const HOME = '.cap-widgets';
/** The list of all files, which is read first and written last. */
export const PACKAGE = 'datapackage.json';
/** What the last run has found. */
export const CHANGES = 'changes.json';

/** How readers are shown the files of the last good run, which are in a folder that is not for them. */
export interface Display {
  /** @throws {CommandError} When something else is where a file has to go: we overwrite only what we have made. */
  claim(names: readonly string[]): Promise<void>;
  /** Takes over what runs that nobody remembers have left, into a folder that is asked for only then. */
  adopt(begin: () => Promise<string>): Promise<State | null>;
  /** Takes away what will not be there in a moment. */
  withdraw(names: readonly string[]): Promise<void>;
  /** Makes something that names a folder of the same place. */
  point(to: string, path: string): Promise<void>;
  /** Shows the files of a folder. Nothing is written where they are shown already. */
  show(names: readonly string[], folder: string): Promise<void>;
}

/** What is said of something that is in the way. */
export const inTheWay = (path: string, why = 'was not made by this command. Move it away'): CommandError =>
  new CommandError(EXIT.files, `${path} is there already, and ${why}, or choose another --out.`);

/** Whether there is anything of that name, also a link that leads nowhere. */
export const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (reason: unknown) => {
      if (isFileError(reason) && reason.code === 'ENOENT') return false;
      throw reason;
    },
  );
