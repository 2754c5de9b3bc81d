import { randomBytes, randomUUID } from 'node:crypto';

import { BallotBox } from '../ballot-box.js';
import type { ParticipantRow } from '../rows.js';
import { isVotable } from '../rules/project.js';
import { meetsRequirements } from '../rules/requirements.js';
import { isOpen } from '../rules/time.js';
import { acceptsVotes, countsFrom, isTooDear } from '../rules/voting.js';
import type { Context } from './context.js';
import { UserError } from './errors.js';
import type { TypeResolvers } from './fields.js';
import { findParticipant } from './participant.js';
import { findProposalVote, listProposalVotes, readProposalVote } from './votes.js';
import {
  mustContain,
  needProposal,
  needStep,
  replaceBallot,
  type Ballot,
  type Input,
  type ProposalAndStep,
} from './voting.js';

function newParticipant({ sql, objects, now }: Context): ParticipantRow {
  const id = randomUUID();
  const token = randomBytes(16).toString('hex');
  sql.run('INSERT INTO participant (id, token, created_at) VALUES (?, ?, ?)', id, token, now);
  return objects.participant(id);
}

type AddInput = Input<ProposalAndStep & { readonly token?: string | null; readonly anonymously?: boolean | null }>;

/**
 * A vote without an account. Refusals that are a code leave out the participant, whom the schema promises: who asks for
 * one gets no answer at all instead of the code.
 */
function addProposalSmsVote(_: unknown, { input }: AddInput, context: Context) {
  const { sql, now } = context;
  const proposal = needProposal(input.proposalId, context);
  const step = needStep(input.stepId, context);
  mustContain(step, proposal, context);
  if (!acceptsVotes(step, [], proposal, now)) throw new UserError('This step is no longer contributable.');
  if (!isVotable(step)) throw new UserError('This step is not votable.');

  return sql.transaction(() => {
    // A token that nobody has is no mistake: it makes somebody new.
    const participant = findParticipant(input.token, context) ?? newParticipant(context);
    const refuse = (errorCode: string) => ({
      errorCode,
      shouldTriggerConsentInternalCommunication: false,
      clientMutationId: input.clientMutationId,
    });
    const box = new BallotBox(sql, step, participant);
    const before = box.count();
    if (step.votes_limit !== null && before >= step.votes_limit) {
      // The votes that there are; they are looked for by the token as it was sent, and in base64 it finds none.
      const mine = ['v.step_id = ?', 'v.participant_id = (SELECT id FROM participant WHERE token = ?)'];
      const votes = listProposalVotes(mine, [step.id, input.token ?? ''], {}, context, step);
      return { ...refuse('VOTE_LIMIT_REACHED'), votes };
    }
    if (box.isPhoneTaken()) return refuse('PHONE_ALREADY_USED');
    // What a participant has already spent is not added up, so only what nobody could pay is too dear.
    if (isTooDear(step, proposal, [])) throw new UserError('proposal.vote.not_enough_credits');

    const complete = before + 1 < countsFrom(step) || meetsRequirements(sql, step, participant);
    const id = box.add(proposal.id, input.anonymously ?? true, complete, now);
    if (id === undefined) return refuse('PROPOSAL_ALREADY_VOTED');

    const vote = readProposalVote(sql, id);
    return {
      vote,
      voteEdge: { cursor: Buffer.from('arrayconnection:0').toString('base64'), node: vote },
      participant,
      participantToken: participant.token,
      shouldTriggerConsentInternalCommunication:
        complete && before + 1 === countsFrom(step) && !participant.consent_internal_communication,
      clientMutationId: input.clientMutationId,
    };
  });
}

type RemoveInput = Input<ProposalAndStep & { readonly token: string }>;

function removeProposalSmsVote(_: unknown, { input }: RemoveInput, context: Context) {
  const { sql, now } = context;
  const { clientMutationId } = input;
  const proposal = needProposal(input.proposalId, context);
  const step = needStep(input.stepId, context);
  const participant = findParticipant(input.token, context);
  if (!participant) return { errorCode: 'PARTICIPANT_NOT_FOUND', clientMutationId };

  return sql.transaction(() => {
    const vote = findProposalVote(context, participant, proposal.id, step.id);
    if (!vote) throw new UserError('You have not voted for this proposal in this step.');
    if (!isOpen(step, now)) throw new UserError('This step is no longer contributable.');
    new BallotBox(sql, step, participant).remove(vote.id);
    return { proposal, step, participant, previousVoteId: String(vote.id), clientMutationId };
  });
}

function updateAnonymousProposalVotes(
  _: unknown,
  { input }: Input<Ballot & { readonly token: string }>,
  context: Context,
) {
  const participant = findParticipant(input.token, context);
  // The platform does not expect this either, and answers as it does to any fault of its own.
  if (!participant) throw new Error('No participant has this token');
  return { step: replaceBallot(participant, input, context), clientMutationId: input.clientMutationId };
}

export const participantMutations: TypeResolvers = {
  addProposalSmsVote,
  removeProposalSmsVote,
  updateAnonymousProposalVotes,
};
