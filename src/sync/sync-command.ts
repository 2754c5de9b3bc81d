import { Command, InvalidArgumentError, Option } from 'commander';

import { tokenOf, type CommandContext } from './context.js';
import { DEFAULT_LICENCE } from './data-package.js';
import { CSV_STYLES, type CsvStyle } from './formats/csv.js';
import { FORMATS, type FormatName } from './formats/formats.js';
import { CommandError, EXIT, EXIT_HELP } from './report.js';
import type { SyncOptions, SyncReport } from './sync-options.js';
import { sync } from './sync.js';
import { SHORTEST_WATCH, watch } from './watch.js';

interface Flags {
  readonly platform: string;
  readonly out: string;
  readonly format: readonly FormatName[];
  readonly csv: CsvStyle;
  readonly copy?: true;
  readonly state?: string;
  readonly proposals?: readonly string[];
  readonly contributions?: readonly string[];
  readonly watch?: number;
  readonly tokenEnv?: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly api?: string;
  readonly licence: string;
  readonly licenceUrl?: string;
}

const HELP = `
Files in DIR, of each of projects, steps, events, proposals-STEP, contributions-CONSULTATION (an ID without its “=”):
  ndjson    NAME.ndjson     one JSON object a line; what is gone stays as a line with its id, deleted, deletedAt
  csv       NAME.csv        the same as a table; cells that could be formulas begin with an apostrophe
  jsonfeed  NAME.feed.json  JSON Feed 1.1
  rss       NAME.rss        RSS 2.0
  ical      NAME.ics        iCalendar, of events and of steps; what is gone has STATUS:CANCELLED
  jsonld    NAME.jsonld     schema.org
and
  datapackage.json          all files with licence, source, digest, date of the last change, and what each column of a
                            CSV is (Frictionless Data Package, Table Schema)
  changes.json              the IDs that the last run with changes has added, changed and removed

--proposals ID=vote-2026 calls the files vote-2026.csv and so on; --contributions likewise. Under a new name they begin anew.

--csv excel writes what a French Excel opens: a byte order mark, semicolons, decimal commas, the platform’s local time, VRAI
and FAUX. Cells that it would take for a number or a date begin with an apostrophe, too; they end where Excel’s cells do, at
32 767 characters.

The files are links into DIR/.cap-widgets, which are all turned at once: no reader finds files of two runs, and a run that
is killed leaves the last good ones. Nothing is written while the platform stays the same. HTML in them is safe to show.

--copy is for hosts without links or hidden folders (FTP, Windows, git): files change one after the other, each at once, and
datapackage.json last. Files whose digests are those that it names are of one run. What a killed run leaves half done the
next one brings to an end. What is remembered is in DIR.cap-widgets, or where --state says; without it, a run begins with
the files that datapackage.json names, and with NDJSON among them it knows what was there.

On a terminal you see how far it is. Elsewhere the standard output has one JSON object a line: {"event":"read"…},
{"event":"change","change":"added"…}, {"event":"done"…} or {"event":"failed"…}. With SOURCE_DATE_EPOCH set, that is the
date on which things are noted as gone.

${EXIT_HELP}`;

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

function seconds(value: string): number {
  const number = Number(value);
  if (!(number >= SHORTEST_WATCH)) throw new InvalidArgumentError(`It takes at least ${SHORTEST_WATCH} seconds.`);
  return number;
}

/** `cap-widgets sync`. */
export const syncCommand = (context: CommandContext): Command =>
  new Command('sync')
    .description('Keep files with the projects, steps and events of a platform in step with it.')
    .requiredOption('--platform <url>', 'address of the participation platform')
    .requiredOption('--out <dir>', 'folder of the files')
    .addOption(
      new Option('--format <list>', `which files, separated by commas: ${FORMATS.join(',')}`)
        .argParser(words)
        .default([...FORMATS], 'all'),
    )
    .addOption(
      new Option('--csv <style>', 'how CSV is written: as RFC 4180 has it, or as a French Excel opens it')
        .choices(CSV_STYLES)
        .default('standard'),
    )
    .option('--copy', 'files instead of links, for hosts without links or hidden folders')
    .option('--state <dir>', 'with --copy: folder of what is remembered (default: DIR.cap-widgets)')
    .option('--proposals <step>', 'also the proposals of this step; ID=NAME names the files (again for more)', collect)
    .option(
      '--contributions <consultation>',
      'also its contributions, with what was moderated and why; ID=NAME names the files (again for more)',
      collect,
    )
    .option(
      '--watch <seconds>',
      `again and again, at least ${SHORTEST_WATCH} seconds apart, until it is stopped`,
      seconds,
    )
    .option(
      '--token-env <name>',
      'name of the environment variable that holds the key of an account, for a private platform',
    )
    .option('--lang <code>', 'language asked of the platform', 'fr')
    .option('--time-zone <name>', 'zone of the platform’s dates', 'Europe/Paris')
    .option('--api <url>', 'base address of its API, if it is another')
    .option('--licence <text>', 'licence of the data', DEFAULT_LICENCE.title)
    .option('--licence-url <url>', 'where that licence can be read (known for the default one)')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(flags, context));

const words = (value: string): FormatName[] =>
  // Whether there are such formats is checked where the public function checks it.
  value.split(',').map((word) => word.trim() as FormatName);

async function run(flags: Flags, context: CommandContext): Promise<void> {
  const { reporter, signal, env } = context;
  const { format, tokenEnv, licence, licenceUrl, watch: pause, ...same } = flags;
  const epoch = env['SOURCE_DATE_EPOCH'];
  if (epoch && !/^\d{1,12}$/.test(epoch))
    throw new CommandError(EXIT.usage, 'SOURCE_DATE_EPOCH is not a number of seconds. Set it to one, or unset it.');
  const options: SyncOptions = {
    ...same,
    signal,
    formats: format,
    token: tokenOf(tokenEnv, context),
    licence: licence === DEFAULT_LICENCE.title && !licenceUrl ? DEFAULT_LICENCE : { title: licence, path: licenceUrl },
    ...(epoch && { now: () => Number(epoch) * 1000 }),
    onEvent(event) {
      reporter.tell(event);
      if (event.event === 'read') reporter.progress(`${event.collection}: ${event.records}`);
      return reporter.drained();
    },
  };
  const done = (report: SyncReport): void => reporter.tell({ event: 'done', ...report }, ...summary(report));
  if (pause === undefined) done(await sync(options));
  else await watch({ ...options, seconds: pause, onReport: done, onFailure: (failure) => reporter.fail(failure) });
}

/** What people read when a run has ended well. */
function summary({ changed, collections, written, requests }: SyncReport): string[] {
  const lines = Object.entries(collections).map(
    ([name, { records, added, changed, removed }]) =>
      `${name}: ${records} (${added} added, ${changed} changed, ${removed} removed)`,
  );
  const last = changed ? `${written.length} files written` : 'Nothing has changed';
  return [...lines, `${last}, ${requests} requests.`];
}
