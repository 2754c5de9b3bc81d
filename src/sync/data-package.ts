import type { Digest } from './files.js';

/** The licence under which the data may be used again. */
export interface Licence {
  /** Its name, as people read it. */
  readonly title: string;
  /** Its full text. */
  readonly path?: string | undefined;
}

/** Under which the platform's cities publish their data, by French law and habit. */
export const DEFAULT_LICENCE: Licence = {
  title: 'Licence Ouverte 2.0 (etalab-2.0)',
  path: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
};

/** What makes a file a table to programs: what its columns are (Table Schema), and how it is written (CSV Dialect). */
export interface Table {
  readonly profile: 'tabular-data-resource';
  readonly dialect: object;
  readonly schema: object;
}

/** One file, as a Frictionless Data Package describes it. */
export interface Resource extends Partial<Table> {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly mediatype: string;
  readonly encoding: 'utf-8';
  readonly bytes: number;
  /** `sha256:` and the digest in hexadecimal. */
  readonly hash: string;
  /** Objects in the collection, tombstones left out. */
  readonly records: number;
  /** Date of the last change that any of the objects speaks of. */
  readonly lastChange: string | null;
  readonly licenses: readonly Licence[];
  readonly sources: readonly { readonly title: string; readonly path: string }[];
}

/** What the next run has to know of this one. */
export interface State {
  /** A digest of what the files depend on beside the data: where this differs they are made again. */
  readonly settings: string;
  readonly resources: readonly Resource[];
}

/** Whether something read from a file is a state that this version can use. */
export const isState = (found: unknown): found is State =>
  typeof found === 'object' &&
  found !== null &&
  'settings' in found &&
  'resources' in found &&
  Array.isArray(found.resources) &&
  typeof found.settings === 'string' &&
  found.resources.every(isResource);

function isResource(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  const { path, hash, bytes, records, lastChange } = found as { readonly [K in keyof Resource]?: unknown };
  const isDate = lastChange === null || typeof lastChange === 'string';
  return [path, hash].every((text) => typeof text === 'string') && [bytes, records].every(Number.isFinite) && isDate;
}

/** One file that has been written. */
export function resourceOf(
  {
    path,
    mediaType,
    records,
    lastChange,
    table,
  }: Pick<Resource, 'path' | 'records' | 'lastChange'> & {
    readonly mediaType: string;
    readonly table?: Table | undefined;
  },
  { bytes, sha256 }: Digest,
  { licence, platform }: { readonly licence: Licence; readonly platform: string },
): Resource {
  return {
    name: nameOf(path),
    path,
    ...table,
    format: path.slice(path.lastIndexOf('.') + 1),
    mediatype: mediaType,
    encoding: 'utf-8',
    bytes,
    hash: `sha256:${sha256}`,
    records,
    lastChange,
    licenses: [listed(licence)],
    sources: [{ title: new URL(platform).host, path: platform }],
  };
}

/** A name of the kind that the format allows. */
const nameOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9_]+/g, '-');

/** The format asks for a name where there is no address. */
const listed = (licence: Licence): Licence & { readonly name?: string } =>
  licence.path ? licence : { name: nameOf(licence.title.normalize('NFD').replace(/\p{M}/gu, '')), ...licence };

/** Who has written a list: this program, so that the files in it are its own. */
const GENERATOR = 'cap-widgets';

/** The list of all files, as a Frictionless Data Package. It says nothing of the run: the same data gives the same list. */
export const dataPackage = (
  { platform, licence, settings }: { readonly platform: string; readonly licence: Licence; readonly settings: string },
  resources: readonly Resource[],
): string =>
  `${JSON.stringify(
    {
      profile: 'data-package',
      name: new URL(platform).host.replace(/[^a-z0-9.-]/g, '-'),
      homepage: platform,
      licenses: [listed(licence)],
      sources: [{ title: new URL(platform).host, path: platform }],
      generator: { name: GENERATOR, settings },
      resources,
    },
    null,
    2,
  )}\n`;

/** What a list of files says to the run after it; null where it is none of ours. */
export function stateIn(list: string): State | null {
  let found: unknown;
  try {
    found = JSON.parse(list);
  } catch {
    return null;
  }
  if (typeof found !== 'object' || found === null || !('generator' in found) || !('resources' in found)) return null;
  const { generator, resources } = found;
  if (typeof generator !== 'object' || generator === null || !('name' in generator) || !('settings' in generator))
    return null;
  const state: unknown = { settings: generator.settings, resources };
  return generator.name === GENERATOR && isState(state) ? state : null;
}
