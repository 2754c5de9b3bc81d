import { rawId, globalId } from '../ids.js';
import type { ProposalFormRow, ProposalRow, StepRow } from '../rows.js';
import { isAdmin } from '../rules/access.js';
import { canDisplayBallot } from '../rules/ballot.js';
import { isVotable } from '../rules/project.js';
import { isOpen } from '../rules/time.js';
import type { PageArgs } from './connection.js';
import { requireViewer, type Context } from './context.js';
import { contributionFields } from './contribution.js';
import { address, plainText, withGlobalId, type TypeResolvers } from './fields.js';
import { mediaOf } from './media.js';
import { participantOfCookie } from './participant.js';
import { emptyProposalVotes, findProposalVote, listProposalVotes, type VoteOrder } from './votes.js';

interface VotesArgs extends PageArgs {
  readonly orderBy?: VoteOrder | null;
  readonly stepId?: string | null;
  readonly includeUnpublished?: boolean;
  readonly includeNotAccounted?: boolean;
  readonly includeSecretBallot?: boolean;
}

interface ContributorArgs {
  readonly step: string;
  readonly token?: string | null;
}

interface StepArgs {
  readonly stepId?: string | null;
}

/** The steps through which a proposal has gone, in the project's order. */
export function stepsOf(proposal: ProposalRow, { objects }: Context): StepRow[] {
  return objects.list<StepRow>(
    'step',
    `WHERE s.id = ? OR s.id IN (SELECT n.step_id FROM proposal_selection n WHERE n.proposal_id = ?) ORDER BY s.position`,
    proposal.step_id,
    proposal.id,
  );
}

function votableSteps(proposal: ProposalRow, context: Context): StepRow[] {
  return stepsOf(proposal, context).filter((step) => step.enabled && isVotable(step));
}

/** The step to vote in: the one that is open, else the one to come, else the last that was. */
function currentVotableStep(proposal: ProposalRow, context: Context): StepRow | null {
  const steps = votableSteps(proposal, context);
  return (
    steps.find((step) => isOpen(step, context.now)) ??
    steps.find((step) => step.start_at !== null && step.start_at > context.now) ??
    steps.at(-1) ??
    null
  );
}

/** Before its results are published, a secret ballot hides its counts in the step, and forgets to elsewhere. */
function isHidden(proposal: ProposalRow, step: StepRow, { viewer, now, sql }: Context): boolean {
  if (canDisplayBallot(step, now) || isAdmin(viewer)) return false;
  return (
    !viewer ||
    sql.number(
      `SELECT count(*) FROM project p LEFT JOIN project_author a ON a.project_id = p.id AND a.user_id = ?
        WHERE p.id = ? AND (p.owner_id = ? OR a.user_id IS NOT NULL)`,
      viewer.id,
      proposal.project_id,
      viewer.id,
    ) === 0
  );
}

function votes(proposal: ProposalRow, args: VotesArgs, context: Context) {
  const step = args.stepId ? context.objects.read<StepRow>('step', rawId(args.stepId)) : undefined;
  if (args.stepId && !step) return emptyProposalVotes();
  if (step && !args.includeSecretBallot && isHidden(proposal, step, context)) return emptyProposalVotes();
  const where = ['v.proposal_id = ?', "v.completion_status = 'COMPLETED'"];
  if (step) where.push('v.step_id = ?');
  if (!args.includeUnpublished) where.push('v.published_at IS NOT NULL');
  if (!args.includeNotAccounted) where.push('v.is_accounted = 1');
  return listProposalVotes(where, step ? [proposal.id, step.id] : [proposal.id], args, context, step);
}

function paperVotes(proposal: ProposalRow, { stepId }: StepArgs, { sql }: Context) {
  return sql.all<{ proposal_id: string; step_id: string; total_count: number; total_points_count: number }>(
    'SELECT * FROM paper_vote WHERE proposal_id = ? AND (? IS NULL OR step_id = ?)',
    proposal.id,
    stepId ? rawId(stepId) : null,
    stepId ? rawId(stepId) : null,
  );
}

