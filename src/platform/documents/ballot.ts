import { internal } from './typed.js';

/** The rules of a step, and the visitor's votes in it. */
export const ballot = internal(/* GraphQL */ `
  fragment Ballot on ProposalStep {
    __typename
    id
    title
    url
    state
    timeless
    timeRange {
      startAt
      endAt
    }
    votable
    votesLimit
    votesMin
    votesRanking
    budget
    voteThreshold
    canDisplayBallot
    publishedVoteDate
    actionButtonLabel
    viewerVotes(orderBy: { field: POSITION, direction: ASC }) {
      edges {
        node {
          id
          anonymous
          isAccounted
          ranking
          proposal {
            id
            title
            url
            estimation
            isArchived
            currentVotableStep {
              id
            }
          }
        }
      }
    }
  }
`);

/** The step in which a proposal can be voted for. */
export const currentStep = internal(/* GraphQL */ `
  fragment CurrentStep on Proposal {
    currentVotableStep {
      id
    }
  }
`);

/** A proposal in a step. A stranger may not even ask for a vote of his own: the answer would be nothing at all. */
export const proposalVote = internal(/* GraphQL */ `
  query ProposalVote($id: ID!, $step: ID!, $signedIn: Boolean!) {
    node(id: $id) {
      ... on Proposal {
        id
        title
        url
        isArchived
        estimation
        currentVotableStep {
          id
        }
        votes(stepId: $step, first: 0) {
          totalCount
        }
        paperVotesTotalCount(stepId: $step)
        viewerVote(step: $step) @include(if: $signedIn) {
          isAccounted
          completionStatus
          published
          requirementsUrl
        }
      }
    }
  }
`);

export const isAuthenticated = internal(/* GraphQL */ `
  query IsAuthenticated {
    isAuthenticated
  }
`);

/** Only for somebody who is signed in. */
export const viewer = internal(/* GraphQL */ `
  query Viewer {
    viewer {
      id
      displayName
      email
      isEmailConfirmed
    }
  }
`);
