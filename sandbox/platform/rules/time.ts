import type { StepRow } from '../rows.js';

/** A span of time with an open end on either side. */
export interface Span {
  readonly start_at: number | null;
  readonly end_at: number | null;
  readonly timeless?: number;
}

export type State = 'FUTURE' | 'OPENED' | 'CLOSED';

/** A step without dates is closed unless it says that it has none on purpose. */
export function stateOf({ start_at: start, end_at: end, timeless }: Span, now: number): State {
  if (timeless) return 'OPENED';
  if (start === null && end === null) return 'CLOSED';
  if (end !== null && now >= end) return 'CLOSED';
  if (start === null || now < start) return 'FUTURE';
  return 'OPENED';
}

export function isOpen(span: Span, now: number): boolean {
  return stateOf(span, now) === 'OPENED';
}

const hour = 3_600_000;

export interface RemainingTime {
  readonly days: number;
  readonly hours: number;
}

/** Time left, in whole days and the hours beyond them. Without an end, the platform counts from the start instead. */
export function remainingTime(span: Span, now: number): RemainingTime | null {
  if (!isOpen(span, now)) return null;
  const { start_at: start, end_at: end } = span;
  const hours = Math.floor(Math.abs((end ?? start ?? now) - now) / hour);
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}

export function timeRange(span: Span, now: number) {
  const { start_at: start, end_at: end } = span;
  const state = stateOf(span, now);
  return {
    startAt: start,
    endAt: end,
    hasStarted: start !== null && now >= start,
    hasEnded: end !== null && now >= end,
    isFuture: state === 'FUTURE',
    isOpen: state === 'OPENED',
    isClosed: state === 'CLOSED',
    isTimeless: Boolean(span.timeless),
    lastOneDay: state === 'OPENED' && end !== null && end - now < 24 * hour,
    remainingTime: remainingTime(span, now),
  };
}

/** A project lasts from its first step's start to its last step's end. */
export function spanOf(steps: readonly StepRow[]): Span {
  const starts = steps.flatMap((step) => step.start_at ?? []);
  const ends = steps.flatMap((step) => step.end_at ?? []);
  return {
    start_at: starts.length > 0 ? Math.min(...starts) : null,
    end_at: ends.length > 0 ? Math.max(...ends) : null,
  };
}
