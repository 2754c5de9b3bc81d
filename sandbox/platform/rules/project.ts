import type { StepRow } from '../rows.js';
import { stateOf, type State } from './time.js';

export type ProjectStatus =
  | 'FUTURE_WITHOUT_FINISHED_STEPS'
  | 'FUTURE_WITH_FINISHED_STEPS'
  | 'OPENED'
  | 'OPENED_PARTICIPATION'
  | 'CLOSED'
  | 'UNKNOWN';

export function isVotable(step: StepRow): boolean {
  return (step.type === 'CollectStep' || step.type === 'SelectionStep') && step.vote_type !== 'DISABLED';
}

/** Whether people can do something in this kind of step. */
export function isParticipative(step: StepRow): boolean {
  switch (step.type) {
    case 'CollectStep':
    case 'ConsultationStep':
    case 'QuestionnaireStep':
    case 'DebateStep':
      return true;
    case 'SelectionStep':
      return isVotable(step);
    default:
      return false;
  }
}

/** The steps that count for what a project is at: enabled, with a place in time, and more than a presentation. */
function placed(steps: readonly StepRow[]): StepRow[] {
  return steps.filter(
    (step) =>
      step.enabled &&
      step.type !== 'PresentationStep' &&
      (step.timeless || step.start_at !== null || step.end_at !== null),
  );
}

/** The step a project is at. Steps come in their order. */
export function currentStep(steps: readonly StepRow[], now: number): StepRow | undefined {
  const candidates = placed(steps);
  const first = (state: State, participative?: boolean): StepRow | undefined =>
    candidates.find((step) => stateOf(step, now) === state && (!participative || isParticipative(step)));
  return (
    first('OPENED', true) ??
    first('FUTURE', true) ??
    first('OPENED') ??
    first('FUTURE') ??
    candidates.findLast((step) => stateOf(step, now) === 'CLOSED')
  );
}

export function projectStatus(steps: readonly StepRow[], now: number): ProjectStatus {
  const step = currentStep(steps, now);
  if (!step) return 'UNKNOWN';
  switch (stateOf(step, now)) {
    case 'CLOSED':
      return 'CLOSED';
    case 'FUTURE':
      return placed(steps).some((other) => stateOf(other, now) === 'CLOSED')
        ? 'FUTURE_WITH_FINISHED_STEPS'
        : 'FUTURE_WITHOUT_FINISHED_STEPS';
    case 'OPENED':
      if (isParticipative(step)) return 'OPENED_PARTICIPATION';
      if (step.type === 'OtherStep' && step.timeless) return 'CLOSED';
      if (step.type === 'SelectionStep' && step.start_at !== null && step.end_at === null) return 'CLOSED';
      return 'OPENED';
  }
}

/** What the API says: two statuses share one value inside the platform, and the later name wins. */
export function publishedStatus(steps: readonly StepRow[], now: number): ProjectStatus {
  const status = projectStatus(steps, now);
  return status === 'FUTURE_WITH_FINISHED_STEPS' ? 'OPENED' : status;
}

/** The platform's list asks for a status by number: future, open in any way, open to participation, closed. */
export function matchesStatus(steps: readonly StepRow[], now: number, wanted: string): boolean {
  const status = projectStatus(steps, now);
  switch (wanted) {
    case '0':
      return status === 'FUTURE_WITHOUT_FINISHED_STEPS';
    case '1':
      return status === 'OPENED' || status === 'OPENED_PARTICIPATION' || status === 'FUTURE_WITH_FINISHED_STEPS';
    case '2':
      return status === 'OPENED_PARTICIPATION';
    case '3':
      return status === 'CLOSED';
    default:
      return false;
  }
}

export function displayableCounters(steps: readonly StepRow[]) {
  const some = (...types: readonly string[]): boolean => steps.some((step) => types.includes(step.type));
  const contributions = some('ConsultationStep', 'QuestionnaireStep', 'CollectStep', 'DebateStep');
  const votable = steps.some(isVotable);
  return {
    votes: votable || some('ConsultationStep', 'DebateStep'),
    contributions,
    participants: contributions || votable,
  };
}
