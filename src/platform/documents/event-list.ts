import { preview } from './typed.js';

/** A page of events, those that begin last first. */
export const eventList = preview(/* GraphQL */ `
  query EventList($first: Int!, $after: String, $project: ID) {
    events(first: $first, after: $after, project: $project, orderBy: { field: START_AT, direction: DESC }) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          title
          url
          timeRange {
            startAt
            endAt
          }
          googleMapsAddress {
            formatted
          }
        }
      }
    }
  }
`);