function status(proposal: ProposalRow, { step }: { step?: string | null }, { sql, objects }: Context) {
  const asked = step ? objects.read<StepRow>('step', rawId(step)) : undefined;
  const id =
    asked?.type === 'SelectionStep'
      ? sql.get<{ status_id: string | null }>(
          'SELECT status_id FROM proposal_selection WHERE proposal_id = ? AND step_id = ?',
          proposal.id,
          asked.id,
        )?.status_id
      : proposal.status_id;
  return id ? sql.get('SELECT * FROM step_status WHERE id = ?', id) : null;
}

function publicationStatus(proposal: ProposalRow): string {
  if (proposal.deleted_at !== null) return 'DELETED';
  if (proposal.draft) return 'DRAFT';
  if (proposal.trashed_at !== null) return proposal.trashed_status === 'INVISIBLE' ? 'TRASHED_NOT_VISIBLE' : 'TRASHED';
  if (proposal.is_archived) return 'ARCHIVED';
  return proposal.published_at === null ? 'UNPUBLISHED' : 'PUBLISHED';
}

/** When a proposal that has not reached its step's threshold will be put away. */
function archiveLimitDate(proposal: ProposalRow, context: Context): number | null {
  const step = currentVotableStep(proposal, context);
  if (!step?.proposal_archived_time || proposal.published_at === null) return null;
  const limit = new Date(Math.max(proposal.published_at, step.start_at ?? 0));
  if (step.proposal_archived_unit_time === 'MONTHS')
    limit.setUTCMonth(limit.getUTCMonth() + step.proposal_archived_time);
  else limit.setUTCDate(limit.getUTCDate() + step.proposal_archived_time);
  return limit.getTime();
}

const byColumn =
  (table: string, column: 'theme_id' | 'category_id') =>
  (row: ProposalRow, _: unknown, { sql }: Context) =>
    row[column] === null ? null : sql.get(`SELECT * FROM ${table} WHERE id = ?`, row[column]);

const Proposal = {
  ...withGlobalId('Proposal'),
  ...contributionFields,
  url: (row: ProposalRow, _: unknown, { links }: Context) => links.proposal(row),
  reference: (row: ProposalRow, { full }: { full?: boolean | null }, { objects, endpoint }: Context) =>
    (full ?? endpoint !== 'internal')
      ? `${objects.form(row.form_id).reference}-${row.reference}`
      : String(row.reference),
  bodyText: (row: ProposalRow) => (row.body === null ? null : plainText(row.body)),
  summaryOrBodyExcerpt: (row: ProposalRow) => row.summary ?? (row.body === null ? null : excerpt(plainText(row.body))),
  media: mediaOf,
  theme: byColumn('theme', 'theme_id'),
  category: byColumn('proposal_category', 'category_id'),
  district: (row: ProposalRow, _: unknown, { objects }: Context) => objects.read('proposalDistrict', row.district_id),
  address: (row: ProposalRow) => address(row),
  form: (row: ProposalRow, _: unknown, { objects }: Context) => objects.form(row.form_id),
  related: () => null,
  selections: (row: ProposalRow, _: unknown, { sql, objects }: Context) =>
    sql
      .all<{ step_id: string; status_id: string | null }>(
        `SELECT n.* FROM proposal_selection n JOIN step s ON s.id = n.step_id WHERE n.proposal_id = ? ORDER BY s.position`,
        row.id,
      )
      .map(({ step_id: step, status_id: id }) => ({
        step: objects.step(step),
        status: id === null ? null : sql.get('SELECT * FROM step_status WHERE id = ?', id),
      })),
  status,
  progressSteps: (row: ProposalRow, _: unknown, { sql }: Context) =>
    sql.all('SELECT * FROM progress_step WHERE proposal_id = ? ORDER BY start_at', row.id),
  officialResponse: (row: ProposalRow, _: unknown, { sql }: Context) =>
    sql.get('SELECT * FROM official_response WHERE proposal_id = ?', row.id),
  comments: (row: ProposalRow, _: unknown, { sql }: Context) => {
    const count = 'SELECT count(*) FROM comment WHERE proposal_id = ?';
    return {
      totalCount: sql.number(`${count} AND parent_id IS NULL`, row.id),
      totalCountWithAnswers: sql.number(count, row.id),
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    };
  },
  publicationStatus,
  contribuable: (row: ProposalRow, _: unknown, context: Context) =>
    !row.is_archived && stepsOf(row, context).some((step) => isOpen(step, context.now)),
  archiveLimitDate: (row: ProposalRow, _: unknown, context: Context) => archiveLimitDate(row, context),
  currentVotableStep: (row: ProposalRow, _: unknown, context: Context) => currentVotableStep(row, context),
  votableSteps: (row: ProposalRow, _: unknown, context: Context) => votableSteps(row, context),
  lastStepContainingProposal: (row: ProposalRow, _: unknown, context: Context) => stepsOf(row, context).at(-1),
  votes,
  paperVotes: (row: ProposalRow, args: StepArgs, context: Context) =>
    paperVotes(row, args, context).map((count) => ({
      ...count,
      proposal: row,
      step: context.objects.step(count.step_id),
    })),
  paperVotesTotalCount: (row: ProposalRow, args: StepArgs, context: Context) =>
    paperVotes(row, args, context).reduce((sum, { total_count: count }) => sum + count, 0),
  paperVotesTotalPointsCount: (row: ProposalRow, args: StepArgs, context: Context) =>
    paperVotes(row, args, context).reduce((sum, { total_points_count: points }) => sum + points, 0),
  viewerHasVote: (row: ProposalRow, { step }: { step: string }, context: Context) =>
    findProposalVote(context, requireViewer(context), row.id, step)?.completion_status === 'COMPLETED',
  viewerVote: (row: ProposalRow, { step }: { step: string }, context: Context) =>
    findProposalVote(context, requireViewer(context), row.id, step),
  contributorVote: (row: ProposalRow, { step, token }: ContributorArgs, context: Context) => {
    const voter = context.viewer ?? participantOfCookie(token, context);
    return voter && findProposalVote(context, voter, row.id, step);
  },
};

