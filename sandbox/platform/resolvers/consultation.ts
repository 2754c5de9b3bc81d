import type { Value } from '../database.js';
import { rawId } from '../ids.js';
import { sources } from '../objects.js';
import type { ConsultationRow, OpinionRow, RemarkRow, SectionRow, VersionRow } from '../rows.js';
import { isOpen } from '../rules/time.js';
import { arrayConnection, listConnection, type Direction, type Order, type PageArgs } from './connection.js';
import { consultationContributions, type ContributionArgs } from './consultation-lists.js';
import type { Context } from './context.js';
import { contributionFields } from './contribution.js';
import { plainText, withGlobalId, type TypeResolvers } from './fields.js';
import { contributors } from './people.js';
import { listVotes } from './votes.js';

interface OrderArgs extends PageArgs {
  readonly orderBy?: { readonly field: string; readonly direction: Direction } | null;
}

const publishedVotes = ['b.consultation_id = ?', 'b.published_at IS NOT NULL'];

const Consultation = {
  ...withGlobalId('Consultation'),
  url: (row: ConsultationRow, _: unknown, { links }: Context) => links.consultation(row),
  illustration: (row: ConsultationRow, _: unknown, { sql }: Context) =>
    row.media_id === null ? null : sql.get('SELECT * FROM media WHERE id = ?', row.media_id),
  step: (row: ConsultationRow, _: unknown, { objects }: Context) => objects.step(row.step_id),
  sections: (row: ConsultationRow, _: unknown, { objects }: Context) =>
    objects.list('section', 'WHERE e.consultation_id = ? AND e.parent_id IS NULL ORDER BY e.position', row.id),
  contribuable: (row: ConsultationRow, _: unknown, { objects, now }: Context) => isOpen(objects.step(row.step_id), now),
  contributors: (row: ConsultationRow, args: PageArgs, context: Context) =>
    contributors(['consultation_id', row.id], args, context),
  contributions: (row: ConsultationRow, args: ContributionArgs, context: Context) =>
    consultationContributions(['consultation_id', row.id], args, context),
  votes: (row: ConsultationRow, args: PageArgs, context: Context) => listVotes(publishedVotes, [row.id], args, context),
  votesCount: (row: ConsultationRow, _: unknown, context: Context) =>
    listVotes(publishedVotes, [row.id], {}, context).totalCount(),
};

const untrashed = ['published_at IS NOT NULL', 'trashed_at IS NULL'];

function conditions(alias: string, where: readonly string[], includeTrashed?: boolean): string[] {
  const shown = untrashed.slice(0, includeTrashed ? 1 : 2).map((condition) => `${alias}.${condition}`);
  return [...where, ...shown];
}

const Section = {
  ...withGlobalId('Section'),
  url: (row: SectionRow, _: unknown, { links }: Context) => links.section(row),
  consultation: (row: SectionRow, _: unknown, { objects }: Context) => objects.consultation(row.consultation_id),
  sections: (row: SectionRow, _: unknown, { objects }: Context) =>
    objects.list('section', 'WHERE e.parent_id = ? ORDER BY e.position', row.id),
  contribuable: (row: SectionRow, _: unknown, context: Context) => isContribuable(row.id, context),
  contributionsCount: (row: SectionRow, _: unknown, { sql }: Context) =>
    sql.number(
      `WITH RECURSIVE tree (id) AS (
        SELECT ? UNION ALL SELECT e.id FROM section e JOIN tree ON e.parent_id = tree.id)
      SELECT count(*) FROM opinion o WHERE o.section_id IN (SELECT id FROM tree)
        AND o.published_at IS NOT NULL AND o.trashed_at IS NULL`,
      row.id,
    ),
  opinions: (
    row: SectionRow,
    args: OrderArgs & { readonly author?: string | null; readonly includeTrashed?: boolean },
    { sql, viewer }: Context,
  ) => {
    const where = conditions(
      'o',
      ['o.section_id = ?', ...(args.author ? ['o.author_id = ?'] : [])],
      args.includeTrashed,
    );
    const values: Value[] = [row.id, ...(args.author ? [rawId(args.author)] : [])];
    const order = [
      { by: 'o.pinned', direction: 'DESC' as const },
      voteOrder('o', 'opinion_vote', 'opinion_id', args.orderBy, viewer?.id),
    ];
    const { columns, from } = sources.opinion;
    return listConnection<OpinionRow>(sql, { columns, from, where, values, order }, args, (opinion) => opinion);
  },
};

