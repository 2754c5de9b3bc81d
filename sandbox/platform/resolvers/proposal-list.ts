import type { Value } from '../database.js';
import { rawId } from '../ids.js';
import { sources } from '../objects.js';
import type { ProposalRow, StepRow } from '../rows.js';
import { pointsSql } from '../rules/ballot.js';
import { listConnection, type Direction, type Order, type PageArgs } from './connection.js';
import type { Context } from './context.js';

interface Location {
  readonly lat: number;
  readonly lng: number;
}

export interface ProposalListArgs extends PageArgs {
  readonly trashedStatus?: 'TRASHED' | 'NOT_TRASHED' | null;
  readonly author?: string | null;
  readonly orderBy?: readonly ({ readonly field: string; readonly direction: Direction } | null)[] | null;
  readonly includeDraft?: boolean;
  readonly includeUnpublished?: boolean;
  readonly state?: 'ALL' | 'PUBLISHED' | 'TRASHED' | 'DRAFT' | 'ARCHIVED' | null;
  readonly district?: string | null;
  readonly userType?: string | null;
  readonly category?: string | null;
  readonly status?: string | null;
  readonly theme?: string | null;
  readonly term?: string | null;
  readonly reference?: string | null;
  readonly excludeViewerVotes?: boolean;
  readonly geoBoundingBox?: { readonly topLeft: Location; readonly bottomRight: Location } | null;
  readonly step?: string | null;
}

/** Proposals that fit some conditions, with the filters and orders that pages offer. */
export function listProposals(
  context: Context,
  conditions: readonly string[],
  conditionValues: readonly Value[],
  args: ProposalListArgs,
  step?: StepRow,
) {
  const where = [...conditions, 'p.deleted_at IS NULL', ...stateConditions(args)];
  const values = [...conditionValues];
  const add = (condition: string, ...more: readonly Value[]): void => {
    where.push(condition);
    values.push(...more);
  };
  if (!args.includeUnpublished && args.state !== 'DRAFT') {
    if (args.includeDraft) where.push('(p.published_at IS NOT NULL OR p.draft = 1)');
    else where.push('p.published_at IS NOT NULL');
  }
  if (args.author) add('p.author_id = ?', rawId(args.author));
  if (args.theme) add('p.theme_id = ?', rawId(args.theme));
  if (args.category) add('p.category_id = ?', rawId(args.category));
  if (args.district) add('p.district_id = ?', rawId(args.district));
  if (args.status) addStatus(add, args.status, step);
  if (args.userType)
    add('EXISTS (SELECT 1 FROM user u WHERE u.id = p.author_id AND u.user_type_id = ?)', rawId(args.userType));
  if (args.term) addTerm(add, args.term);
  if (args.reference) add("f.reference || '-' || p.reference = ?", args.reference);
  if (args.step) addStep(add, rawId(args.step));
  if (args.excludeViewerVotes && context.viewer) {
    add('NOT EXISTS (SELECT 1 FROM proposal_vote v WHERE v.proposal_id = p.id AND v.user_id = ?)', context.viewer.id);
  }
  if (args.geoBoundingBox) {
    const { topLeft, bottomRight } = args.geoBoundingBox;
    add('p.lat BETWEEN ? AND ? AND p.lng BETWEEN ? AND ?', bottomRight.lat, topLeft.lat, topLeft.lng, bottomRight.lng);
  }
  const orders = (args.orderBy ?? []).flatMap((order) => (order ? orderOf(order, context, step) : []));
  const { columns, from } = sources.proposal;
  const order = orders.length > 0 ? orders : [{ by: publishedAt, direction: 'ASC' as const }];
  return {
    ...listConnection<ProposalRow>(context.sql, { columns, from, where, values, order }, args, (row) => row),
    // Nothing here merges proposals.
    fusionCount: 0,
  };
}

const publishedAt = 'coalesce(p.published_at, p.created_at)';

type Add = (condition: string, ...values: readonly Value[]) => void;

function stateConditions({ state, trashedStatus, includeDraft }: ProposalListArgs): string[] {
  switch (state) {
    case 'ALL':
      return [];
    case 'PUBLISHED':
      return ['p.draft = 0', 'p.trashed_at IS NULL', 'p.is_archived = 0'];
    case 'TRASHED':
      return ['p.draft = 0', 'p.trashed_at IS NOT NULL'];
    case 'DRAFT':
      return ['p.draft = 1'];
    case 'ARCHIVED':
      return ['p.draft = 0', 'p.trashed_at IS NULL', 'p.is_archived = 1'];
    default:
      return [
        ...(includeDraft ? [] : ['p.draft = 0']),
        trashedStatus === 'TRASHED' ? 'p.trashed_at IS NOT NULL' : 'p.trashed_at IS NULL',
      ];
  }
}

/** A status belongs to the step where proposals were collected, or to one that selected them. */
function addStatus(add: Add, status: string, step: StepRow | undefined): void {
  const id = rawId(status);
  if (step?.type !== 'SelectionStep') return add('p.status_id = ?', id);
  add(
    'EXISTS (SELECT 1 FROM proposal_selection n WHERE n.proposal_id = p.id AND n.step_id = ? AND n.status_id = ?)',
    step.id,
    id,
  );
}

function addStep(add: Add, id: string): void {
  add('(s.id = ? OR EXISTS (SELECT 1 FROM proposal_selection n WHERE n.proposal_id = p.id AND n.step_id = ?))', id, id);
}

function addTerm(add: Add, term: string): void {
  add("mentions(p.title || ' ' || coalesce(p.summary, '') || ' ' || coalesce(p.body, ''), ?)", term);
}

function orderOf(
  { field, direction }: { field: string; direction: Direction },
  context: Context,
  step?: StepRow,
): Order[] {
  const accounted = `FROM proposal_vote v WHERE v.proposal_id = p.id AND v.is_accounted = 1
    AND v.published_at IS NOT NULL${step ? ' AND v.step_id = ?' : ''}`;
  const ofStep = step ? [step.id] : [];
  switch (field) {
    case 'VOTES':
      return [{ by: `(SELECT count(*) ${accounted})`, direction, values: ofStep }];
    case 'POINTS':
      return step
        ? [{ by: `(SELECT coalesce(sum(${pointsSql(step)}), 0) ${accounted})`, direction, values: ofStep }]
        : [];
    case 'COST':
      return [{ by: 'coalesce(p.estimation, 0)', direction }];
    case 'COMMENTS':
      return [{ by: '(SELECT count(*) FROM comment m WHERE m.proposal_id = p.id)', direction }];
    case 'CREATED_AT':
      return [{ by: 'p.created_at', direction }];
    case 'CATEGORY':
      return [{ by: "coalesce((SELECT c.name FROM proposal_category c WHERE c.id = p.category_id), '')", direction }];
    case 'DISTRICT':
      return [{ by: "coalesce((SELECT d.name FROM proposal_district d WHERE d.id = p.district_id), '')", direction }];
    case 'RANDOM':
      // The same for one person from page to page, another for the next; without an account, for one address.
      return [{ by: 'shuffle(?, p.id)', direction, values: [context.viewer?.id ?? context.ip] }];
    default:
      return [{ by: publishedAt, direction }];
  }
}
