import { BallotBox, columnOf } from '../ballot-box.js';
import { rawId } from '../ids.js';
import type { ProposalRow, ProposalVoteRow, StepRow, UserRow, VoterRow } from '../rows.js';
import { isVotable } from '../rules/project.js';
import { meetsRequirements, requirementById, requirementsOf } from '../rules/requirements.js';
import { isOpen } from '../rules/time.js';
import { acceptsVotes, canContribute, countsFrom, isTooDear } from '../rules/voting.js';
import { requireViewer, type Context } from './context.js';
import { UserError } from './errors.js';
import type { TypeResolvers } from './fields.js';
import { findParticipant } from './participant.js';
import { participants } from './people.js';
import { findProposalVote, readProposalVote } from './votes.js';

export interface Input<T> {
  readonly input: T & { readonly clientMutationId?: string | null };
}

export interface ProposalAndStep {
  readonly proposalId: string;
  readonly stepId: string;
}

export function needProposal(id: string, { objects }: Context): ProposalRow {
  const proposal = objects.findTyped<ProposalRow>(id, 'Proposal');
  if (!proposal) throw new UserError(`Unknown proposal with id: ${id}`);
  return proposal;
}

/** A step with proposals; mutations do not all word their refusal of anything else alike. */
export function needStep(
  id: string,
  { objects }: Context,
  unknown = `Unknown step with id: ${id}`,
  wrong = `Wrong step with id: ${id}`,
): StepRow {
  const found = objects.find(id);
  if (!found) throw new UserError(unknown);
  const step = objects.findTyped<StepRow>(id, 'CollectStep', 'SelectionStep');
  if (!step) throw new UserError(wrong);
  return step;
}

export function mustContain(step: StepRow, proposal: ProposalRow, { sql }: Context): void {
  if (step.type === 'CollectStep') {
    if (proposal.step_id === step.id) return;
    throw new UserError('This proposal is not associated to this collect step.');
  }
  const selection = 'SELECT count(*) FROM proposal_selection WHERE proposal_id = ? AND step_id = ?';
  if (sql.number(selection, proposal.id, step.id) > 0) return;
  throw new UserError('This proposal is not associated to this selection step.');
}

/** Whether a project counts somebody among those who took part in it. */
function takesPart(voter: UserRow, { project_id: id }: StepRow, { sql }: Context): boolean {
  const count = `SELECT count(*) FROM (${participants('project_id')}) WHERE author_id = ?`;
  return sql.number(count, id, id, voter.id) > 0;
}

type AddInput = Input<ProposalAndStep & { readonly anonymously?: boolean | null }>;

/** Some refusals are errors, others a code in the answer. Requirements are neither: the vote is taken and set aside. */
function addProposalVote(_: unknown, { input }: AddInput, context: Context) {
  const { sql, now } = context;
  const viewer = requireViewer(context);
  const proposal = needProposal(input.proposalId, context);
  const step = needStep(input.stepId, context);
  mustContain(step, proposal, context);
  const answer = {
    viewer,
    shouldTriggerConsentInternalCommunication: false,
    shouldIncrementProjectContributorsTotalCount: false,
    clientMutationId: input.clientMutationId,
  };
  const requirements = requirementsOf(sql, step);
  if (!acceptsVotes(step, requirements, proposal, now)) return { ...answer, errorCode: 'CONTRIBUTION_NOT_ALLOWED' };
  if (!isVotable(step)) throw new UserError('This step is not votable.');

  return sql.transaction(() => {
    const box = new BallotBox(sql, step, viewer);
    const before = box.count();
    const tookPart = takesPart(viewer, step, context);
    if (step.votes_limit !== null && before >= step.votes_limit)
      throw new UserError('You have reached the limit of votes.');
    if (box.isPhoneTaken()) return { ...answer, errorCode: 'PHONE_ALREADY_USED' };
    if (isTooDear(step, proposal, box.costs())) throw new UserError('proposal.vote.not_enough_credits');

    // Before the minimum is reached nothing counts, so nothing is asked for.
    const complete = before + 1 < countsFrom(step) || meetsRequirements(sql, step, viewer);
    const id = box.add(proposal.id, input.anonymously ?? true, complete, now);
    if (id === undefined) throw new UserError('proposal.vote.already_voted');

    const vote = readProposalVote(sql, id);
    return {
      ...answer,
      vote,
      voteEdge: { cursor: Buffer.from('arrayconnection:0').toString('base64'), node: vote },
      shouldTriggerConsentInternalCommunication:
        complete && before + 1 === countsFrom(step) && !viewer.consent_internal_communication,
      shouldIncrementProjectContributorsTotalCount: !tookPart && takesPart(viewer, step, context),
    };
  });
}

function removeProposalVote(_: unknown, { input }: Input<ProposalAndStep>, context: Context) {
  const { sql, now } = context;
  const viewer = requireViewer(context);
  const proposal = needProposal(input.proposalId, context);
  const step = needStep(input.stepId, context);

  return sql.transaction(() => {
    const vote = findProposalVote(context, viewer, proposal.id, step.id);
    if (!vote) throw new UserError('You have not voted for this proposal in this step.');
    // A withdrawal asks for less than a vote does: the dates alone.
    if (!isOpen(step, now)) throw new UserError('This step is no longer contributable.');
    const tookPart = takesPart(viewer, step, context);
    const areRemainingVotesAccounted = new BallotBox(sql, step, viewer).remove(vote.id);
    return {
      proposal,
      step,
      viewer,
      previousVoteId: String(vote.id),
      areRemainingVotesAccounted,
      shouldDecrementContributorsTotalCount: tookPart && !takesPart(viewer, step, context),
      clientMutationId: input.clientMutationId,
    };
  });
}

