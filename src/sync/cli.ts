import { Command, CommanderError } from 'commander';

import type { CommandContext } from './context.js';
import { eventsCommand } from './events-push.js';
import { VERSION } from './plan.js';
import { consoleReporter, EXIT, EXIT_HELP, failureOf, type ExitCode, type Reporter } from './report.js';
import { syncCommand } from './sync-command.js';

/** The whole command line. */
const programOf = (context: CommandContext): Command =>
  new Command('cap-widgets')
    .description('What partner sites need of a participation platform, on the command line.')
    .version(VERSION)
    .addHelpText('after', `\n${EXIT_HELP}`)
    .addCommand(syncCommand(context))
    .addCommand(eventsCommand(context));

/** Commands that are added do not take over how their program ends and speaks. */
function setUp(command: Command, reporter: Reporter): Command {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => reporter.say(text, false),
    writeErr: (text) => reporter.say(text, true),
  });
  for (const inner of command.commands) setUp(inner, reporter);
  return command;
}

/**
 * Runs a command.
 *
 * @param args - Without the names of node and of the program.
 * @returns How it ended.
 */
export async function main(args: readonly string[], signal: AbortSignal): Promise<ExitCode> {
  const secrets: RegExp[] = [];
  const reporter = consoleReporter(secrets);
  try {
    const program = programOf({ reporter, signal, secrets, env: process.env });
    await setUp(program, reporter).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (reason) {
    // It has said what was wrong by itself; help and the version are no failures.
    if (reason instanceof CommanderError) return reason.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const failure = failureOf(reason);
    reporter.fail(failure);
    return failure.exitCode;
  }
}
