import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { webAddress } from '../platform/web-address.js';
import { collectionsOf, type Collection } from './collections.js';
import { DEFAULT_LICENCE, type Licence } from './data-package.js';
import { CSV_STYLES } from './formats/csv.js';
import { derivedFormats, FORMATS, type FormatName } from './formats/formats.js';
import type { Format } from './formats/format.js';
import { HOME } from './display.js';
import { CommandError, EXIT } from './report.js';
import type { SyncOptions } from './sync-options.js';

/** What is to be done, with all that was left out filled in. */
export interface Plan {
  readonly platform: string;
  readonly out: string;
  /** Whether readers find files instead of links. */
  readonly copies: boolean;
  /** Where that which is not for readers is kept. */
  readonly home: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly licence: Licence;
  readonly collections: readonly Collection[];
  /** Formats made from NDJSON. */
  readonly derived: readonly Format[];
  /** Whether readers are shown the NDJSON, which is written in any case. */
  readonly showsNdjson: boolean;
  /** A digest of what the files depend on beside the data. */
  readonly settings: string;
}

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

/** The version of this package, wherever it is built to. */
export const { version: VERSION } = createRequire(import.meta.url)('cap-widgets/package.json') as { version: string };

/** @throws {CommandError} When something of it makes no sense. */
export function planOf(options: SyncOptions): Plan {
  const { out, proposals = [], contributions = [], lang = 'fr', timeZone = 'Europe/Paris' } = options;
  const { licence = DEFAULT_LICENCE, formats = FORMATS, csv = 'standard', copy = false } = options;
  const platform = webAddress(options.platform)?.replace(/\/+$/, '');
  if (!platform) throw usage(`“${options.platform}” is no address of a platform: it has to begin with https://.`);
  if (!out) throw usage('Say where the files go: --out DIR.');
  for (const path of [out, options.state ?? ''])
    if (path.includes('\0')) throw usage('The name of a folder has a sign in it that no name can have.');
  for (const format of formats)
    if (!FORMATS.includes(format)) throw usage(`There is no format “${format}”. Choose from: ${FORMATS.join(', ')}.`);
  if (formats.length === 0) throw usage(`Choose at least one format: ${FORMATS.join(', ')}.`);
  if (!CSV_STYLES.includes(csv))
    throw usage(`There is no CSV of style “${csv}”. Choose from: ${CSV_STYLES.join(', ')}.`);
  if (csv !== 'standard' && !formats.includes('csv'))
    throw usage(`--csv ${csv} takes a format that has it: --format csv.`);
  check(() => new Intl.DateTimeFormat('fr', { timeZone }), `“${timeZone}” is no time zone. An example: Europe/Paris.`);
  check(() => new Intl.DateTimeFormat(lang), `“${lang}” is no language. Examples: fr, en.`);
  return {
    platform,
    out: resolve(out),
    copies: copy,
    home: homeOf(resolve(out), copy, options.state),
    lang,
    timeZone,
    licence,
    collections: collectionsOf({ proposals, contributions }),
    derived: Object.entries(derivedFormats(csv)).flatMap(([name, format]) =>
      formats.includes(name as FormatName) ? format : [],
    ),
    showsNdjson: formats.includes('ndjson'),
    settings: digestOf({ version: VERSION, lang, timeZone, licence, csv, formats: [...formats].sort() }),
  };
}

const digestOf = (settings: object): string =>
  `sha256:${createHash('sha256').update(JSON.stringify(settings)).digest('hex')}`;

/** Beside the folder where nothing hidden is to be in it. */
function homeOf(out: string, copy: boolean, state: string | undefined): string {
  if (state !== undefined && !copy)
    throw usage('--state goes with --copy: without it, what is remembered is in the folder.');
  if (state === '') throw usage('Say where to remember what was done: --state DIR.');
  const home = copy ? resolve(state ?? `${out}.cap-widgets`) : join(out, HOME);
  if (home === out) throw usage('--state takes another folder than --out.');
  return home;
}

function check(attempt: () => unknown, message: string): void {
  try {
    attempt();
  } catch {
    throw usage(message);
  }
}
