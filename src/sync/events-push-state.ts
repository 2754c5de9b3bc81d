import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { withLock } from './lock.js';
import { CommandError, EXIT } from './report.js';

/** An event of the platform that stands for one of the agenda. */
export interface Pushed {
  readonly id: string;
  readonly uid: string;
  /** Of what was sent last; null where that is not known. */
  readonly digest: string | null;
  readonly title: string;
  readonly startAt: string;
  /** Somebody else may have written it: it is changed, but never deleted. */
  readonly found?: true;
}

/** An event that was about to be added, and of which nobody has said that it is there. */
export interface Adding {
  /** Missing in states of the first versions. */
  readonly uid?: string;
  readonly title: string;
  readonly startAt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What is remembered from one run to the next: which event of the platform stands for which of the agenda. */
export interface PushState {
  readonly platform: string;
  /** ID of the account that has written them. */
  readonly account: string;
  /** By the keys of the agenda. */
  readonly events: Map<string, Pushed>;
  readonly adding: Map<string, Adding>;
}

const FORMAT = 1;

/**
 * When each event was about to be added. A date that is still to come was noted by a wrong clock, or this one is wrong: it is
 * taken for now, which is waited for in full.
 *
 * @returns `doubt`: what there is to say of such a date.
 */
export function triesOf(adding: PushState['adding'], now: number): { tried: Map<string, number>; doubt?: string } {
  const tried = new Map([...adding].map(([key, { at }]) => [key, Math.min(at, now)]));
  const ahead = [...adding.values()].find(({ at }) => at > now);
  if (!ahead) return { tried };
  const date = ahead.at <= LAST_DATE ? new Date(ahead.at).toISOString() : 'a date that there is not';
  return {
    tried,
    doubt: `says that “${ahead.title}” was about to be added at ${date}, which is still to come. That is not believed, and nothing is lost by it: check the clock of this machine.`,
  };
}

/** The last one that a Date can hold. */
const LAST_DATE = 8.64e15;

/** The state beside an agenda, which is whole at any moment. */
export class StateFile {
  constructor(readonly path: string) {}

  /** Does something while no other run does it with the same state. */
  async locked<T>(work: (lost: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withLock(this.#folder, work);
    } catch (cause) {
      if (!(cause instanceof CommandError) || cause.exitCode !== EXIT.locked) throw cause;
      throw new CommandError(EXIT.locked, 'Another run is at work on this agenda. Wait for its end.', { cause });
    }
  }

  /** Null before the first run. */
  async read(): Promise<PushState | null> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw reason;
    }
    try {
      const { format, platform, account, events, adding } = JSON.parse(text) as Record<string, unknown>;
      if (format !== FORMAT) throw new TypeError('another format');
      if (typeof platform !== 'string' || typeof account !== 'string') throw new TypeError('of nobody');
      return { platform, account, events: mapOf(events, isPushed), adding: mapOf(adding, isAdding) };
    } catch (cause) {
      throw new CommandError(
        EXIT.files,
        `${this.path} is not the state of an agenda. Restore it, or remove it to match events by title and date once.`,
        { cause },
      );
    }
  }

  async write({ events, adding, ...rest }: PushState): Promise<void> {
    // One name for all attempts: what a killed run leaves behind is written over.
    const draft = join(this.#folder, 'state.json');
    await mkdir(this.#folder, { recursive: true });
    const state = { format: FORMAT, ...rest, events: Object.fromEntries(events), adding: Object.fromEntries(adding) };
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(state, null, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, this.path);
  }

  get #folder(): string {
    return join(dirname(this.path), `.${basename(this.path)}.lock`);
  }
}

/** Not an object: a UID may be any text, also the name of what every object has. */
function mapOf<T>(value: unknown, isEntry: (entry: unknown) => entry is T): Map<string, T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no map');
  const entries = Object.entries(value).map(([key, entry]: [string, unknown]): [string, T] => {
    if (!isEntry(entry)) throw new TypeError(`${key} is none`);
    return [key, entry];
  });
  return new Map(entries);
}

/** Whether all the named members of a value are texts. */
const hasTexts = <K extends string>(value: unknown, ...names: readonly K[]): value is Record<K, string> =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string');

const isPushed = (entry: unknown): entry is Pushed => {
  if (!hasTexts(entry, 'id', 'uid', 'title', 'startAt')) return false;
  const { digest, found } = entry as Partial<Record<keyof Pushed, unknown>>;
  return (digest === null || typeof digest === 'string') && (found === undefined || found === true);
};

const isAdding = (entry: unknown): entry is Adding =>
  hasTexts(entry, 'title', 'startAt') && Number.isFinite((entry as Partial<Record<keyof Adding, unknown>>).at);
