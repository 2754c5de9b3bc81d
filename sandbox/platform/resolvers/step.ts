import { rawId } from '../ids.js';
import type { ProposalFormRow, RequirementRow, StepRow, UserRow } from '../rows.js';
import { canDisplayBallot, credits, voteTypes } from '../rules/ballot.js';
import { isVotable } from '../rules/project.js';
import { meetsRequirement, meetsRequirements, requirementsOf } from '../rules/requirements.js';
import { isOpen, stateOf, timeRange } from '../rules/time.js';
import { arrayConnection, type PageArgs } from './connection.js';
import { requireViewer, type Context } from './context.js';
import { consultationContributions, type ContributionArgs } from './consultation-lists.js';
import { listEvents, type EventArgs } from './event-list.js';
import { withGlobalId, type Resolve, type TypeResolvers } from './fields.js';
import { mediaOf } from './media.js';
import { participantOfCookie } from './participant.js';
import { contributors } from './people.js';
import { listProposals, type ProposalListArgs } from './proposal-list.js';
import { emptyProposalVotes, listVotes, viewerVotes, type ViewerVotesArgs } from './votes.js';

/** What every step has. */
const shared = {
  label: (step: StepRow & { readonly label: string }) => step.label,
  url: (step: StepRow, _: unknown, { links }: Context) => links.step(step),
  cover: mediaOf,
  state: (step: StepRow, _: unknown, { now }: Context) => stateOf(step, now),
  timeRange: (step: StepRow, _: unknown, { now }: Context) => timeRange(step, now),
  project: (step: StepRow, _: unknown, { objects }: Context) => objects.project(step.project_id),
  events: (step: StepRow, args: EventArgs, context: Context) =>
    listEvents(context, args, ['v.id IN (SELECT event_id FROM event_step WHERE step_id = ?)'], [step.id]),
};

/** Whether a person, or an account-less participant, has what a step asks for. The latter tell nothing of themselves here. */
function requirements(step: StepRow, args: PageArgs, { sql, viewer }: Context) {
  const all = requirementsOf(sql, step);
  return {
    ...arrayConnection<RequirementRow, RequirementRow>(all, args, (requirement) => requirement),
    reason: step.requirements_reason,
    viewerMeetsTheRequirements: viewer !== undefined && meetsRequirements(sql, step, viewer),
    participantMeetsTheRequirements: all.length === 0,
  };
}

function statuses(step: StepRow, _: unknown, { sql }: Context) {
  return sql.all('SELECT * FROM step_status WHERE step_id = ? ORDER BY position', step.id);
}

/** What steps with proposals have. */
const proposalStep = {
  ...shared,
  requirements,
  allRequirements: requirements,
  open: (step: StepRow, _: unknown, { now }: Context) => isOpen(step, now),
  votable: isVotable,
  voteTypes,
  budget: (step: StepRow) => (step.budget === null ? null : Math.trunc(step.budget)),
  canDisplayBallot: (step: StepRow, _: unknown, { now }: Context) => canDisplayBallot(step, now),
  statuses,
  defaultStatus: (step: StepRow, _: unknown, { sql }: Context) =>
    sql.get('SELECT * FROM step_status WHERE step_id = ? ORDER BY position LIMIT 1', step.id),
  viewerVotes: (step: StepRow, args: ViewerVotesArgs & { readonly token?: string | null }, context: Context) => {
    const voter = context.viewer ?? participantOfCookie(args.token, context);
    return voter
      ? viewerVotes(voter, { ...args, stepId: step.id, includeUnpublished: true }, context)
      : { ...emptyProposalVotes(), ...credits(step, []) };
  },
  contributors: (step: StepRow, args: PageArgs, context: Context) => contributors(['step_id', step.id], args, context),
};

const CollectStep = {
  ...withGlobalId('CollectStep'),
  ...proposalStep,
  private: () => false,
  form: (step: StepRow, _: unknown, { objects }: Context) =>
    objects.list<ProposalFormRow>('form', 'WHERE f.step_id = ?', step.id)[0],
  proposals: (step: StepRow, args: ProposalListArgs, context: Context) =>
    listProposals(context, ['s.id = ?'], [step.id], args, step),
};

/** A selection step shows the form of the proposals that it selects. */
function formOfSelection(step: StepRow, _: unknown, { objects }: Context): ProposalFormRow | undefined {
  return objects.list<ProposalFormRow>(
    'form',
    `WHERE s.project_id = ? AND s.position < ? ORDER BY s.position DESC LIMIT 1`,
    step.project_id,
    step.position,
  )[0];
}

