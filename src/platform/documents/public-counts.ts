import { preview } from './typed.js';

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