function voteOrder(
  alias: string,
  table: string,
  column: string,
  orderBy: OrderArgs['orderBy'],
  seed = 'anonymous',
): Order {
  const { field = 'PUBLISHED_AT', direction = 'DESC' } = orderBy ?? {};
  const votes = `(SELECT count(*) FROM ${table} v WHERE v.${column} = ${alias}.id`;
  switch (field) {
    case 'VOTES':
      return { by: `${votes})`, direction };
    case 'VOTES_OK':
      return { by: `${votes} AND v.value = 'YES')`, direction };
    case 'POSITIONS':
      return { by: `coalesce(${alias}.position, 0)`, direction };
    case 'RANDOM':
      return { by: `shuffle(?, ${alias}.id)`, direction, values: [seed] };
    case 'CREATED_AT':
      return { by: `${alias}.created_at`, direction };
    case 'UPDATED_AT':
      return { by: `coalesce(${alias}.updated_at, ${alias}.created_at)`, direction };
    default:
      return { by: `${alias}.published_at`, direction };
  }
}

function isContribuable(sectionId: string, { objects, now }: Context): boolean {
  const section = objects.section(sectionId);
  return Boolean(section.enabled) && isOpen(objects.step(section.step_id), now);
}

/** What opinions and versions of opinions share. */
const sharedText = {
  ...contributionFields,
  bodyText: (row: OpinionRow) => plainText(row.body),
  section: (row: OpinionRow, _: unknown, { objects }: Context) => objects.section(row.section_id),
  contribuable: (row: OpinionRow, _: unknown, context: Context) =>
    row.trashed_at === null && isContribuable(row.section_id, context),
  arguments: (
    row: OpinionRow | VersionRow,
    args: OrderArgs & { readonly type?: string | null; readonly includeTrashed?: boolean },
    { sql }: Context,
  ) => {
    const where = conditions('a', [under(row), ...(args.type ? ['a.type = ?'] : [])], args.includeTrashed);
    const values = [row.id, ...(args.type ? [args.type] : [])];
    const order = [voteOrder('a', 'argument_vote', 'argument_id', args.orderBy)];
    const { columns, from } = sources.argument;
    return listConnection<RemarkRow>(sql, { columns, from, where, values, order }, args, (remark) => remark);
  },
  sources: (row: OpinionRow | VersionRow, args: OrderArgs, { sql }: Context) => {
    const order = [voteOrder('a', 'source_vote', 'source_id', args.orderBy)];
    const { columns, from } = sources.source;
    const query = { columns, from, where: conditions('a', [under(row)]), values: [row.id], order };
    return listConnection<RemarkRow>(sql, query, args, (remark) => remark);
  },
  votes: (row: OpinionRow | VersionRow, args: PageArgs & { readonly value?: string | null }, { sql }: Context) => {
    const [type, table, column] =
      row.__typename === 'Opinion'
        ? (['OpinionVote', 'opinion_vote', 'opinion_id'] as const)
        : (['VersionVote', 'version_vote', 'version_id'] as const);
    const where = [`v.${column} = ?`, 'v.published_at IS NOT NULL', ...(args.value ? ['v.value = ?'] : [])];
    const values = [row.id, ...(args.value ? [args.value] : [])];
    return listConnection(
      sql,
      {
        columns: `'${type}' AS __typename, v.*, v.${column} AS object_id, 0 AS anonymous, 1 AS is_accounted`,
        from: `${table} v`,
        where,
        values,
        order: [{ by: 'v.published_at', direction: 'DESC' }],
      },
      args,
      (vote) => ({ ...vote, step_id: row.step_id, project_id: row.project_id }),
    );
  },
};

