import { internal } from './typed.js';

/** What the platform has switched on. */
export const featureFlags = internal(/* GraphQL */ `
  query FeatureFlags {
    featureFlags {
      type
      enabled
    }
  }
`);

/** The services that sign people in for the platform. Strangers may read no more of them. */
export const signInServices = internal(/* GraphQL */ `
  query SignInServices {
    ssoConfigurations {
      edges {
        node {
          __typename
          name
          enabled
        }
      }
    }
  }
`);
