/** The kinds of step that a project is made of. */
export type StepKind =
  'collect' | 'selection' | 'consultation' | 'questionnaire' | 'debate' | 'presentation' | 'ranking' | 'other';

/** One step of a project. Times are milliseconds since the epoch. */
export interface Step {
  readonly id: string;
  readonly kind: StepKind;
  readonly title: string;
  readonly startAt: number | null;
  readonly endAt: number | null;
  /** Open for ever, whatever its dates. */
  readonly timeless: boolean;
  /** Whether visitors can vote in a selection; null where the platform does not say. */
  readonly votable: boolean | null;
  /** What the platform calls it, where the clock of this device says otherwise: that clock is wrong, and tells nothing of the step. */
  readonly told?: StepState | undefined;
}

export type StepState = 'future' | 'open' | 'closed';

/**
 * Whether a step is open: as the platform has told, or else by its rules: a step without any date is closed, one with an end
 * alone is to come until then.
 */
export function stepState(
  { startAt, endAt, timeless, told }: Pick<Step, 'startAt' | 'endAt' | 'timeless' | 'told'>,
  now: number,
): StepState {
  if (told) return told;
  if (timeless) return 'open';
  if (endAt !== null && now >= endAt) return 'closed';
  if (startAt === null) return endAt === null ? 'closed' : 'future';
  return now < startAt ? 'future' : 'open';
}

/** Whether people take part in the step; null for a selection of which the platform does not say if it has a vote. */
export function isParticipative({ kind, votable }: Step): boolean | null {
  return kind === 'selection' ? votable : /^(col|con|q|d)/.test(kind);
}
