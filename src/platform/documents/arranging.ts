import { internal } from './typed.js';

/** Puts all of the visitor's votes in a step in an order; votes that are left out are deleted. */
export const orderVotes = internal(/* GraphQL */ `
  mutation OrderVotes($input: UpdateProposalVotesInput!) {
    updateProposalVotes(input: $input) {
      step {
        id
      }
    }
  }
`);

/** Shows the visitor's name with all votes in a step, or with none. */
export const veilVotes = internal(/* GraphQL */ `
  mutation VeilVotes($input: UpdateVotesVisibilityInput!) {
    updateVotesVisibility(input: $input) {
      votes {
        id
      }
    }
  }
`);
