import { isParticipative, stepState, type Step } from './step.js';

/** Number of votes: those cast online, and those that staff counted on paper (null where the platform does not say). */
export interface VoteCount {
  readonly online: number;
  readonly paper: number | null;
}

/** A project as a card shows it. */
export interface Project {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly cover: string | null;
  readonly type: string | null;
  readonly themes: readonly string[];
  readonly archived: boolean;
  /** Only some people may see it. */
  readonly restricted: boolean;
  /** Enabled steps in their order, without presentations. */
  readonly steps: readonly Step[];
  /** Null: not to be shown for this project. */
  readonly counts: {
    readonly votes: VoteCount | null;
    readonly contributions: number | null;
    readonly contributors: number | null;
  };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The tag on a project's card. */
export interface ProjectStatus {
  readonly kind: 'archived' | 'none' | 'upcoming' | 'ended' | 'hours' | 'days' | 'last-hour' | 'open' | 'participation';
  /** Whole days or hours that are left, for the kinds named after them. */
  readonly left?: number;
}

export interface ProjectSituation {
  readonly status: ProjectStatus;
  readonly step: Step | null;
  /** When this answer stops being right, in milliseconds since the epoch; null: never. */
  readonly until: number | null;
}

/** The step that a project is at: what people can do now, else what they can do next, else what goes on, comes, or came last. */
export function currentStep(steps: readonly Step[], now: number): Step | null {
  const dated = steps.filter(
    (step) => step.kind !== 'presentation' && (step.timeless || step.startAt !== null || step.endAt !== null),
  );
  const first = (state: string, participative: boolean): Step | undefined =>
    dated.find((step) => stepState(step, now) === state && (!participative || isParticipative(step) !== false));
  return (
    first('open', true) ??
    first('future', true) ??
    first('open', false) ??
    first('future', false) ??
    dated.at(-1) ??
    null
  );
}

/** Where a project stands at an instant, and until when that holds. */
export function projectSituation(
  { archived, steps }: Pick<Project, 'archived' | 'steps'>,
  now: number,
): ProjectSituation {
  const step = currentStep(steps, now);
  // A clock that is wrong about one step counts no time to the end of another.
  const remaining =
    step && stepState(step, now) === 'open' && step.endAt !== null && !step.timeless && !steps.some(({ told }) => told)
      ? step.endAt - now
      : Infinity;
  const changes = steps
    .flatMap(({ startAt, endAt }) => [startAt, endAt])
    .filter((date) => date !== null && date > now) as number[];
  // A count changes when one more whole unit has passed, and the first one appears seven days before the end.
  if (remaining < 7 * DAY) changes.push(now + (remaining % (remaining < 2 * DAY ? HOUR : DAY)) + 1);
  else if (remaining < Infinity) changes.push(now + remaining - 7 * DAY + 1);
  return {
    status: archived ? { kind: 'archived' } : step ? statusAt(step, steps, now, remaining) : { kind: 'none' },
    step,
    until: changes.length ? Math.min(...changes) : null,
  };
}

function statusAt(step: Step, steps: readonly Step[], now: number, remaining: number): ProjectStatus {
  const participative = isParticipative(step);
  const state = stepState(step, now);
  if (state === 'closed') return { kind: 'ended' };
  if (state === 'future')
    return { kind: steps.some((other) => stepState(other, now) === 'closed') ? 'none' : 'upcoming' };
  // The platform calls a project over when all that is left is a page without a date, or a list of laureates without an end.
  if (
    participative === false &&
    (step.timeless ? step.kind === 'other' : step.endAt === null && step.kind === 'selection')
  )
    return { kind: 'ended' };
  if (remaining < HOUR) return { kind: 'last-hour' };
  if (remaining < 2 * DAY) return { kind: 'hours', left: Math.floor(remaining / HOUR) };
  if (remaining < 7 * DAY) return { kind: 'days', left: Math.floor(remaining / DAY) };
  return { kind: participative ? 'participation' : 'open' };
}
