import type { HandoffVote } from '../domain/handoff.js';
import type { Ballot, VotableProposal } from '../domain/ballot.js';
import { ApiError } from '../core/errors.js';
import type { RecordedVote, VoteWish } from '../platform/ballot/act.js';
import type { Arrangement } from '../platform/ballot/arrange.js';
import { readBallot, readCurrentStep, readProposal } from '../platform/ballot/read.js';
import { alone } from './alone.js';
import { judged } from './judged.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';
import { follow, refresh, tellTabs } from './viewer.js';

export type { VoteWish };

/** What the platform has accepted, as the page is told. */
export interface VoteChange {
  readonly proposalId: string;
  readonly stepId: string;
  readonly voted: boolean;
  /** Votes of the proposal in the step, paper ones included; null for a secret ballot, and where nobody on the page knows. */
  readonly count: number | null;
  /** Whether the platform counts the visitor's vote. */
  readonly accounted: boolean;
}

/** The one key of ours on this device. Nothing is under it before the visitor's own first act. */
export const DRAFT_KEY = 'cap-widgets:draft';

/** The step in which a proposal can be voted for at present; null for none. */
export const currentStepOf = (runtime: Runtime, proposalId: string, lang: string): Resource<string | null> =>
  runtime.share(`step ${lang} ${proposalId}`, (platform, signal) =>
    readCurrentStep(platform, proposalId, { lang, signal }),
  );

/** The rules of a step and the visitor's votes in it; null where the platform does not say. */
export const ballotOf = (runtime: Runtime, stepId: string, lang: string): Resource<Ballot | null> => {
  follow(runtime);
  return runtime.share(`ballot ${lang} ${stepId}`, (platform, signal) =>
    judged(stepId, 'step', readBallot(platform, stepId, { lang, signal })),
  );
};

/** A proposal in a step, with the visitor's vote when he is signed in; null when it is not there. */
export const proposalOf = (
  runtime: Runtime,
  id: string,
  stepId: string,
  signedIn: boolean,
  lang: string,
): Resource<VotableProposal | null> =>
  runtime.share(proposalKey(id, stepId, signedIn, lang), (platform, signal) =>
    judged(id, 'proposal', readProposal(platform, id, stepId, signedIn, { lang, signal })),
  );

const proposalKey = (id: string, stepId: string, signedIn: boolean, lang: string): string =>
  `proposal ${lang} ${String(signedIn)} ${stepId} ${id}`;

/** One choice of a draft. */
export interface DraftChoice {
  readonly proposalId: string;
  readonly title: string;
  readonly url: string;
  /** In euros; null where staff have not said, or the page may not know. */
  readonly cost: number | null;
}

/** A ballot that the visitor fills in on this page, to be handed over whole. */
export interface Draft {
  /** In their order. */
  readonly chosen: readonly DraftChoice[];
  /** What the platform has made of each when the draft was last handed over. */
  readonly outcomes: readonly HandoffVote[];
  /** It was handed over, and nobody here knows what became of it. */
  readonly away: boolean;
  /**
   * Choices on this device that this tab has neither begun nor taken up: how many, and of when. What they are is not said
   * before the visitor has called them his.
   */
  readonly found: { readonly count: number; readonly at: number } | null;
  /** The platform has recorded it just so. */
  readonly recorded: boolean;
  /** It outlives this page. */
  readonly onDevice: boolean;
  readonly toggle: (choice: DraftChoice) => void;
  readonly move: (proposalId: string, position: number) => void;
}

/** The draft for a step, where a basket on this page keeps one; null where each act is carried out by itself. */
export const draftOf = (runtime: Runtime, stepId: string): Resource<Draft | null> =>
  runtime.share(`draft ${stepId}`, () =>
    Promise.resolve((runtime.drafts.get(stepId)?.draft as Draft | undefined) ?? null),
  );

