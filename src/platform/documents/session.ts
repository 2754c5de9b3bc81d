import { internal } from './typed.js';

/** What a card shows, as the platform's own pages read it. */
export const projectCard = internal(/* GraphQL */ `
  fragment ProjectCard on Project {
    id
    url
    title
    cover {
      url
    }
    type {
      title
    }
    themes {
      title
    }
    archived
    visibility
    isExternal
    externalLink
    externalVotesCount
    externalContributionsCount
    externalParticipantsCount
    hasParticipativeStep
    isVotesCounterDisplayable
    isContributionsCounterDisplayable
    isParticipantsCounterDisplayable
    steps(excludePresentationStep: true) {
      __typename
      id
      title
      state
      enabled
      timeless
      timeRange {
        startAt
        endAt
      }
      ... on ProposalStep {
        votable
      }
    }
    votes {
      totalCount
    }
    paperVotesTotalCount
    votableSteps {
      canDisplayBallot
    }
    contributions {
      totalCount
    }
    contributors {
      totalCount
    }
  }
`);
