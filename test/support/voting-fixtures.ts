/** Steps and proposals that the visitor of a fake platform votes in and for. */
import type { BallotBox } from './ballot-box.js';
import { denied, type FakeObject, type FakePlatform } from './fake-platform.js';
import { step } from './fixtures.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a field of an object knows of who asks. */
interface Asked {
  readonly signedIn: boolean;
  readonly votes: BallotBox;
  readonly find: (id: string) => FakeObject | null;
}

/** A step with a vote, open from April to June. */
export const votingStep = (id = 'vote', fields: Fields = {}): FakeObject =>
  step('Selection', 'Vote des habitants', '2026-04-20 09:00:00', '2026-06-15 00:00:00', {
    id,
    url: `https://participez.valmont.example/project/budget/step/${id}`,
    votesLimit: null,
    votesMin: null,
    votesRanking: false,
    budget: null,
    voteThreshold: null,
    actionButtonLabel: 'VOTE',
    viewerVotes: (_: unknown, { votes, find }: Asked) => ({
      // A vote that waits for conditions is hidden here.
      edges: votes
        .in(id)
        .filter(({ completionStatus }) => completionStatus === 'COMPLETED')
        .map(({ proposalId, anonymously, ...vote }, ranking) => ({
          node: { ...vote, ranking, anonymous: anonymously ?? true, proposal: find(proposalId) },
        })),
    }),
    ...fields,
  });

/** A step with a vote, between other dates. */
export const votingStepBetween = (startAt: string | null, endAt: string | null, fields: Fields = {}): FakeObject => {
  const { state, timeRange, timeless } = step('Selection', '', startAt, endAt);
  return votingStep('vote', { state, timeRange, timeless, ...fields });
};

/** A proposal of the step `vote`; the visitor's own vote adds to those online. */
export const votable = (id = 'guinguette', online = 41, paper = 0, fields: Fields = {}): FakeObject => ({
  __typename: 'Proposal',
  id,
  title: 'Une guinguette au bord de l’eau',
  url: `https://participez.valmont.example/project/budget/proposal/${id}`,
  isArchived: false,
  estimation: null,
  currentVotableStep: { __typename: 'SelectionStep', id: 'vote' },
  votableSteps: [{ __typename: 'SelectionStep', id: 'vote', canDisplayBallot: true, publishedVoteDate: null }],
  paperVotesTotalCount: paper,
  votes: ({ stepId }: { stepId?: string }, { votes }: Asked) => ({
    totalCount: online + Number(votes.find(id, stepId ?? 'vote')?.isAccounted ?? false),
  }),
  viewerVote: ({ step: stepId }: { step: string }, { signedIn, votes }: Asked) =>
    signedIn ? (votes.find(id, stepId) ?? null) : denied(),
  ...fields,
});

/** A step with one proposal, and somebody who may vote in it. */
export function openVote(platform: FakePlatform, stepFields: Fields = {}, proposalFields: Fields = {}): void {
  platform.put(votingStep('vote', stepFields), votable('guinguette', 41, 0, proposalFields));
  platform.signIn();
}
