import { ApiError, isRetryable, type ErrorCode } from '../core/errors.js';
import {
  MESSAGE_SOURCE,
  windowName,
  type HandoffRequest,
  type HandoffResult,
  type HandoffVote,
} from '../domain/handoff.js';
import { vote } from './voting.js';
import type { Runtime } from './runtime.js';

export { arrange } from './voting.js';

/** One vote to cast or to take back. */
export interface Task {
  readonly proposalId: string;
  readonly voted: boolean;
}

/** Whoever is told how tasks get on. */
export interface Follower {
  /** A task is at its end. */
  readonly settled: (outcome: HandoffVote) => void;
  /** Nobody knows for now whether a task was recorded. */
  readonly unsure: () => void;
}

/** Whether what went wrong concerns the way to the platform, or the session, and no single vote. */
const interrupts = (code: ErrorCode): boolean => isRetryable(code) || code === 'unauthorized';

/**
 * Carries out tasks one after another, each once. A refusal concerns its own task; what stops one task for another
 * reason stops them all, as nobody knows what the next would meet.
 *
 * @returns What has interrupted it; null when all tasks are settled.
 */
export async function carryOut(
  runtime: Runtime,
  stepId: string,
  tasks: readonly Task[],
  lang: string,
  { settled, unsure }: Follower,
): Promise<ApiError | null> {
  for (const { proposalId, voted } of tasks) {
    try {
      const change = await vote(runtime, { proposalId, stepId, voted, anonymously: true }, lang, unsure);
      settled({ proposalId, voted, count: change.count, accounted: change.accounted, code: null });
    } catch (reason) {
      if (!(reason instanceof ApiError)) return new ApiError('bad-response', String(reason), { cause: reason });
      if (interrupts(reason.code)) return reason;
      settled({ proposalId, voted: !voted, count: null, accounted: false, code: reason.code });
    }
  }
  return null;
}

/** How far a request has got. */
export interface Progress {
  readonly state: string;
  /** What is settled so far. */
  readonly votes: readonly HandoffVote[];
  /** Set once the request is at its end: it is not carried out again. */
  readonly status: HandoffResult['status'] | null;
}

const KEY = 'cap-widgets:handoff';

/** Keeps how far a request has got, in this tab: signing in leaves the page, and a page can be loaded again. */
export function keepProgress(progress: Progress): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(progress));
  } catch (reason) {
    // Without storage the platform itself still knows what is recorded, and it is asked before anything is sent.
    console.warn('[cap-widgets] The progress of a hand-over cannot be kept.', reason);
  }
}

/** How far this request has got before, if it has been begun in this tab. */
export function progressOf({ state }: HandoffRequest): Progress {
  const nothing: Progress = { state, votes: [], status: null };
  try {
    // Written above, by a page of this same origin.
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Progress | null;
    return kept?.state === state ? kept : nothing;
  } catch {
    // What cannot be read was not kept, or by nobody that we know.
    return nothing;
  }
}

/** Tells the page that has asked, wherever it is: nobody else, even if its window shows another site by now. */
export function answer({ state, origin }: HandoffRequest, result: HandoffResult): void {
  (window.opener as Window | null)?.postMessage({ source: MESSAGE_SOURCE, state, ...result }, origin);
}

/** Closes this window if it was opened for the request. Returns whether it is closing. */
export function leave({ state }: HandoffRequest): boolean {
  if (window.name === windowName(state)) window.close();
  return window.closed;
}
