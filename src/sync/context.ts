import { tracesOf } from '../client/key.js';
import { CommandError, EXIT, type Reporter } from './report.js';

/** What a command gets from whoever runs it. */
export interface CommandContext {
  readonly reporter: Reporter;
  /** Aborted when the command is to end. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What finds that which is not to be printed; a command adds what it learns. */
  readonly secrets: RegExp[];
}

/**
 * The token in the variable that `--token-env` names. From here on the reporter keeps it to itself.
 *
 * @throws {CommandError} When there is no such variable.
 */
export function tokenOf(name: string | undefined, { env, secrets }: CommandContext): string | undefined {
  if (name === undefined) return undefined;
  const token = env[name]?.trim();
  if (!token)
    throw new CommandError(
      EXIT.usage,
      // Without what was given: where it is the token itself, this would print it.
      'The variable that --token-env names is not set, or empty. It takes the name of a variable that holds the token, not the token itself.',
    );
  secrets.push(tracesOf(token));
  return token;
}
