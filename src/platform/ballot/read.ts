import type { ResultOf } from 'gql.tada';

import type { Ballot, Choice, OwnVote, VotableProposal } from '../../domain/ballot.js';
import { ask, nothing } from '../ask.js';
import { count, flag, instant, known, list, maybe, number, text, total, type Cursor } from '../cursor.js';
import * as documents from '../documents/ballot.js';
import { publicProposal } from '../documents/public-proposal.js';
import type { Platform } from '../endpoints.js';
import type { ReadOptions } from '../loader.js';
import type { Settings } from '../settings.js';
import { readStep } from '../shared-project.js';
import { plainTexts } from '../texts.js';
import { webAddress } from '../web-address.js';

/** Who the visitor is to the platform. */
export interface Viewer {
  readonly signedIn: boolean;
  /** Global ID of the account; null for a stranger. */
  readonly id: string | null;
  readonly displayName: string | null;
  /** Null for a stranger, and where the platform has none. */
  readonly email: string | null;
  /** Votes wait until the e-mail address is confirmed. */
  readonly emailConfirmed: boolean;
}

const STRANGER: Viewer = { signedIn: false, id: null, displayName: null, email: null, emailConfirmed: true };

/** Asks whether there is a session before asking whose: a stranger who asks for himself gets no answer at all. */
export async function readViewer(platform: Platform, options: ReadOptions): Promise<Viewer> {
  if (platform.settings.access !== 'session') return STRANGER;
  const loader = platform.loader('session');
  const signedIn = await loader.field(documents.isAuthenticated, {}, flag, options);
  if (!signedIn) return STRANGER;
  return plainTexts(
    (await loader.field(
      documents.viewer,
      {},
      (viewer) => ({
        signedIn,
        id: text(viewer.at('id')),
        displayName: text(viewer.at('displayName')),
        email: maybe(viewer.at('email'), text),
        emailConfirmed: maybe(viewer.at('isEmailConfirmed'), flag) ?? true,
      }),
      options,
    )) ?? STRANGER,
  );
}

/** The step in which a proposal can be voted for at present; null for none, and where the platform does not say. */
export const readCurrentStep = (platform: Platform, id: string, options: ReadOptions): Promise<string | null> =>
  ask<string | null>(
    platform,
    (loader) =>
      loader.node(
        id,
        documents.currentStep,
        (node) => maybe(node.at('currentVotableStep'), (step) => text(step.at('id'))),
        options,
      ),
    nothing,
  );

/** The rules of a step and the visitor's votes in it; null where the platform does not say. */
export const readBallot = (platform: Platform, stepId: string, options: ReadOptions): Promise<Ballot | null> =>
  ask<Ballot | null>(
    platform,
    (loader) => loader.node(stepId, documents.ballot, (node) => decodeBallot(node, platform.settings), options),
    nothing,
  ).then(plainTexts);

/**
 * A proposal in a step; null when it is not there.
 *
 * @param step - Empty where there is none to vote in.
 * @param signedIn - Whether to ask for the visitor's own vote.
 */
export const readProposal = (
  platform: Platform,
  id: string,
  step: string,
  signedIn: boolean,
  options: ReadOptions,
): Promise<VotableProposal | null> =>
  ask<VotableProposal | null>(
    platform,
    (loader) =>
      step
        ? loader.field(
            documents.proposalVote,
            { id, step, signedIn },
            (node) => decodeProposal(node, step, platform.settings),
            options,
          )
        : loader.node(id, publicProposal, (node) => bareProposal(node, platform.settings, false), options),
    () =>
      platform
        .loader('public')
        .node(id, publicProposal, (node) => bareProposal(node, platform.settings, true), options),
  ).then(plainTexts);

/** All that may be said of a proposal without the rules of its step: the public count could be that of a secret ballot. */
export const bareProposal = (
  node: Cursor<ResultOf<typeof publicProposal>>,
  { platform }: Settings,
  inStep: boolean,
): VotableProposal => ({
  id: text(node.at('id')),
  title: text(node.at('title')),
  url: webAddress(text(node.at('url')), platform) ?? platform,
  archived: false,
  cost: null,
  inStep,
  count: null,
  own: null,
});

