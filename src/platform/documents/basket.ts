import { internal } from './typed.js';

/** What a step asks of whoever votes in it, and how it explains its vote. Nothing in it is the visitor's own. */
export const terms = internal(/* GraphQL */ `
  fragment BasketTerms on ProposalStep {
    id
    votesHelpText
    requirements {
      reason
      edges {
        node {
          __typename
          type
          ... on CheckboxRequirement {
            label
          }
        }
      }
    }
  }
`);