function excerpt(text: string): string {
  return text.length > 140 ? `${text.slice(0, text.lastIndexOf(' ', 139))}…` : text;
}

const ProposalForm = {
  url: (form: ProposalFormRow, _: unknown, { links, objects }: Context) => links.step(objects.step(form.step_id)),
  step: (form: ProposalFormRow, _: unknown, { objects }: Context) => objects.step(form.step_id),
  contribuable: (form: ProposalFormRow, _: unknown, { objects, now }: Context) =>
    isOpen(objects.step(form.step_id), now),
  isProposalForm: (form: ProposalFormRow) => form.object_type === 'PROPOSAL',
  categories: (form: ProposalFormRow, _: unknown, { sql }: Context) =>
    sql.all('SELECT * FROM proposal_category WHERE form_id = ? ORDER BY name', form.id),
  districts: (form: ProposalFormRow, { order }: { order?: string | null }, { objects }: Context) =>
    objects.list(
      'proposalDistrict',
      `WHERE d.form_id = ? ORDER BY d.${order === 'ALPHABETICAL' ? 'name' : 'position'}`,
      form.id,
    ),
};

const OfficialResponse = {
  ...withGlobalId('OfficialResponse'),
  isPublished: (row: { published_at: number | null }) => row.published_at !== null,
  authors: (row: { author_id: string }, _: unknown, { objects }: Context) => [objects.user(row.author_id)],
  proposal: (row: { proposal_id: string }, _: unknown, { objects }: Context) => objects.proposal(row.proposal_id),
};

const ProposalCategory = {
  categoryImage: (row: { id: string; media_id: string | null }, _: unknown, { sql }: Context) =>
    row.media_id === null
      ? null
      : { id: row.media_id, image: sql.get('SELECT * FROM media WHERE id = ?', row.media_id), isDefault: false },
};

export const proposalResolvers: Record<string, TypeResolvers> = {
  Proposal,
  ProposalForm,
  ProposalCategory,
  OfficialResponse,
  ProgressStep: { id: ({ id }: { id: string }) => globalId('ProgressStep', id) },
};

export const proposalQueries = {
  proposalFromSlug: (_: unknown, { slug }: { slug: string }, { objects }: Context) =>
    objects
      .list<ProposalRow>('proposal', 'WHERE p.slug = ? ORDER BY p.created_at DESC', slug)
      .find((row) => objects.sees(row)),
};
