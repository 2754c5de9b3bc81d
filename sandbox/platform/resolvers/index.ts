import { consultationQueries, consultationResolvers } from './consultation.js';
import { eventQueries, eventResolvers } from './event.js';
import type { TypeResolvers } from './fields.js';
import { mediaResolvers } from './media.js';
import { peopleQueries, peopleResolvers } from './people.js';
import { projectQueries, projectResolvers } from './project.js';
import { proposalQueries, proposalResolvers } from './proposal.js';
import { questionnaireResolvers } from './questionnaire.js';
import { DateTime } from './scalars.js';
import { siteQueries, siteResolvers } from './site.js';
import { stepResolvers } from './step.js';
import { voteQueries, voteResolvers } from './votes.js';

const Query: TypeResolvers = {
  ...siteQueries,
  ...projectQueries,
  ...proposalQueries,
  ...voteQueries,
  ...consultationQueries,
  ...eventQueries,
  ...peopleQueries,
};

/** Every resolver there is; each endpoint takes those that its schema names. */
export const resolvers = {
  DateTime,
  Query,
  ...siteResolvers,
  ...mediaResolvers,
  ...projectResolvers,
  ...stepResolvers,
  ...proposalResolvers,
  ...voteResolvers,
  ...consultationResolvers,
  ...questionnaireResolvers,
  ...eventResolvers,
  ...peopleResolvers,
};
