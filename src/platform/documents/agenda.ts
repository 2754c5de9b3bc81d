import { preview } from './typed.js';

/** The events of everybody, and which of them are of the account whose token is sent. */
export const viewerEvents = preview(/* GraphQL */ `
  query ViewerEvents($after: String) {
    events(first: 100, after: $after, orderBy: { field: START_AT, direction: DESC }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          title
          viewerDidAuthor
          timeRange {
            startAt
            endAt
          }
        }
      }
    }
  }
`);

export const viewerAccount = preview(/* GraphQL */ `
  query ViewerAccount {
    viewer {
      id
    }
  }
`);

export const addEvent = preview(/* GraphQL */ `
  mutation AddEvent($input: AddEventInput!) {
    addEvent(input: $input) {
      eventEdge {
        node {
          id
        }
      }
      userErrors {
        message
      }
    }
  }
`);

export const changeEvent = preview(/* GraphQL */ `
  mutation ChangeEvent($input: ChangeEventInput!) {
    changeEvent(input: $input) {
      event {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

export const deleteEvent = preview(/* GraphQL */ `
  mutation DeleteEvent($input: DeleteEventInput!) {
    deleteEvent(input: $input) {
      deletedEventId
    }
  }
`);
