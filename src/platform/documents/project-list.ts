import { projectCard } from './public.js';
import { preview } from './typed.js';

/** A page of projects. Districts are asked for only where they are looked at. */
export const projectList = preview(
  /* GraphQL */ `
    query ProjectList($first: Int!, $after: String, $order: ProjectOrderField!, $theme: ID, $placed: Boolean!) {
      projects(first: $first, after: $after, orderBy: { field: $order, direction: DESC }, theme: $theme) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ProjectCard
            districts @include(if: $placed) {
              edges {
                node {
                  id
                }
              }
            }
          }
        }
      }
    }
  `,
  [projectCard],
);
