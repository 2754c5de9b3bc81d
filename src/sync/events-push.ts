import { Command, InvalidArgumentError, Option } from 'commander';

import { tokenOf, type CommandContext } from './context.js';
import { checkedEncoding } from './events-push-encoding.js';
import type { ActTold, PushReport } from './events-push-report.js';
import { pushEvents } from './events-push-run.js';
import { CommandError, EXIT, EXIT_HELP } from './report.js';

interface Flags {
  readonly platform: string;
  readonly tokenEnv: string;
  readonly dryRun?: true;
  readonly allowEmpty?: true;
  readonly allowShrink?: true;
  readonly encoding?: string;
  readonly state?: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly since?: number;
  readonly until?: number;
  readonly lag?: number;
  readonly api?: string;
}

const HELP = `
Each event of the agenda becomes one of the platform, each occurrence of a recurring one as well. They are recognized by
their UID (and RECURRENCE-ID): what is new is added, what differs is changed, what is gone or cancelled is deleted. What
is CLASS:PRIVATE or CONFIDENTIAL is not published. What cannot be read is told with its line and title; the rest goes on,
and nothing of it that was pushed before is deleted. Several events with one UID are told apart by their start.

A run asks first where the agenda has no event (--allow-empty), and where it would delete more than half of what is there
(--allow-shrink): it ends with 2, and nothing is changed. What is cut off, or no agenda, is refused.

FILE.cap-widgets.json remembers which event stands for which: keep it beside the agenda, or where --state says. It holds
no token. A run may be killed at any moment; the next one looks for what had been added by then. Without that file, the
account's own events of the same title and start are taken over, and not deleted later.

The account needs the right to add events. The platform's public API has no field for a place, so that it stands in the text.

On a terminal you see each act. Elsewhere the standard output has one JSON object a line: {"event":"act","act":"add"…},
{"event":"warning"…}, {"event":"done"…} or {"event":"failed"…}.

${EXIT_HELP}`;

const date = (text: string): number => {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant)) throw new InvalidArgumentError('It takes a date such as 2027-06-30.');
  return instant;
};

const seconds = (text: string): number => {
  const number = Number(text);
  if (!(number >= 0)) throw new InvalidArgumentError('It takes a number of seconds.');
  return number * 1000;
};

const locale = (text: string): string => {
  if (!/^[A-Z]{2}_[A-Z]{2}$/.test(text)) throw new InvalidArgumentError('It takes a language such as FR_FR.');
  return text;
};

const encoding = (text: string): string => {
  try {
    return checkedEncoding(text);
  } catch (reason) {
    throw new InvalidArgumentError((reason as Error).message);
  }
};

/** `cap-widgets events`. */
export const eventsCommand = (context: CommandContext): Command =>
  new Command('events').description('Bring an agenda to a platform.').addCommand(
    new Command('push')
      .description('Add, change and delete events until the platform has those of an agenda.')
      .argument('<file>', 'agenda in the iCalendar format (.ics)')
      .requiredOption('--platform <url>', 'address of the participation platform')
      .requiredOption('--token-env <name>', 'name of the environment variable that holds the key of an account')
      .option('--dry-run', 'only say what there is to do')
      .option('--allow-empty', 'go on also where the agenda has no event, and delete all that were pushed')
      .option('--allow-shrink', 'go on also where more than half of what is there would be deleted')
      .option('--encoding <name>', 'encoding of the agenda (default: found out)', encoding)
      .option('--state <file>', 'what is remembered (default: FILE.cap-widgets.json)')
      .option(
        '--time-zone <name>',
        'zone of the platform’s dates, and of those without one (also: X-WR-TIMEZONE)',
        'Europe/Paris',
      )
      .option('--locale <code>', 'language of the agenda', locale, 'FR_FR')
      .option('--since <date>', 'of recurring events, occurrences from this day on (default: a year ago)', date)
      .option('--until <date>', 'of recurring events, occurrences before this day (default: a year ahead)', date)
      .addOption(
        new Option('--lag <seconds>', 'how far the platform’s lists may be behind, after a run that was killed')
          .argParser(seconds)
          .default(15_000, '15'),
      )
      .option('--api <url>', 'base address of its API, if it is another')
      .addHelpText('after', HELP)
      .action((file: string, flags: Flags) => run(file, flags, context)),
  );

async function run(file: string, { tokenEnv, ...flags }: Flags, context: CommandContext): Promise<void> {
  const { reporter, signal } = context;
  const report = await pushEvents({
    ...flags,
    file,
    token: tokenOf(tokenEnv, context) ?? '',
    signal,
    onWarning: (message) => reporter.tell({ event: 'warning', message }, message),
    onAct: (told) => reporter.tell({ event: 'act', ...told }, sentenceOf(told)),
  });
  reporter.tell({ event: 'done', ...report }, summary(report, Boolean(flags.dryRun)));
  const [first] = report.failed;
  if (!first) return;
  for (const { key, failure } of report.failed)
    reporter.tell({ event: 'problem', key, ...failure }, `  ${key}: ${failure.message}`);
  // Where nothing has come about for one and the same reason, that is how it ends.
  const { added, changed, deleted, failed } = report;
  const alike =
    added + changed + deleted === 0 && failed.every(({ failure }) => failure.exitCode === first.failure.exitCode);
  throw new CommandError(
    alike ? first.failure.exitCode : EXIT.partial,
    `${failed.length} not done; the next run tries again. The first: ${first.failure.message}`,
  );
}

const VERBS = { add: ['Add', 'Added'], change: ['Change', 'Changed'], delete: ['Delete', 'Deleted'] } as const;

function sentenceOf({ act, title, startAt, outcome, failure }: ActTold): string {
  const [plan, past] = VERBS[act];
  const what = `${startAt.slice(0, 16)}  ${title}`;
  if (outcome === 'failed') return `Not ${past.toLowerCase()}  ${what}: ${failure?.message ?? ''}`;
  return `${outcome === 'planned' ? `${plan} ` : past}  ${what}`;
}

/** What people read at the end. */
function summary({ added, changed, deleted, unchanged, left, failed }: PushReport, dryRun: boolean): string {
  const kept = left.length ? ` ${left.length} gone from the agenda and kept, as they were found on the platform.` : '';
  const counts = `${added} added, ${changed} changed, ${deleted} deleted, ${unchanged} as they were, ${failed.length} failed.`;
  return `${dryRun ? 'Nothing was done. ' : ''}${counts}${kept}`;
}
