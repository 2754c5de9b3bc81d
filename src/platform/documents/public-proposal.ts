import { preview } from './typed.js';

/** A proposal to link to. */
export const publicProposal = preview(/* GraphQL */ `
  fragment PublicProposal on Proposal {
    id
    title
    url
  }
`);