export interface Ballot {
  readonly step: string;
  readonly votes: readonly { readonly id: string; readonly anonymous: boolean }[];
}

/** The list is the whole ballot in its order: what it leaves out is deleted. Money and minimum are not looked at. */
export function replaceBallot(voter: VoterRow, { step: id, votes }: Ballot, context: Context): StepRow {
  const { sql, now } = context;
  const step = needStep(id, context, `Unknown step with id "${id}"`, `Not good step with id "${id}"`);
  const open = canContribute(step, now);

  return sql.transaction(() => {
    const box = new BallotBox(sql, step, voter);
    const kept = new Map(votes.map(({ id: voteId, anonymous }, place) => [voteId, { anonymous, place }]));
    for (const voteId of box.ids()) {
      const vote = kept.get(String(voteId));
      if (vote) {
        sql.run('UPDATE proposal_vote SET anonymous = ? WHERE id = ?', vote.anonymous ? 1 : 0, voteId);
        if (open && step.votes_ranking)
          sql.run('UPDATE proposal_vote SET ranking = ? WHERE id = ?', vote.place, voteId);
      } else {
        if (!open) throw new UserError('This step is not contribuable.');
        box.remove(voteId);
      }
    }
    return step;
  });
}

function updateProposalVotes(_: unknown, { input }: Input<Ballot>, context: Context) {
  return {
    step: replaceBallot(requireViewer(context), input, context),
    clientMutationId: input.clientMutationId,
  };
}

type VisibilityInput = Input<{
  readonly stepId: string;
  readonly anonymous: boolean;
  readonly participantToken?: string | null;
}>;

/** Shows the name beside all the votes of a step, or beside none; dates do not matter. Who has no account may as well. */
function updateVotesVisibility(_: unknown, { input }: VisibilityInput, context: Context) {
  const { sql, viewer } = context;
  const voter = viewer ?? findParticipant(input.participantToken, context) ?? requireViewer(context);
  const step = needStep(input.stepId, context);
  sql.run(
    `UPDATE proposal_vote SET anonymous = ? WHERE ${columnOf(voter)} = ? AND step_id = ?`,
    input.anonymous ? 1 : 0,
    voter.id,
    step.id,
  );
  return {
    votes: new BallotBox(sql, step, voter).ids().map((id) => readProposalVote(sql, id)),
    clientMutationId: input.clientMutationId,
  };
}

type RequirementInput = Input<{
  readonly values: readonly ({ readonly requirementId: string; readonly value: boolean } | null)[];
}>;

/** Ticks the boxes that a step asks for, or clears them. */
function updateRequirement(_: unknown, { input }: RequirementInput, context: Context) {
  const { sql } = context;
  const viewer = requireViewer(context);
  return sql.transaction(() => {
    const requirements = input.values.flatMap((ticked) => {
      if (!ticked) return [];
      const requirement = requirementById(sql, rawId(ticked.requirementId));
      if (!requirement) throw new UserError(`Unknown requirement with id: ${ticked.requirementId}`);
      sql.run(
        ticked.value
          ? 'INSERT INTO user_requirement (user_id, requirement_id) VALUES (?, ?) ON CONFLICT DO NOTHING'
          : 'DELETE FROM user_requirement WHERE user_id = ? AND requirement_id = ?',
        viewer.id,
        requirement.id,
      );
      return requirement;
    });
    return { viewer, requirements, clientMutationId: input.clientMutationId };
  });
}

/** Finishes a vote that was set aside, once its voter has what the step requires. */
function validateContribution(_: unknown, { input }: Input<{ readonly contributionId: string }>, context: Context) {
  const { sql, objects, links, viewer, now } = context;
  if (!viewer) throw new UserError('You must be logged in or send a participant token');
  return sql.transaction(() => {
    const id = 'SELECT id FROM proposal_vote WHERE user_id = ? AND id = ?';
    const found = sql.get<Pick<ProposalVoteRow, 'id'>>(id, viewer.id, input.contributionId);
    if (!found) throw new UserError(`Unknown contribution with id: ${input.contributionId}`);
    const { step_id: stepId } = readProposalVote(sql, found.id);
    const step = objects.step(stepId);
    if (!canContribute(step, now)) throw new UserError('This step is no longer contributable.');
    if (!meetsRequirements(sql, step, viewer)) throw new UserError('Viewer does not meet the requirements');
    new BallotBox(sql, step, viewer).complete(found.id);
    return { redirectUrl: links.step(step), clientMutationId: input.clientMutationId };
  });
}

export const votingMutations: TypeResolvers = {
  addProposalVote,
  removeProposalVote,
  updateProposalVotes,
  updateVotesVisibility,
  updateRequirement,
  validateContribution,
};
