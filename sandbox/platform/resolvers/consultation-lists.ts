import type { Value } from '../database.js';
import type { Kind, TypedRow } from '../objects.js';
import { longListConnection, type Direction, type Order, type PageArgs } from './connection.js';
import type { Context } from './context.js';
import type { Place } from './people.js';

export interface ContributionArgs extends PageArgs {
  readonly orderBy?: { readonly field: string; readonly direction: Direction } | null;
  readonly includeTrashed?: boolean;
  readonly type?: string | null;
}

interface ContributionEntry {
  readonly type: string;
  readonly id: string;
}

const kinds: Record<string, Kind> = {
  Proposal: 'proposal',
  Opinion: 'opinion',
  Version: 'version',
  Argument: 'argument',
  Source: 'source',
  Reply: 'reply',
};

const typeOf: Record<string, string> = {
  PROPOSAL: 'Proposal',
  OPINION: 'Opinion',
  OPINIONVERSION: 'Version',
  ARGUMENT: 'Argument',
  SOURCE: 'Source',
  REPLY: 'Reply',
};

/** Without being asked for, moderated contributions are absent from lists and counts. */
export function listContributions(
  where: readonly string[],
  values: readonly Value[],
  args: ContributionArgs,
  { sql, objects }: Context,
) {
  const conditions = [...where, 'n.draft = 0', 'n.published_at IS NOT NULL'];
  const all = [...values];
  if (!args.includeTrashed) conditions.push('n.trashed_at IS NULL');
  if (args.type) {
    conditions.push('n.type = ?');
    all.push(typeOf[args.type] ?? args.type);
  }
  const { field = 'CREATED_AT', direction = 'DESC' } = args.orderBy ?? {};
  return longListConnection<ContributionEntry, TypedRow | undefined>(
    sql,
    {
      columns: 'n.type, n.id',
      from: 'contribution n',
      where: conditions,
      values: all,
      order: [orderOf(field, direction)],
    },
    args,
    ({ type, id }) => objects.read(kinds[type] ?? 'opinion', id),
  );
}

function orderOf(field: string, direction: Direction): Order {
  switch (field) {
    case 'PUBLISHED_AT':
      return { by: 'n.published_at', direction };
    case 'POSITION':
      return { by: 'n.position', direction };
    case 'VOTE_COUNT':
      return { by: '(SELECT count(*) FROM ballot b WHERE b.object_id = n.id)', direction };
    default:
      return { by: 'n.created_at', direction };
  }
}

export function consultationContributions([column, id]: Place, args: ContributionArgs, context: Context) {
  return listContributions([`n.${column} = ?`], [id], args, context);
}
