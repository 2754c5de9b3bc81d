import { internal } from './typed.js';

/**
 * Every number that a counter can show, with what decides whether the ballot is secret. Where a field may be null for one
 * type and not for another, GraphQL wants two names.
 */
export const counts = internal(/* GraphQL */ `
  fragment Counts on Node {
    __typename
    ... on Project {
      votes {
        totalCount
      }
      paperVotesTotalCount
      votableSteps {
        canDisplayBallot
        publishedVoteDate
      }
      contributions {
        totalCount
      }
      contributors {
        totalCount
      }
    }
    ... on CollectStep {
      proposals(first: 0) {
        totalCount
      }
      contributors {
        totalCount
      }
    }
    ... on SelectionStep {
      proposals(first: 0) {
        totalCount
      }
      contributors {
        totalCount
      }
    }
    ... on ConsultationStep {
      votes {
        totalCount
      }
      contributed: contributions {
        totalCount
      }
      contributors {
        totalCount
      }
    }
    ... on QuestionnaireStep {
      contributors {
        totalCount
      }
      questionnaire {
        replies(first: 0) {
          totalCount
        }
      }
    }
    ... on DebateStep {
      contributors {
        totalCount
      }
    }
    ... on Proposal {
      votes(first: 0) {
        totalCount
      }
      paperVotesTotalCount
      votableSteps {
        canDisplayBallot
        publishedVoteDate
      }
    }
    ... on Consultation {
      votes {
        totalCount
      }
      contributed: contributions {
        totalCount
      }
      contributors {
        totalCount
      }
    }
    ... on Questionnaire {
      participants {
        totalCount
      }
      replies(first: 0) {
        totalCount
      }
    }
  }
`);

/** The votes of a step, which the platform keeps with its proposals only. */
export const stepVotes = internal(/* GraphQL */ `
  query StepVotes($id: ID!, $after: String) {
    node(id: $id) {
      ... on ProposalStep {
        canDisplayBallot
        publishedVoteDate
        proposals(first: 100, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              votes(stepId: $id, first: 0) {
                totalCount
              }
              paperVotesTotalCount(stepId: $id)
            }
          }
        }
      }
    }
  }
`);