const SelectionStep = {
  ...withGlobalId('SelectionStep'),
  ...proposalStep,
  form: formOfSelection,
  proposals: (step: StepRow, args: ProposalListArgs, context: Context) =>
    listProposals(
      context,
      ['p.id IN (SELECT n.proposal_id FROM proposal_selection n WHERE n.step_id = ?)'],
      [step.id],
      args,
      step,
    ),
};

function consultationsOf(step: StepRow, args: PageArgs, { objects }: Context) {
  const rows = objects.list('consultation', 'WHERE c.step_id = ? ORDER BY c.position', step.id);
  return arrayConnection(rows, args, (row) => row);
}

const publishedVotes = ['b.step_id = ?', 'b.published_at IS NOT NULL'];

const ConsultationStep = {
  ...withGlobalId('ConsultationStep'),
  ...shared,
  requirements,
  allRequirements: requirements,
  contribuable: (step: StepRow, _: unknown, { now }: Context) => isOpen(step, now),
  consultations: consultationsOf,
  consultation: (step: StepRow, { slug }: { slug: string }, { objects }: Context) =>
    objects.list('consultation', 'WHERE c.step_id = ? AND c.slug = ?', step.id, slug)[0],
  contributors: (step: StepRow, args: PageArgs, context: Context) => contributors(['step_id', step.id], args, context),
  contributions: (step: StepRow, args: ContributionArgs, context: Context) =>
    consultationContributions(['step_id', step.id], args, context),
  votes: (step: StepRow, args: PageArgs, context: Context) => listVotes(publishedVotes, [step.id], args, context),
  votesCount: (step: StepRow, _: unknown, context: Context) =>
    listVotes(publishedVotes, [step.id], {}, context).totalCount(),
};

const QuestionnaireStep = {
  ...withGlobalId('QuestionnaireStep'),
  ...shared,
  requirements,
  allRequirements: requirements,
  questionnaire: (step: StepRow, _: unknown, { objects }: Context) =>
    objects.list('questionnaire', 'WHERE q.step_id = ?', step.id)[0],
  contributors: (step: StepRow, args: PageArgs, context: Context) => contributors(['step_id', step.id], args, context),
};

const DebateStep = {
  ...withGlobalId('DebateStep'),
  ...shared,
  debateType: () => 'FACE_TO_FACE',
  contributors: (step: StepRow, args: PageArgs, context: Context) => contributors(['step_id', step.id], args, context),
};

type RequirementResolver = Resolve<RequirementRow>;

const meets: RequirementResolver = (requirement, _, context) =>
  meetsRequirement(context.sql, requirement, requireViewer(context));

/** What somebody has already said; nobody sees another's. */
const viewerValue =
  (field: keyof UserRow): RequirementResolver =>
  (_requirement, _args, { viewer }) =>
    viewer?.[field];

const requirement = {
  ...withGlobalId('Requirement'),
  viewerMeetsTheRequirement: meets,
  participantMeetsTheRequirement: () => false,
};

const requirementResolvers: Record<string, TypeResolvers> = {
  CheckboxRequirement: requirement,
  FirstnameRequirement: { ...requirement, viewerValue: viewerValue('firstname') },
  LastnameRequirement: { ...requirement, viewerValue: viewerValue('lastname') },
  DateOfBirthRequirement: { ...requirement, viewerDateOfBirth: viewerValue('date_of_birth') },
  PostalAddressRequirement: requirement,
  ZipCodeRequirement: requirement,
  PhoneRequirement: { ...requirement, viewerValue: viewerValue('phone') },
  PhoneVerifiedRequirement: requirement,
  EmailVerifiedRequirement: { ...requirement, viewerValue: viewerValue('email') },
  IdentificationCodeRequirement: { ...requirement, viewerValue: viewerValue('user_identification_code') },
  FranceConnectRequirement: requirement,
  SSORequirement: requirement,
  ConsentPrivacyPolicyRequirement: requirement,
};

export const stepResolvers: Record<string, TypeResolvers> = {
  CollectStep,
  SelectionStep,
  ConsultationStep,
  QuestionnaireStep,
  DebateStep,
  // The ids of these three are raw.
  PresentationStep: shared,
  OtherStep: shared,
  RankingStep: shared,
  ...requirementResolvers,
};

/** A step by its address. */
export function stepBySlug(
  slug: string,
  project: string | null | undefined,
  { objects }: Context,
): StepRow | undefined {
  return objects
    .list<StepRow>(
      'step',
      'JOIN project p ON p.id = s.project_id WHERE s.slug = ? AND (? IS NULL OR p.slug = ? OR p.id = ?)',
      slug,
      project ?? null,
      project ?? null,
      project ? rawId(project) : null,
    )
    .find((step) => objects.sees(step));
}
