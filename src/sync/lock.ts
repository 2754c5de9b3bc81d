import { readFile, readlink, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import lockfile from 'proper-lockfile';

import { makeFolder } from './folders.js';
import { CommandError, EXIT } from './report.js';

/** Milliseconds after which a lock that nobody renews is free again: the machine of its owner is gone. */
const STALE = 15_000;
/** Milliseconds between two looks at a lock whose owner seems to be dead. */
const LOOK = 50;
/** Looks at a lock that has no owner yet: its taker writes that down at once, unless it was killed just then. */
const PATIENCE = 20;

/**
 * Does something while nobody else does it in the same folder.
 *
 * @param work - Is told to stop when the lock is lost, which happens to a machine that was asleep.
 * @throws {CommandError} When another run is at work.
 */
export async function withLock<T>(folder: string, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  await makeFolder(folder);
  const lost = new AbortController();
  const owner = join(folder, 'owner');
  const release = await acquire(folder, owner, lost);
  try {
    await rm(owner, { force: true });
    await sign(owner, `${process.pid}@${hostname()}`);
    return await work(lost.signal);
  } finally {
    if (!lost.signal.aborted) {
      await rm(owner, { force: true });
      await release();
    }
  }
}

/** Takes the lock. Whoever was killed with it in hand does not hold up the next run. */
async function acquire(folder: string, owner: string, lost: AbortController): Promise<() => Promise<void>> {
  const lock = join(folder, 'lock');
  for (let looks = 1, before: string | undefined; ; looks++) {
    try {
      return await lockfile.lock(folder, {
        lockfilePath: lock,
        stale: STALE,
        onCompromised: (cause) =>
          lost.abort(new CommandError(EXIT.locked, 'Another run has taken over these files.', { cause })),
      });
    } catch (reason) {
      if (codeOf(reason) !== 'ELOCKED') throw reason;
    }
    const holder = await signatureOf(owner);
    if ((holder && isAlive(holder)) || looks > 2 * PATIENCE)
      throw new CommandError(
        EXIT.locked,
        'Another run is at work on these files. Wait for its end, or choose another --out.',
      );
    // Somebody who has just taken a dead one's lock puts its own name there: the same dead name twice is no such moment.
    if (holder ? holder === before : looks >= PATIENCE) await utimes(lock, 0, 0).catch(() => undefined);
    before = holder;
    await wait(LOOK);
  }
}

/** Writes down who it is: as a link, which costs no file and is there at once with all that it says, where there are links. */
const sign = (owner: string, name: string): Promise<void> => symlink(name, owner).catch(() => writeFile(owner, name));

const signatureOf = (owner: string): Promise<string> =>
  readlink(owner)
    .catch(() => readFile(owner, 'utf8'))
    .catch(() => '');

const codeOf = (reason: unknown): unknown => (reason instanceof Error && 'code' in reason ? reason.code : undefined);

/** Whether the owner of a lock may still be at work; of another machine we do not know. */
function isAlive(holder: string): boolean {
  const [pid, host] = holder.split('@');
  if (host !== hostname()) return true;
  try {
    return process.kill(Number(pid), 0);
  } catch (reason) {
    // No such process. Any other answer is about one that is there.
    return codeOf(reason) !== 'ESRCH';
  }
}
