import { internal } from './typed.js';

export const addVote = internal(/* GraphQL */ `
  mutation AddVote($input: AddProposalVoteInput!, $step: ID!) {
    addProposalVote(input: $input) {
      errorCode
      vote {
        isAccounted
        completionStatus
        published
        requirementsUrl
        proposal {
          votes(stepId: $step, first: 0) {
            totalCount
          }
        }
      }
    }
  }
`);

export const removeVote = internal(/* GraphQL */ `
  mutation RemoveVote($input: RemoveProposalVoteInput!, $step: ID!) {
    removeProposalVote(input: $input) {
      areRemainingVotesAccounted
      proposal {
        votes(stepId: $step, first: 0) {
          totalCount
        }
      }
    }
  }
`);
