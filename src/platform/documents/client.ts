import { preview } from './typed.js';

/*
 * Lists of the preview schema for readers without a page. What two of them share is a text of its own, which the compiler
 * follows, and no fragment: those of the loader have no variables, and the platform's lists of steps hold types that this
 * schema does not have, to which a fragment on steps would not apply.
 */

const stepFields = `
  __typename
  id
  title
  url
  state
  timeRange { startAt endAt }`;

const projectFields = `
  __typename
  id
  title
  url
  metaDescription
  cover { url }
  type { title }
  themes { id title }
  districts(first: 100) { edges { node { id name } } }
  authors { id username url }
  publishedAt
  steps { ${stepFields} }
  votes(first: 0) { totalCount }
  contributions(first: 0) { totalCount }
  contributors(first: 0) { totalCount }`;

const proposalList = `
  proposals(first: $first, after: $after, orderBy: [{ field: PUBLISHED_AT, direction: $direction }]) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      node {
        id
        title
        url
        reference
        summary
        body
        bodyText
        author { id username url }
        theme { id title }
        category { name }
        address { formatted lat lng }
        selections { step { id } status { name } }
        createdAt
        updatedAt
        publishedAt
      }
    }
  }`;

export const clientProject = preview(`fragment ClientProject on Project { ${projectFields} }`);

export const clientSteps = preview(`fragment ClientSteps on Project { __typename steps { ${stepFields} } }`);

export const clientProjects = preview(`
  query ClientProjects($first: Int, $after: String, $order: ProjectOrder, $theme: ID) {
    projects(first: $first, after: $after, orderBy: $order, theme: $theme) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { ${projectFields} } }
    }
  }
`);

export const clientProposals = preview(`
  query ClientProposals($id: ID!, $first: Int, $after: String, $direction: OrderDirection!) {
    node(id: $id) {
      __typename
      ... on CollectStep { ${proposalList} }
      ... on SelectionStep { ${proposalList} }
    }
  }
`);

export const clientEvents = preview(/* GraphQL */ `
  query ClientEvents($first: Int, $after: String, $order: EventOrder, $project: ID) {
    events(first: $first, after: $after, orderBy: $order, project: $project) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          title
          body
          url
          link
          timeRange {
            startAt
            endAt
          }
          googleMapsAddress {
            formatted
            lat
            lng
          }
          author {
            id
            username
            url
          }
          createdAt
          updatedAt
        }
      }
    }
  }
`);

/** Only of versions, arguments and sources does this schema say why they were moderated. */
export const clientContributions = preview(/* GraphQL */ `
  query ClientContributions($id: ID!, $first: Int, $after: String, $order: ContributionOrder, $trashed: Boolean) {
    node(id: $id) {
      __typename
      ... on Consultation {
        contributions(first: $first, after: $after, orderBy: $order, includeTrashed: $trashed) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              __typename
              id
              url
              related {
                id
              }
              ... on Opinion {
                title
                html: body
                bodyText
                createdAt
                updatedAt
                publishedAt
              }
              ... on Version {
                title
                html: body
                bodyText
                createdAt
                updatedAt
                publishedAt
                trashed
                trashedStatus
                trashedAt
                trashedReason
              }
              ... on Argument {
                type
                body
                createdAt
                updatedAt
                publishedAt
                trashed
                trashedStatus
                trashedAt
                trashedReason
              }
              ... on Source {
                title
                body
                createdAt
                updatedAt
                publishedAt
                trashed
                trashedStatus
                trashedAt
                trashedReason
              }
            }
          }
        }
      }
    }
  }
`);
