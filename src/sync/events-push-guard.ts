import type { Agenda } from './events-push-event.js';
import type { PushPlan } from './events-push-plan.js';
import { CommandError, EXIT } from './report.js';

/** What whoever starts a run has said yes to. */
export interface Allowed {
  /** The agenda may have no event at all. */
  readonly allowEmpty?: boolean | undefined;
  /** More than half of what is there may be deleted. */
  readonly allowShrink?: boolean | undefined;
}

/**
 * Asks before a run takes away what nobody may have meant to: an agenda without events, or with far fewer than before, is
 * often one whose download or export has gone wrong.
 *
 * @param plan - What there is to do.
 * @returns What to say instead of doing it; null when it may be done.
 */
export function objectionTo(
  { isEmpty }: Pick<Agenda, 'isEmpty'>,
  { acts, current }: Pick<PushPlan, 'acts' | 'current'>,
  { allowEmpty, allowShrink }: Allowed,
): CommandError | null {
  const deleted = acts.filter(({ act }) => act === 'delete').length;
  const say = (message: string): CommandError =>
    new CommandError(EXIT.usage, `${message} Nothing was changed on the platform.`);
  if (isEmpty)
    return allowEmpty
      ? null
      : say(
          `There is no event in the agenda${deleted ? `, and all ${deleted} that were pushed would be deleted` : ''}. If that is right, say --allow-empty; if not, get the agenda anew.`,
        );
  if (2 * deleted <= current || allowShrink) return null;
  return say(
    `This would delete ${deleted} of the ${current} events that are there, more than half. If that is right, say --allow-shrink; if not, look at the agenda, or get it anew.`,
  );
}