function under(row: OpinionRow | VersionRow): string {
  return row.__typename === 'Opinion' ? 'a.opinion_id = ? AND a.version_id IS NULL' : 'a.version_id = ?';
}

const Opinion = {
  ...withGlobalId('Opinion'),
  ...sharedText,
  kind: () => 'opinion',
  url: (row: OpinionRow, _: unknown, { links }: Context) => links.opinion(row),
  related: () => null,
  versions: (row: OpinionRow, args: OrderArgs, { sql, viewer }: Context) => {
    const order = [voteOrder('v', 'version_vote', 'version_id', args.orderBy, viewer?.id)];
    const { columns, from } = sources.version;
    const query = { columns, from, where: conditions('v', ['v.opinion_id = ?']), values: [row.id], order };
    return listConnection<VersionRow>(sql, query, args, (version) => version);
  },
  viewerVote: (row: OpinionRow, _: unknown, { sql, viewer }: Context) => {
    if (!viewer) return null;
    const vote = sql.get('SELECT * FROM opinion_vote WHERE opinion_id = ? AND user_id = ?', row.id, viewer.id);
    return (
      vote && {
        __typename: 'OpinionVote',
        ...vote,
        object_id: row.id,
        step_id: row.step_id,
        anonymous: 0,
        is_accounted: 1,
      }
    );
  },
};

const Version = {
  ...withGlobalId('Version'),
  ...sharedText,
  kind: () => 'version',
  url: (row: VersionRow, _: unknown, { links }: Context) => links.version(row),
  parent: (row: VersionRow, _: unknown, { objects }: Context) => objects.opinion(row.opinion_id),
  related: (row: VersionRow, _: unknown, { objects }: Context) => objects.opinion(row.opinion_id),
};

const remark = {
  ...contributionFields,
  url: (row: RemarkRow, _: unknown, { links }: Context) => links.remark(row),
  related: (row: RemarkRow, _: unknown, { objects }: Context) =>
    row.version_id === null ? objects.opinion(row.opinion_id) : objects.version(row.version_id),
  contribuable: (row: RemarkRow, _: unknown, context: Context) =>
    row.trashed_at === null && isContribuable(row.section_id, context),
  votes: (row: RemarkRow, args: PageArgs, context: Context) =>
    listVotes(
      ['b.type = ?', 'b.object_id = ?', 'b.published_at IS NOT NULL'],
      [`${row.__typename}Vote`, row.id],
      args,
      context,
    ),
};

const Argument = { ...withGlobalId('Argument'), ...remark, kind: () => 'argument' };

const Source = {
  ...withGlobalId('Source'),
  ...remark,
  kind: () => 'source',
  category: (row: RemarkRow, _: unknown, { sql }: Context) =>
    row.category_id ? sql.get('SELECT * FROM source_category WHERE id = ?', row.category_id) : null,
};

export const consultationResolvers: Record<string, TypeResolvers> = {
  Consultation,
  Section,
  Opinion,
  Version,
  Argument,
  Source,
};

interface ConsultationsArgs extends OrderArgs {
  readonly id?: string | null;
  readonly query?: string | null;
}

export const consultationQueries = {
  consultations: (_: unknown, args: ConsultationsArgs, { objects }: Context) => {
    const { field = 'POSITION', direction = 'ASC' } = args.orderBy ?? {};
    const column =
      { POSITION: 'c.position', CREATED_AT: 'c.created_at' }[field] ?? 'coalesce(c.updated_at, c.created_at)';
    const id = args.id ? rawId(args.id) : null;
    const rows = objects.list<ConsultationRow>(
      'consultation',
      `WHERE (? IS NULL OR c.id = ?) AND (? IS NULL OR c.title LIKE ?) ORDER BY ${column} ${direction}, c.id`,
      id,
      id,
      args.query ?? null,
      `%${args.query ?? ''}%`,
    );
    return arrayConnection(
      rows.filter((row) => objects.sees(row)),
      args,
      (row) => row,
    );
  },
};
