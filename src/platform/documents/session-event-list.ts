import { internal } from './typed.js';

/** A page of events: those to come, those that are over, or all. */
export const eventList = internal(/* GraphQL */ `
  query EventList($first: Int!, $after: String, $project: ID, $future: Boolean, $direction: OrderDirection!) {
    events(
      first: $first
      after: $after
      project: $project
      isFuture: $future
      orderBy: { field: START_AT, direction: $direction }
    ) {
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
