import type { Action } from '../../core/action.js';
import { isRetryable, type ErrorCode } from '../../core/errors.js';
import type { Remote } from '../../core/remote.js';
import { doorOf, judge, type Ballot, type Choice, type Progress, type Verdict } from '../../domain/verdict.js';
import type { HandoffVote } from '../../domain/handoff.js';
import type { Terms } from '../../state/basket.js';
import type { Viewer } from '../../state/viewer.js';
import type { Draft } from '../../state/ballot.js';
import type { VotableProposal } from '../../domain/ballot.js';

/**
 * How choices become votes here: each at once in the visitor's session, for which he may have to sign in first; all together
 * by the hand-over page; or on the platform alone.
 */
export type BasketMode = 'session' | 'hand-over' | 'link';

/** One choice on screen. */
export interface Item extends Choice {
  readonly points: number | null;
  /** Euros that are missing for it. */
  readonly excess: number;
  /** What it cost when it was chosen, where that has changed. */
  readonly was: number | null;
  /** What has become of it when the ballot was last handed over. */
  readonly outcome: HandoffVote | null;
}

/** The one state that the basket is in. */
export type BasketView =
  | { readonly kind: 'loading'; readonly code?: undefined }
  | { readonly kind: 'empty'; readonly code: 'not-found' }
  /** Without a code nothing was tried: the page names no platform or no step. */
  | { readonly kind: 'error'; readonly code?: ErrorCode; readonly retryable: boolean; readonly retrying: boolean }
  | {
      readonly kind: 'ready';
      readonly mode: BasketMode;
      /** Null where the platform does not tell this page its rules. */
      readonly ballot: Ballot | null;
      /** Of what can be voted for; null without the rules. */
      readonly verdict: Verdict | null;
      /** Where the ballot stands, in a sentence. */
      readonly sentence: Verdict['sentence'] | null;
      readonly terms: Terms | null;
      readonly items: readonly Item[];
      readonly stage: Progress['stage'];
      /** Why nobody can vote now. */
      readonly door: ReturnType<typeof doorOf>;
      readonly signedIn: boolean;
      /** Name of the account that is signed in; null where there is none, as far as this page knows. */
      readonly account: string | null;
      /** The choices may be changed here. */
      readonly open: boolean;
      /** What can be handed over just as it is; null where that cannot be done, or not now. */
      readonly sends: readonly string[] | null;
      readonly draft: Draft | null;
      readonly offline: boolean;
      readonly pending: boolean;
      /** Why the latest act was refused. */
      readonly refused: ErrorCode | null;
      /** Why the latest act, or the latest reading, failed. */
      readonly code?: ErrorCode | undefined;
    };

export type Ready = Extract<BasketView, { kind: 'ready' }>;

export interface BasketSources {
  readonly mode: BasketMode;
  readonly viewer: Remote<Viewer>;
  readonly ballot: Remote<Ballot | null>;
  readonly terms: Remote<Terms | null>;
  /** What is known of the choices of a draft. */
  readonly proposals: ReadonlyMap<string, Remote<VotableProposal | null>>;
  readonly draft: Draft | null;
  /** The platform has recorded something for this page before. */
  readonly handed: boolean;
  readonly save: Action;
  /** Nobody knows whether the act under way is recorded. */
  readonly unsure: boolean;
  readonly offline: boolean;
  /** The platform tells this page no rules. */
  readonly ruleless: boolean;
  /** Whether the page names a platform and a step. */
  readonly askable: boolean;
}

