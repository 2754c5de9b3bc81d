import type { Value } from '../database.js';
import { rawId } from '../ids.js';
import { sources } from '../objects.js';
import type { EventRow } from '../rows.js';
import { isAdmin } from '../rules/access.js';
import { listConnection, type Direction, type PageArgs } from './connection.js';
import type { Context } from './context.js';
import { localeCode } from './fields.js';

export interface EventArgs extends PageArgs {
  readonly orderBy?: { readonly field: 'START_AT' | 'END_AT'; readonly direction: Direction } | null;
  readonly project?: string | null;
  readonly search?: string | null;
  readonly locale?: string | null;
  readonly isFuture?: boolean | null;
  readonly theme?: string | null;
  readonly district?: string | null;
  readonly author?: string | null;
  readonly userType?: string | null;
  readonly isRegistrable?: boolean | null;
  readonly enabled?: boolean | null;
}

export function listEvents(
  { sql, now, viewer, store }: Context,
  args: EventArgs,
  conditions: readonly string[] = [],
  conditionValues: readonly Value[] = [],
) {
  const where = ['v.deleted_at IS NULL', ...conditions];
  const values = [...conditionValues];
  const add = (condition: string, value: Value): void => {
    where.push(condition);
    values.push(value);
  };
  const linked = (table: string, column: string): string =>
    `v.id IN (SELECT event_id FROM ${table} WHERE ${column} = ?)`;
  if ((args.enabled ?? true) !== false) where.push('v.enabled = 1');
  if (!isAdmin(viewer)) add("(v.review_status IS NOT 'AWAITING' OR v.author_id = ?)", viewer?.id ?? '');
  if (args.project) add(linked('event_project', 'project_id'), rawId(args.project));
  if (args.theme) add(linked('event_theme', 'theme_id'), rawId(args.theme));
  if (args.district) add(linked('event_district', 'district_id'), rawId(args.district));
  if (args.author) add('v.author_id = ?', rawId(args.author));
  if (args.userType) add('v.author_id IN (SELECT u.id FROM user u WHERE u.user_type_id = ?)', rawId(args.userType));
  if (args.locale) add(linked('event_translation', 'locale'), localeCode(args.locale));
  if (args.search) add('v.id IN (SELECT event_id FROM event_translation WHERE title LIKE ?)', `%${args.search}%`);
  if (args.isRegistrable != null) where.push(`v.guest_list_enabled = ${args.isRegistrable ? 1 : 0}`);
  if (store.indexLag > 0) add('v.created_at <= ?', now - store.indexLag);
  // An event that has begun and not ended is still to come.
  if (args.isFuture != null) add(`coalesce(v.end_at, v.start_at) ${args.isFuture ? '>=' : '<'} ?`, now);
  const { field = 'START_AT', direction = 'DESC' } = args.orderBy ?? {};
  const order = [{ by: field === 'END_AT' ? 'coalesce(v.end_at, v.start_at)' : 'v.start_at', direction }];
  const { columns, from } = sources.event;
  return listConnection<EventRow>(sql, { columns, from, where, values, order }, args, (event) => event);
}
