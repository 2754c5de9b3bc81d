import { internal } from './typed.js';

/** A page of the proposals of a step, with all that a vote button needs of each. */
export const proposalList = internal(/* GraphQL */ `
  query ProposalList(
    $step: ID!
    $first: Int!
    $after: String
    $order: [ProposalOrder]
    $category: ID
    $district: ID
    $theme: ID
    $term: String
    $signedIn: Boolean!
  ) {
    node(id: $step) {
      ... on ProposalStep {
        proposals(
          first: $first
          after: $after
          orderBy: $order
          category: $category
          district: $district
          theme: $theme
          term: $term
        ) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              url
              title
              summaryOrBodyExcerpt
              media {
                url
              }
              author {
                displayName
              }
              category {
                name
                categoryImage {
                  image {
                    url
                  }
                }
              }
              theme {
                title
              }
              district {
                name
              }
              status(step: $step) {
                name
                color
              }
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
      }
    }
  }
`);

/** What the proposals of a step can be told apart by. */
export const proposalChoices = internal(/* GraphQL */ `
  fragment ProposalChoices on ProposalStep {
    form {
      costable
      usingThemes
      usingCategories
      usingDistrict
      categories {
        id
        name
      }
      districts {
        id
        name
      }
    }
  }
`);

/** Themes belong to the whole platform. */
export const themes = internal(/* GraphQL */ `
  query Themes {
    themes {
      id
      title
    }
  }
`);
