import { internal } from './typed.js';

/** Whether the votes of a step may be shown. */
export const clientBallot = internal(/* GraphQL */ `
  fragment ClientBallot on ProposalStep {
    canDisplayBallot
    publishedVoteDate
  }
`);

/** What proposals cost, and their votes in one step. */
export const clientVotes = internal(/* GraphQL */ `
  query ClientVotes($ids: [ID!]!, $step: ID!) {
    nodes(ids: $ids) {
      ... on Proposal {
        id
        estimation
        votes(stepId: $step, first: 0) {
          totalCount
        }
        paperVotesTotalCount(stepId: $step)
      }
    }
  }
`);

/** Whether opinions were moderated, and why. */
export const clientModeration = internal(/* GraphQL */ `
  query ClientModeration($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Opinion {
        id
        trashed
        trashedStatus
        trashedAt
        trashedReason
      }
    }
  }
`);
