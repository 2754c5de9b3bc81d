import type { PushAct } from './events-push-plan.js';
import type { Failure } from './report.js';

/** An act, and what became of it. */
export interface ActTold {
  readonly act: PushAct['act'];
  readonly key: string;
  readonly title: string;
  readonly startAt: string;
  readonly outcome: 'planned' | 'done' | 'failed';
  readonly id?: string;
  readonly failure?: Failure;
}

export interface PushReport {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly unchanged: number;
  /** Keys of what the agenda no longer has and the platform keeps: it was found there, and may be somebody else's. */
  readonly left: readonly string[];
  /** What will be tried again next time. */
  readonly failed: readonly { readonly key: string; readonly failure: Failure }[];
}
