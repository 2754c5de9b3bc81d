import { preview } from './typed.js';

const publicProposalPage = preview(/* GraphQL */ `
  fragment PublicProposalPage on ProposalConnection {
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
        summary
        bodyText
        author {
          username
        }
        category {
          name
        }
        theme {
          title
        }
      }
    }
  }
`);

/** A page of the proposals of a step, as far as the preview schema has them: it filters by nothing. */
export const publicProposalList = preview(
  /* GraphQL */ `
    query PublicProposalList($step: ID!, $first: Int!, $after: String, $order: [ProposalOrder]) {
      node(id: $step) {
        ... on CollectStep {
          proposals(first: $first, after: $after, orderBy: $order) {
            ...PublicProposalPage
          }
        }
        ... on SelectionStep {
          proposals(first: $first, after: $after, orderBy: $order) {
            ...PublicProposalPage
          }
        }
      }
    }
  `,
  [publicProposalPage],
);
