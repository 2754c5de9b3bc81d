import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { webAddress } from '../platform/web-address.js';
import { DEFAULT_LICENCE, type Licence } from './data-package.js';
import { DERIVED, FORMATS, type FormatName } from './formats/formats.js';
import type { Format } from './formats/format.js';
import type { Kind } from './records.js';
import type { SyncOptions } from './sync.js';
import { CommandError, EXIT } from './report.js';

/** One collection of objects, and the name of its files before the dot. */
export interface Collection {
  readonly kind: Kind;
  readonly name: string;
  /** The step of proposals, the consultation of contributions. */
  readonly id: string;
}

/** What is to be done, with all that was left out filled in. */
export interface Plan {
  readonly platform: string;
  readonly out: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly licence: Licence;
  readonly collections: readonly Collection[];
  /** Formats made from NDJSON. */
  readonly derived: readonly Format[];
  /** Whether readers are shown the NDJSON, which is written in any case. */
  readonly showsNdjson: boolean;
  /** What the files depend on beside the data. */
  readonly settings: string;
}

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

/** The version of this package, wherever it is built to. */
export const { version: VERSION } = createRequire(import.meta.url)('cap-widgets/package.json') as { version: string };

/** @throws {CommandError} When something of it makes no sense. */
export function planOf(options: SyncOptions): Plan {
  const { out, proposals = [], contributions = [], lang = 'fr', timeZone = 'Europe/Paris' } = options;
  const { licence = DEFAULT_LICENCE, formats = FORMATS } = options;
  const platform = webAddress(options.platform)?.replace(/\/+$/, '');
  if (!platform) throw usage(`“${options.platform}” is no address of a platform: it has to begin with https://.`);
  if (!out) throw usage('Say where the files go: --out DIR.');
  for (const format of formats)
    if (!FORMATS.includes(format)) throw usage(`There is no format “${format}”. Choose from: ${FORMATS.join(', ')}.`);
  if (formats.length === 0) throw usage(`Choose at least one format: ${FORMATS.join(', ')}.`);
  check(() => new Intl.DateTimeFormat('fr', { timeZone }), `“${timeZone}” is no time zone. An example: Europe/Paris.`);
  check(() => new Intl.DateTimeFormat(lang), `“${lang}” is no language. Examples: fr, en.`);
  return {
    platform,
    out: resolve(out),
    lang,
    timeZone,
    licence,
    collections: [
      ...(['projects', 'steps', 'events'] as const).map((kind) => ({ kind, name: kind, id: '' })),
      ...[...new Set(proposals)].map((id) => ({ kind: 'proposals' as const, name: `proposals-${nameOf(id)}`, id })),
      ...[...new Set(contributions)].map((id) => ({
        kind: 'contributions' as const,
        name: `contributions-${nameOf(id)}`,
        id,
      })),
    ],
    derived: Object.entries(DERIVED).flatMap(([name, format]) => (formats.includes(name as FormatName) ? format : [])),
    showsNdjson: formats.includes('ndjson'),
    settings: JSON.stringify({ version: VERSION, lang, timeZone, licence, formats: [...formats].sort() }),
  };
}

function check(attempt: () => unknown, message: string): void {
  try {
    attempt();
  } catch {
    throw usage(message);
  }
}

/** An ID as a part of a file's name. The `=` that IDs end with say nothing; any other sign that is no letter is told apart by a digest. */
function nameOf(id: string): string {
  if (!id)
    throw usage('An ID is empty: give --proposals the ID of a step, and --contributions that of a consultation.');
  const plain = id.replace(/=+$/, '');
  const name = plain.replace(/[^\w-]+/g, '_');
  return name === plain ? name : `${name}_${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
