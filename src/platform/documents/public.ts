import { preview } from './typed.js';

/** What a card shows, as far as the preview schema has it. */
export const projectCard = preview(/* GraphQL */ `
  fragment ProjectCard on Project {
    id
    url
    title
    cover {
      url
    }
    type {
      title
    }
    themes {
      title
    }
    steps {
      __typename
      id
      title
      state
      timeRange {
        startAt
        endAt
      }
    }
    votes {
      totalCount
    }
    contributions {
      totalCount
    }
    contributors {
      totalCount
    }
  }
`);