/** First match wins. What was read stays when a later reading fails. */
export function basketView(sources: BasketSources, now: number): BasketView {
  const { mode, viewer, ballot, terms, draft, save, ruleless, askable } = sources;
  if (ballot.data === null && !ruleless) return { kind: 'empty', code: 'not-found' };
  const error = ballot.error ?? viewer.error;
  const asked = terms.data !== undefined || terms.error !== undefined;
  if (ballot.data === undefined || !viewer.data || !asked) {
    if (error) {
      const retrying = ballot.loading || viewer.loading;
      return { kind: 'error', code: error.code, retryable: isRetryable(error.code), retrying };
    }
    return askable ? { kind: 'loading' } : { kind: 'error', retryable: false, retrying: false };
  }
  const rules = ballot.data;
  const { signedIn } = viewer.data;
  const door = rules && doorOf(rules, now);
  const choices = draft ? draftChoices(sources, door) : (rules?.chosen ?? []);
  const live = draft ? choices.filter(({ lost }) => !lost) : choices;
  const progress = progressOf(sources);
  const verdict = rules && judge({ ...rules, chosen: live }, now, progress);
  const whole = live === choices ? verdict : rules && judge({ ...rules, chosen: choices }, now, progress);
  const able = !door && mode !== 'link' && !save.pending && !sources.offline;
  const emptied = !choices.length && sources.handed && !draft?.recorded && !draft?.found;
  return {
    kind: 'ready',
    mode,
    ballot: rules,
    verdict,
    sentence: whole?.sentence ?? null,
    terms: terms.data ?? null,
    items: itemsOf(choices, verdict, sources),
    stage: progress.stage,
    door,
    signedIn,
    account: signedIn ? viewer.data.displayName : null,
    open: !door && (mode === 'session' ? signedIn : mode === 'hand-over'),
    sends:
      able && draft && !draft.recorded && (emptied || (live.length && (verdict?.valid ?? true)))
        ? live.map(({ proposalId }) => proposalId)
        : null,
    draft,
    offline: sources.offline,
    pending: save.pending,
    refused: save.error?.code ?? null,
    code: save.error?.code ?? error?.code,
  };
}

function progressOf({ mode, viewer, draft, save, unsure, offline }: BasketSources): Progress {
  const session = mode === 'session';
  // What a session shows is recorded, also once it has ended.
  const settled = session || draft?.recorded ? 'recorded' : 'draft';
  const stage = save.pending ? (unsure ? 'unsure' : 'sending') : settled;
  // A hand-over tells of votes that do not count yet, and not what they wait for.
  const waits = draft?.recorded && draft.outcomes.some(({ voted, accounted }) => voted && !accounted);
  return {
    stage,
    offline,
    waitsFor: session && viewer.data?.emailConfirmed === false ? 'email' : waits ? 'requirements' : null,
  };
}

/** The choices of a draft as the platform has them now: it may have changed since. */
const draftChoices = ({ draft, proposals, ballot }: BasketSources, door: unknown): readonly Choice[] =>
  (draft?.chosen ?? []).map(({ proposalId, title, url, cost }) => {
    const proposal = proposals.get(proposalId)?.data;
    const found = proposal ?? { title, url, cost, archived: false, inStep: proposal !== null };
    return {
      proposalId,
      title: found.title,
      url: found.url,
      cost: (ballot.data ? found.cost : cost) ?? 0,
      lost: door || draft?.recorded ? null : found.archived ? 'archived' : found.inStep ? null : 'not-votable',
      vote: null,
    };
  });

/** The choices as they are judged; one that is lost is not. */
function itemsOf(
  choices: readonly Choice[],
  verdict: Verdict | null,
  { draft, ballot, proposals }: BasketSources,
): readonly Item[] {
  return choices.map((choice) => {
    const { proposalId, cost } = choice;
    const judged = verdict?.choices.find((other) => other.proposalId === proposalId);
    const before = draft?.chosen.find((other) => other.proposalId === proposalId);
    const fresh = ballot.data && proposals.get(proposalId)?.data;
    return {
      ...choice,
      points: judged?.points ?? null,
      excess: judged?.excess ?? 0,
      was: fresh && before && (before.cost ?? 0) !== cost ? (before.cost ?? 0) : null,
      outcome: draft?.outcomes.find((vote) => vote.proposalId === proposalId) ?? null,
    };
  });
}

/** The finer states beside the kind. */
export function statesOf(view: Ready, reviewing: boolean): readonly (string | false)[] {
  const { verdict, items, draft, stage, door, ballot, mode, signedIn } = view;
  const state = verdict?.state ?? '';
  const some = items.length > 0;
  return [
    !some && 'none',
    some && draft !== null && !draft.recorded && 'draft',
    some && stage === 'recorded' && stage,
    draft?.away === true && 'away',
    Boolean(draft?.found) && 'found',
    reviewing && 'review',
    view.pending && 'pending',
    state === 'incomplete' && state,
    verdict?.valid === true && 'valid',
    state === 'full' && state,
    state.startsWith('over') && 'over',
    view.sentence?.key === 'lost' && 'lost',
    view.offline && 'offline',
    mode === 'session' && !signedIn && 'signed-out',
    door === 'step-future' && 'future',
    door === 'step-closed' && 'closed',
    Boolean(ballot?.secret) && 'secret',
    !ballot && 'ruleless',
  ];
}
