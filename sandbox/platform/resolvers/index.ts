import { consultationQueries, consultationResolvers } from './consultation.js';
import { eventMutations } from './event-change.js';
import { eventQueries, eventResolvers } from './event.js';
import type { TypeResolvers } from './fields.js';
import { mediaResolvers } from './media.js';
import { participantQueries, participantResolvers } from './participant.js';
import { peopleQueries, peopleResolvers } from './people.js';
import { projectQueries, projectResolvers } from './project.js';
import { proposalQueries, proposalResolvers } from './proposal.js';
import { questionnaireResolvers } from './questionnaire.js';
import { DateTime } from './scalars.js';
import { siteQueries, siteResolvers } from './site.js';
import { stepResolvers } from './step.js';
import { voteQueries, voteResolvers } from './votes.js';
import { votingMutations } from './voting.js';
import { participantMutations } from './voting-participant.js';

const Query: TypeResolvers = {
  ...siteQueries,
  ...projectQueries,
  ...proposalQueries,
  ...voteQueries,
  ...consultationQueries,
  ...eventQueries,
  ...peopleQueries,
  ...participantQueries,
};

/** What this sandbox carries out; the platform publishes more. */
export const mutations = { ...eventMutations, ...votingMutations, ...participantMutations };

/** Every resolver there is; each endpoint takes those that its schema names. */
export const resolvers = {
  DateTime,
  Query,
  Mutation: mutations,
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
  ...participantResolvers,
};
