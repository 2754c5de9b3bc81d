import { createHash } from 'node:crypto';

import type { Kind } from './records.js';
import { CommandError, EXIT } from './report.js';

/** One collection of objects, and the name of its files before the dot. */
export interface Collection {
  readonly kind: Kind;
  readonly name: string;
  /** The step of proposals, the consultation of contributions. */
  readonly id: string;
}

/** What no collection can be called: these files are about all of them. */
const TAKEN = ['datapackage', 'changes'];

/** What no file on Windows can be called, whatever its ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

/**
 * All collections of a run.
 *
 * @param asked - For each kind the IDs of what its objects belong to, with the name of its files behind an `=` or without.
 * @throws {CommandError} When there is no ID, or no file could have such a name.
 */
export function collectionsOf(asked: Readonly<Record<'proposals' | 'contributions', readonly string[]>>): Collection[] {
  const collections: Collection[] = (['projects', 'steps', 'events'] as const).map((kind) => ({
    kind,
    name: kind,
    id: '',
  }));
  for (const kind of ['proposals', 'contributions'] as const)
    for (const text of new Set(asked[kind])) collections.push({ kind, ...partsOf(text, kind) });
  // Not all disks tell capital letters from small ones.
  const names = new Set(TAKEN);
  for (const { name, id } of collections) {
    const plain = name.toLowerCase();
    if (names.has(plain))
      throw usage(`“${name}” is the name of other files here. Choose another one for ${id}: ${id}=NAME.`);
    names.add(plain);
  }
  return collections;
}

/** `ID` or `ID=NAME`, where IDs may end with `=` themselves. */
function partsOf(text: string, kind: Kind): Pick<Collection, 'id' | 'name'> {
  const [, id = '', name] = /^(.*?)(?:=([^=]+))?$/s.exec(text) ?? [];
  if (!/[^=]/.test(id))
    throw usage('An ID is empty: give --proposals the ID of a step, and --contributions that of a consultation.');
  if (name === undefined) return { id, name: `${kind}-${stemOf(id)}` };
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || name.length > 60 || DEVICE.test(name))
    throw usage(
      `“${name}” is no name for files: use small letters, digits and hyphens, 60 at most, as in ${id}=vote-2026.`,
    );
  return { id: whole(id), name };
}

/** An ID as a part of a file's name. The `=` that IDs end with say nothing; any other sign that is no letter is told apart by a digest. */
function stemOf(id: string): string {
  const plain = id.replace(/=+$/, '');
  const stem = plain.replace(/[^\w-]+/g, '_');
  return stem === plain ? stem : `${stem}_${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}

/** Who takes the `=` at the end of an ID for the one in front of the name writes it without. */
function whole(id: string): string {
  const plain = id.replace(/=+$/, '');
  const isGlobal = /^[\w+/]+$/.test(plain) && /^[A-Z][A-Za-z]+:/.test(Buffer.from(plain, 'base64').toString('latin1'));
  return isGlobal ? plain.padEnd(Math.ceil(plain.length / 4) * 4, '=') : id;
}
