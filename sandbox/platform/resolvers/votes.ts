import { columnOf } from '../ballot-box.js';
import type { Sql, Value } from '../database.js';
import { rawId } from '../ids.js';
import type { ProposalVoteRow, ParticipantRow, StepRow, UserRow, VoteRow, VoterRow } from '../rows.js';
import { credits, pointsSql } from '../rules/ballot.js';
import { notPublishedReason } from '../rules/publication.js';
import { arrayConnection, listConnection, type Direction, type PageArgs } from './connection.js';
import type { Context } from './context.js';
import { AccessDenied } from './errors.js';
import type { TypeResolvers } from './fields.js';

export interface VoteOrder {
  readonly field: 'PUBLISHED_AT' | 'POSITION';
  readonly direction: Direction;
}

/** Votes of every kind; the table of the view is known as `b`. */
export function listVotes(where: readonly string[], values: readonly Value[], args: PageArgs, { sql }: Context) {
  return listConnection<VoteRow>(
    sql,
    {
      columns: 'b.type AS __typename, b.*',
      from: 'ballot b',
      where,
      values,
      order: [
        { by: 'b.created_at', direction: 'DESC' },
        { by: 'b.type', direction: 'ASC' },
      ],
    },
    args,
    (vote) => (vote.__typename === 'ProposalVote' ? readProposalVote(sql, vote.id) : vote),
  );
}

const proposalVoteColumns = "'ProposalVote' AS __typename, v.*, s.project_id, v.proposal_id AS object_id";
const proposalVotes = 'proposal_vote v JOIN step s ON s.id = v.step_id';

export function readProposalVote(sql: Sql, id: number): ProposalVoteRow {
  const vote = sql.get<ProposalVoteRow>(`SELECT ${proposalVoteColumns} FROM ${proposalVotes} WHERE v.id = ?`, id);
  if (!vote) throw new Error(`No vote ${id}`);
  return vote;
}

/** Votes for proposals, known as `v`. Points need a step, as each step has its own scale. */
export function listProposalVotes(
  where: readonly string[],
  values: readonly Value[],
  args: PageArgs & { readonly orderBy?: VoteOrder | null },
  { sql }: Context,
  step?: StepRow,
) {
  const { field = 'PUBLISHED_AT', direction = 'DESC' } = args.orderBy ?? {};
  const by = field === 'POSITION' ? 'coalesce(v.ranking, 1000000)' : 'coalesce(v.published_at, v.created_at)';
  const from = proposalVotes;
  return {
    ...listConnection<ProposalVoteRow>(
      sql,
      {
        columns: proposalVoteColumns,
        from,
        where,
        values,
        order: [{ by, direction }],
      },
      args,
      (vote) => vote,
    ),
    totalPointsCount: () =>
      step ? sql.number(`SELECT sum(${pointsSql(step)}) FROM ${from} WHERE ${where.join(' AND ')}`, ...values) : 0,
  };
}

export function emptyProposalVotes(step?: StepRow) {
  return {
    ...arrayConnection<VoteRow, VoteRow>([], {}, (vote) => vote),
    totalPointsCount: 0,
    ...(step ? credits(step, []) : {}),
  };
}

export interface ViewerVotesArgs extends PageArgs {
  readonly orderBy?: VoteOrder | null;
  readonly stepId?: string | null;
  readonly includeUnpublished?: boolean;
}

/** What somebody chose in a step, or everywhere. A vote that lacks a requirement is not among it. */
export function viewerVotes(voter: VoterRow, args: ViewerVotesArgs, context: Context) {
  const { sql, objects, viewer } = context;
  const step = args.stepId ? objects.read<StepRow>('step', rawId(args.stepId)) : undefined;
  const where = [`v.${columnOf(voter)} = ?`, "v.completion_status = 'COMPLETED'"];
  const values: Value[] = [voter.id];
  if (!args.includeUnpublished) where.push('v.published_at IS NOT NULL');
  // Who knows a participant's token is the participant.
  if (voter.__typename !== 'Participant' && voter.id !== viewer?.id) where.push('v.anonymous = 0');
  if (args.stepId) {
    where.push('v.step_id = ?');
    values.push(rawId(args.stepId));
  }
  const estimations = () =>
    sql
      .all<{ estimation: number | null }>(
        `SELECT p.estimation FROM proposal_vote v JOIN proposal p ON p.id = v.proposal_id WHERE ${where.join(' AND ')}`,
        ...values,
      )
      .map(({ estimation }) => estimation);
  return {
    ...listProposalVotes(where, values, args, context, step),
    creditsSpent: () => (step ? credits(step, estimations()).creditsSpent : null),
    creditsLeft: () => (step ? credits(step, estimations()).creditsLeft : null),
  };
}

