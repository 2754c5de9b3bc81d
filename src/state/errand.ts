import { ApiError, isRetryable, type ErrorCode } from '../core/errors.js';
import { write } from '../core/json.js';
import {
  MESSAGE_SOURCE,
  windowName,
  type HandoffRequest,
  type HandoffResult,
  type HandoffVote,
} from '../domain/handoff.js';
import type { Resource } from './resource.js';
import { renew, type Viewer } from './viewer.js';
import { vote } from './ballot.js';
import type { Runtime } from './runtime.js';

export { signOut } from './sign-in.js';
export { arrange } from './ballot.js';

/** One vote to cast or to take back. */
export interface Task {
  readonly proposalId: string;
  readonly voted: boolean;
}

/** Whoever is told how tasks get on. */
export interface Follower {
  /** Called before each task: what it throws stops them all. */
  readonly before: () => Promise<void>;
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
 * @throws {ApiError} What has interrupted it.
 */
export async function carryOut(
  runtime: Runtime,
  stepId: string,
  tasks: readonly Task[],
  lang: string,
  { before, settled, unsure }: Follower,
): Promise<void> {
  for (const { proposalId, voted } of tasks) {
    await before();
    try {
      const change = await vote(runtime, { proposalId, stepId, voted, anonymously: true }, lang, unsure);
      settled({ proposalId, voted, count: change.count, accounted: change.accounted, code: null });
    } catch (reason) {
      if (!(reason instanceof ApiError) || interrupts(reason.code)) throw reason;
      settled({ proposalId, voted: !voted, count: null, accounted: false, code: reason.code });
    }
  }
}

/** Somebody else is signed in than the one whose name was on screen. Nothing was sent. */
export class OtherAccount extends Error {}

/**
 * Asks the platform who is signed in now.
 *
 * @param shown - Whose name the visitor has seen when he confirmed; null for nobody's.
 * @throws {ApiError} `unauthorized`: nobody is signed in any more. Or why the platform does not say.
 * @throws {OtherAccount} Somebody else is.
 */
export async function expectAccount(viewer: Resource<Viewer>, shown: string | null): Promise<void> {
  await renew(viewer);
  const { data, error } = viewer.state;
  if (error) throw error;
  if ((data?.id ?? null) === shown) return;
  if (!data?.signedIn) throw new ApiError('unauthorized', 'the session has ended');
  throw new OtherAccount();
}

/** How far a request has got. */
export interface Progress {
  /** The whole request: another one with the same secret is another one. */
  readonly request: string;
  /** Global ID of the account that it was carried out with; null before. */
  readonly account: string | null;
  /** What this page has settled so far. */
  readonly votes: readonly HandoffVote[];
  /** Set once the request is at its end: it is not carried out again. */
  readonly status: HandoffResult['status'] | null;
  /** The visitor has signed out here. */
  readonly left: boolean;
}

export const NO_PROGRESS: Progress = { request: '', account: null, votes: [], status: null, left: false };

const KEY = 'cap-widgets:handoff';

/** Keeps how far a request has got, in this tab: signing in leaves the page, and a page can be loaded again. */
export function keepProgress(progress: Progress): void {
  try {
    sessionStorage.setItem(KEY, write(progress));
  } catch (reason) {
    // Without storage the platform itself still knows what is recorded, and it is asked before anything is sent.
    console.warn('[cap-widgets] The progress of a hand-over cannot be kept.', reason);
  }
}

/**
 * How far a request has got before, if just this one has been begun in this tab.
 *
 * @param request - The whole request, as the address has it.
 */
export function progressOf(request: string): Progress {
  try {
    // Written above, by a page of this same origin.
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Progress | null;
    if (kept?.request === request) return kept;
  } catch {
    // What cannot be read was not kept, or by nobody that we know.
  }
  return { ...NO_PROGRESS, request };
}

/** Tells the page that has asked, wherever it is: nobody else, even if its window shows another site by now. */
export function answer(opener: Window, { state, origin }: HandoffRequest, result: HandoffResult): void {
  opener.postMessage({ source: MESSAGE_SOURCE, state, ...result }, origin);
}

/** Closes this window if it was opened for the request. Returns whether it is closing. */
export function leave({ state }: HandoffRequest): boolean {
  if (window.name === windowName(state)) window.close();
  return window.closed;
}
