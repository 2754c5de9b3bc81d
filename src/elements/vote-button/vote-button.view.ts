import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import {
  missingVotes,
  obstacleTo,
  withDraft,
  type Ballot,
  type Obstacle,
  type VotableProposal,
} from '../../domain/ballot.js';
import type { ActStatus, Question } from '../../state/act.js';
import type { Draft, DraftChoice, VoteChange } from '../../state/ballot.js';
import type { Viewer } from '../../state/viewer.js';

/**
 * What pressing the control does. A link is none of a button's: it leads to the platform's own page. `choose` puts the
 * proposal into the visitor's draft, or takes it out.
 */
export type VoteAct = 'vote' | 'withdraw' | 'sign-in' | 'hand-over' | 'choose' | 'link';

/** What the visitor's vote waits for before it counts. */
export type WaitsFor = 'requirements' | 'email' | 'minimum';

/** The one state that the button is in. */
export type VoteButtonView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  | { readonly kind: 'empty'; readonly code: 'not-found' }
  /** Without a code nothing was tried: the page names no platform or no proposal. */
  | { readonly kind: 'error'; readonly code?: ErrorCode; readonly retryable: boolean; readonly retrying: boolean }
  | {
      readonly kind: 'ready';
      readonly proposal: VotableProposal;
      /** Null where the platform does not tell this page its rules. */
      readonly ballot: Ballot | null;
      readonly act: VoteAct;
      /** Recorded, or chosen where the act is to choose. */
      readonly voted: boolean;
      /** The draft is recorded as it is. */
      readonly settled: boolean;
      /** Why pressing does nothing now. */
      readonly blocked: Obstacle | 'saving' | 'handing' | 'unsure' | 'found' | null;
      /** What the visitor is asked before anything is done. */
      readonly question: Question | null;
      /** He wants to have voted, or to take the vote back: what is asked, or under way, or has just been done. */
      readonly wish: boolean | null;
      /** What has become of the latest act. */
      readonly outcome: 'recorded' | 'withdrawn' | 'unknown' | 'another' | null;
      /** Name of the account that would vote; null where nobody is signed in, as far as this page knows. */
      readonly account: string | null;
      readonly waitsFor: WaitsFor | null;
      /** Votes still missing for the minimum. */
      readonly missing: number;
      /** Why the latest act was refused. */
      readonly refused: ErrorCode | null;
      /** Why the latest act, or the latest reading, failed. */
      readonly code?: ErrorCode | undefined;
    };

/** How this page may act: in the visitor's session, by the hand-over page, or not at all. */
export type VoteMode = 'session' | 'hand-over' | 'link';

export interface VoteSources {
  readonly mode: VoteMode;
  readonly viewer: Remote<Viewer>;
  /** The step to vote in; null where there is none, or the platform does not say. */
  readonly step: Remote<string | null>;
  readonly ballot: Remote<Ballot | null>;
  readonly proposal: Remote<VotableProposal | null>;
  /** What the visitor has chosen on this page, where a basket keeps that. */
  readonly draft: Draft | null;
  readonly act: ActStatus<boolean, VoteChange>;
  /** Whether the page names a platform and a proposal. */
  readonly askable: boolean;
}

/** First match wins. What was read stays when a later reading fails. */
export function voteButtonView(
  { mode: means, viewer, step, ballot, proposal, draft, act, askable }: VoteSources,
  now: number,
): VoteButtonView {
  // Without a step there is nothing to vote in: all that a page can do is to lead to the proposal.
  const mode = step.data === null ? 'link' : means;
  // Only to the visitor's session the platform tells the rules of every step that there is.
  if (proposal.data === null || (mode === 'session' && ballot.data === null))
    return { kind: 'empty', code: 'not-found' };
  const error = proposal.error ?? ballot.error ?? step.error ?? viewer.error;
  // Without the rules nobody knows whether a vote would be accepted, nor whether the count is secret.
  const ready =
    proposal.data && (ballot.data !== undefined || step.data === null) && (mode !== 'session' || viewer.data);
  if (!ready) {
    if (error) {
      const retrying = [proposal, ballot, step, viewer].some(({ loading }) => loading);
      return { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying };
    }
    return askable ? { kind: 'loading' } : { kind: 'error', retryable: false, retrying: false };
  }
  const rules = ballot.data && draft ? withDraft(ballot.data, draft.chosen) : (ballot.data ?? null);
  const { own, id } = proposal.data;
  const voted = draft ? draft.chosen.some(({ proposalId }) => proposalId === id) : own !== null;
  const obstacle = rules ? obstacleTo(proposal.data, rules, now) : proposal.data.inStep ? null : 'not-votable';
  const { signedIn = false, displayName = null } = viewer.data ?? {};
  const failure = 'error' in act ? act.error : undefined;
  return {
    kind: 'ready',
    proposal: proposal.data,
    ballot: rules,
    act: draft && mode === 'hand-over' ? 'choose' : actOf(mode, signedIn, voted),
    voted,
    settled: draft?.recorded ?? false,
    blocked: underWay(act) ?? (draft?.found ? 'found' : obstacle),
    question: act.at === 'asking' ? act.why : null,
    wish: 'wish' in act ? act.wish.value : null,
    outcome: outcomeOf(act),
    account: signedIn ? displayName : null,
    waitsFor: own && (own.waitsFor ?? (!own.accounted && rules && missingVotes(rules) ? 'minimum' : null)),
    missing: rules ? missingVotes(rules) : 0,
    refused: failure?.code ?? null,
    code: failure?.code ?? error?.code,
  };
}

function underWay(act: ActStatus): 'saving' | 'handing' | 'unsure' | null {
  if (act.at === 'handed-over') return 'handing';
  return act.at !== 'sending' ? null : act.unsure ? 'unsure' : 'saving';
}

function outcomeOf(act: ActStatus<boolean, VoteChange>): 'recorded' | 'withdrawn' | 'unknown' | 'another' | null {
  switch (act.at) {
    case 'done':
      return act.result.voted ? 'recorded' : 'withdrawn';
    case 'failed':
      return act.another ? 'another' : null;
    case 'unknown':
      return 'unknown';
    default:
      return null;
  }
}

function actOf(mode: VoteMode, signedIn: boolean, voted: boolean): VoteAct {
  if (mode !== 'session') return mode;
  if (!signedIn) return 'sign-in';
  return voted ? 'withdraw' : 'vote';
}

/** A proposal as a hand-over has left it. */
export function asHanded(
  remote: Remote<VotableProposal | null>,
  handed: VoteChange | null,
): Remote<VotableProposal | null> {
  const { data } = remote;
  if (!data || !handed) return remote;
  const own = handed.voted ? { accounted: handed.accounted, waitsFor: null, finishUrl: null } : null;
  return { ...remote, data: { ...data, own } };
}

/** What a draft keeps of a proposal. */
export const choiceOf = ({ id: proposalId, title, url, cost }: VotableProposal): DraftChoice => ({
  proposalId,
  title,
  url,
  cost,
});