/** Code that does not come is no act that was refused. */
const loaded = <T>(code: Promise<T>): Promise<T> =>
  code.catch((cause: unknown) => {
    throw new ApiError('network', 'nothing was sent', { cause });
  });

/** Loads what a vote takes: before the click, so that nothing stands between that and the vote. */
export const prepareToVote = (): Promise<typeof import('../platform/ballot/act.js')> =>
  loaded(import('../platform/ballot/act.js'));

/** Acts under way, by what is wished. */
const underWay = new Map<string, Promise<VoteChange>>();

/**
 * Has the platform record a vote, or take it back, and everything on the page and in other tabs follow. What another
 * element is having done already is not sent again.
 *
 * @param onUnsure - Called while nobody knows whether it was recorded.
 * @throws {ApiError} See `castVote`.
 */
export function vote(
  runtime: Runtime,
  wish: VoteWish,
  lang: string,
  onUnsure = (): void => undefined,
): Promise<VoteChange> {
  const key = [runtime.settings.platform, wish.stepId, wish.proposalId, wish.voted].join();
  const running = underWay.get(key);
  if (running) return running;
  const act = carryOut(runtime, wish, lang, onUnsure).finally(() => underWay.delete(key));
  underWay.set(key, act);
  return act;
}

async function carryOut(runtime: Runtime, wish: VoteWish, lang: string, onUnsure: () => void): Promise<VoteChange> {
  const { proposalId, stepId, voted } = wish;
  const key = proposalKey(proposalId, stepId, true, lang);
  // The page may have gone on to other things by the time the answer comes.
  const resource = runtime.resources.get(key) as Resource<VotableProposal | null> | undefined;
  const ballot = runtime.resources.get(`ballot ${lang} ${stepId}`) as Resource<Ballot | null> | undefined;
  let fresh: string | undefined;
  try {
    // Nobody can call back what is on its way.
    const options = { lang, signal: new AbortController().signal };
    const { castVote } = await prepareToVote();
    const act = (): Promise<RecordedVote> => castVote(runtime.platform, wish, options, onUnsure);
    const { own, online } = await (ballot?.state.data?.ranking ? alone(act, votesOf(stepId), 'shared') : act());
    // Points go by places: the votes that are left take those before them. Failing that, the next order does it.
    if (!voted && ballot?.state.data?.ranking)
      void arrange(runtime, { stepId, order: [] }, lang).catch(() => undefined);
    const before = resource?.state.data;
    const count = before?.count && { ...before.count, online: online ?? before.count.online };
    if (resource && before) {
      // The act's own figure is fresh; a list of the platform may be some seconds behind it.
      resource.put({ ...before, own, count: count ?? null });
      fresh = key;
    }
    return {
      proposalId,
      stepId,
      voted,
      count: count && !ballot?.state.data?.secret ? count.online + (count.paper ?? 0) : null,
      accounted: own?.accounted ?? false,
    };
  } finally {
    refresh(runtime, fresh);
    tellTabs(runtime);
  }
}

/** Names the votes of a step. While they are put in order none may come: an order deletes what it does not name. */
const votesOf = (stepId: string): string => `cap-widgets ${stepId}`;

/**
 * Has the platform put the visitor's recorded votes in order, or show his name with them, and everything on the page and in
 * other tabs follow.
 *
 * @throws {ApiError} See `arrangeVotes`.
 */
export const arrange = (runtime: Runtime, wish: Arrangement, lang: string): Promise<void> =>
  alone(async () => {
    let fresh: string | undefined;
    try {
      const { arrangeVotes } = await loaded(import('../platform/ballot/arrange.js'));
      // Nobody can call back what is on its way.
      const ballot = await arrangeVotes(runtime.platform, wish, { lang, signal: new AbortController().signal });
      fresh = `ballot ${lang} ${wish.stepId}`;
      runtime.resources.get(fresh)?.put(ballot);
    } finally {
      refresh(runtime, fresh);
      tellTabs(runtime);
    }
  }, votesOf(wish.stepId));