/** The vote of one person for one proposal in one step, pending or not. */
export function findProposalVote(
  { sql }: Context,
  voter: VoterRow,
  proposalId: string,
  step: string,
): ProposalVoteRow | undefined {
  return sql.get<ProposalVoteRow>(
    `SELECT ${proposalVoteColumns} FROM ${proposalVotes}
      WHERE v.${columnOf(voter)} = ? AND v.proposal_id = ? AND v.step_id = ?`,
    voter.id,
    proposalId,
    rawId(step),
  );
}

/** An anonymous vote has an author for the author only. */
function authorOf(vote: VoteRow, _args: unknown, { objects, viewer }: Context): UserRow | null {
  if (vote.user_id === null) return null;
  return vote.anonymous && vote.user_id !== viewer?.id ? null : objects.user(vote.user_id);
}

/** Nothing guards a participant as it does an author. */
function participantOf({ participant_id: id }: VoteRow, _args: unknown, { objects }: Context): ParticipantRow | null {
  return id === null ? null : objects.participant(id);
}

function contributorOf(vote: VoteRow, args: unknown, context: Context): VoterRow | null {
  if (vote.user_id !== null) return authorOf(vote, args, context);
  return vote.anonymous ? null : participantOf(vote, args, context);
}

const kinds: Record<VoteRow['__typename'], 'proposal' | 'opinion' | 'version' | 'argument' | 'source'> = {
  ProposalVote: 'proposal',
  OpinionVote: 'opinion',
  VersionVote: 'version',
  ArgumentVote: 'argument',
  SourceVote: 'source',
};

const shared = {
  // Ids of votes are plain numbers, never global.
  id: ({ id }: VoteRow) => String(id),
  kind: () => 'vote',
  author: authorOf,
  contributor: contributorOf,
  related: (vote: VoteRow, _args: unknown, { objects }: Context) =>
    objects.read(kinds[vote.__typename], vote.object_id),
  isAccounted: (vote: VoteRow) => vote.is_accounted,
  published: (vote: VoteRow) => vote.published_at !== null,
  publishableUntil: (vote: VoteRow, _args: unknown, { objects }: Context) => objects.step(vote.step_id).end_at,
  notPublishedReason: (vote: VoteRow, _args: unknown, { objects, now }: Context) =>
    notPublishedReason(
      vote,
      vote.user_id === null ? undefined : objects.user(vote.user_id),
      objects.step(vote.step_id).end_at,
      now,
    ),
  url: (vote: VoteRow, _args: unknown, { objects, links }: Context) => links.step(objects.step(vote.step_id)),
};

const ProposalVote = {
  ...shared,
  private: (vote: ProposalVoteRow) => vote.anonymous,
  participant: participantOf,
  proposal: (vote: ProposalVoteRow, _args: unknown, { objects }: Context) => objects.proposal(vote.proposal_id),
  step: (vote: ProposalVoteRow, _args: unknown, { objects }: Context) => objects.step(vote.step_id),
  requirementsUrl: (vote: ProposalVoteRow, _args: unknown, { links, viewer }: Context) => {
    if (vote.user_id !== viewer?.id) throw new AccessDenied();
    return links.requirements(vote.step_id, vote.id);
  },
};

/** The list of all votes is read without what only some of them have. */
function valueOf(table: 'opinion_vote' | 'version_vote') {
  return (vote: VoteRow & { readonly value?: string }, _args: unknown, { sql }: Context) =>
    vote.value ?? sql.get<{ value: string }>(`SELECT value FROM ${table} WHERE id = ?`, vote.id)?.value;
}

export const voteResolvers: Record<string, TypeResolvers> = {
  ProposalVote,
  OpinionVote: { ...shared, value: valueOf('opinion_vote') },
  VersionVote: { ...shared, value: valueOf('version_vote') },
  ArgumentVote: shared,
  SourceVote: shared,
};

export const voteQueries = {
  votes: (_: unknown, args: PageArgs & { onlyAccounted?: boolean }, context: Context) =>
    listVotes(['b.published_at IS NOT NULL', ...(args.onlyAccounted ? ['b.is_accounted = 1'] : [])], [], args, context),
};