type BallotNode = ResultOf<typeof documents.ballot>;

export function decodeBallot(node: Cursor<BallotNode>, settings: Settings): Ballot | null {
  // A step of another kind answers with its type alone.
  if ((node.raw as { id?: unknown }).id === undefined) return null;
  const votable = flag(node.at('votable'));
  return {
    step: { ...readStep(node, settings), votable },
    url: webAddress(text(node.at('url')), settings.platform) ?? settings.platform,
    wording: text(node.at('actionButtonLabel')) === 'SUPPORT' ? 'support' : 'vote',
    votesLimit: maybe(node.at('votesLimit'), count),
    votesMin: maybe(node.at('votesMin'), count),
    // The platform takes a budget of nothing for none.
    budget: maybe(node.at('budget'), number) || null,
    ranking: flag(node.at('votesRanking')),
    threshold: maybe(node.at('voteThreshold'), count) || null,
    secret: flag(node.at('canDisplayBallot'))
      ? null
      : { publishedAt: maybe(node.at('publishedVoteDate'), (date) => instant(date, settings.timeZone)) },
    chosen:
      known(node.at('viewerVotes').at('edges'), (edges) =>
        list(edges, (edge) => decodeChoice(edge.at('node'), text(node.at('id')), settings), known),
      ) ?? [],
  };
}

type ChoiceNode = NonNullable<NonNullable<NonNullable<BallotNode['viewerVotes']['edges']>[number]>['node']>;

const decodeChoice = (vote: Cursor<ChoiceNode>, stepId: string, { platform }: Settings): Choice => {
  const proposal = vote.at('proposal');
  return {
    proposalId: text(proposal.at('id')),
    title: text(proposal.at('title')),
    url: webAddress(text(proposal.at('url')), platform) ?? platform,
    cost: maybe(proposal.at('estimation'), number) ?? 0,
    lost: flag(proposal.at('isArchived'))
      ? 'archived'
      : known(proposal.at('currentVotableStep'), (step) => text(step.at('id'))) === stepId
        ? null
        : 'not-votable',
    vote: {
      id: text(vote.at('id')),
      anonymous: flag(vote.at('anonymous')),
      accounted: flag(vote.at('isAccounted')),
      position: maybe(vote.at('ranking'), count),
    },
  };
};

type ProposalNode = NonNullable<ResultOf<typeof documents.proposalVote>['node']>;
type Proposal = Extract<ProposalNode, { isArchived: unknown }>;
type VoteNode = NonNullable<Proposal['viewerVote']>;

export function decodeProposal(
  node: Cursor<ProposalNode>,
  stepId: string,
  { platform }: Settings,
): VotableProposal | null {
  // The schema's union has no field to tell its members by: only proposals have any field here.
  const proposal = node as unknown as Cursor<Proposal>;
  if ((node.raw as { id?: unknown }).id === undefined) return null;
  return {
    id: text(proposal.at('id')),
    title: text(proposal.at('title')),
    url: webAddress(text(proposal.at('url')), platform) ?? platform,
    archived: flag(proposal.at('isArchived')),
    cost: maybe(proposal.at('estimation'), number),
    inStep: known(proposal.at('currentVotableStep'), (step) => text(step.at('id'))) === stepId,
    count: { online: total(proposal.at('votes')), paper: count(proposal.at('paperVotesTotalCount')) },
    own: known(proposal.at('viewerVote') as Cursor<VoteNode | null>, (vote) => decodeOwnVote(vote, platform)),
  };
}

/** A vote that waits for conditions is stored, but is none to anybody yet. */
export const decodeOwnVote = (
  vote: Cursor<Pick<VoteNode, 'isAccounted' | 'completionStatus' | 'published' | 'requirementsUrl'>>,
  platform: string,
): OwnVote => ({
  accounted: flag(vote.at('isAccounted')),
  waitsFor:
    text(vote.at('completionStatus')) !== 'COMPLETED' ? 'requirements' : flag(vote.at('published')) ? null : 'email',
  finishUrl: maybe(vote.at('requirementsUrl'), (address) => webAddress(text(address), platform)),
});
