import { internal } from './typed.js';

/** What the proposals of a step got. The platform adds up points for one step of a request only. */
export const stepResults = internal(/* GraphQL */ `
  query StepResults($id: ID!, $after: String) {
    node(id: $id) {
      ... on ProposalStep {
        budget
        votesRanking
        canDisplayBallot
        proposals(first: 100, after: $after, orderBy: [{ field: VOTES, direction: DESC }]) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              title
              url
              estimation
              district {
                name
              }
              status(step: $id) {
                name
                color
              }
              votes(stepId: $id, first: 0) {
                totalCount
                totalPointsCount
              }
              paperVotesTotalCount(stepId: $id)
              paperVotesTotalPointsCount(stepId: $id)
            }
          }
        }
      }
    }
  }
`);
