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
    districts {
      edges {
        node {
          name
        }
      }
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

/** Every number that the preview schema has for a counter. Proposals are left out: it cannot say whether their ballot is secret. */
export const counts = preview(/* GraphQL */ `
  fragment Counts on Node {
    __typename
    ... on Project {
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
    ... on CollectStep {
      proposals(first: 0) {
        totalCount
      }
    }
    ... on SelectionStep {
      proposals(first: 0) {
        totalCount
      }
    }
    ... on ConsultationStep {
      votes {
        totalCount
      }
      contributors {
        totalCount
      }
    }
    ... on QuestionnaireStep {
      contributors {
        totalCount
      }
      questionnaire {
        replies(first: 0) {
          totalCount
        }
      }
    }
    ... on Consultation {
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
    ... on Questionnaire {
      participants {
        totalCount
      }
      replies(first: 0) {
        totalCount
      }
    }
  }
`);
