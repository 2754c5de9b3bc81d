import { projectCard } from './session.js';
import { internal } from './typed.js';

/** A page of projects, as the platform's own pages ask for it. */
export const projectList = internal(
  /* GraphQL */ `
    query ProjectList(
      $first: Int!
      $after: String
      $order: ProjectOrderField!
      $theme: ID
      $district: ID
      $status: ID
    ) {
      projects(
        first: $first
        after: $after
        orderBy: { field: $order, direction: DESC }
        theme: $theme
        district: $district
        status: $status
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ProjectCard
          }
        }
      }
    }
  `,
  [projectCard],
);
