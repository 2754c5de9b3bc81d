import type { Value } from '../database.js';
import { rawId } from '../ids.js';
import type { ProjectRow, StepRow } from '../rows.js';
import { visibleProjects } from '../rules/access.js';
import { matchesStatus } from '../rules/project.js';
import { arrayConnection, countedConnection, type Direction, type PageArgs } from './connection.js';
import type { Context } from './context.js';

export interface ProjectListArgs extends PageArgs {
  readonly orderBy?: { readonly field: 'PUBLISHED_AT' | 'POPULAR'; readonly direction: Direction } | null;
  readonly theme?: string | null;
  readonly author?: string | null;
  readonly term?: string | null;
  readonly status?: string | null;
  readonly type?: string | null;
  readonly district?: string | null;
  readonly withEventOnly?: boolean;
  readonly onlyPublic?: boolean;
  readonly archived?: 'ARCHIVED' | 'ACTIVE' | null;
}

const popularity = `(SELECT count(*) FROM proposal_vote v JOIN step s ON s.id = v.step_id WHERE s.project_id = p.id)
  + (SELECT count(*) FROM contribution n WHERE n.project_id = p.id)`;

/**
 * Projects of another language than the request's are left out; those without a language stay. The platform loads a
 * thousand at most and counts through them, and so neither its pages nor its total go beyond.
 */
export function listProjects(context: Context, args: ProjectListArgs) {
  const visible = visibleProjects(args.onlyPublic ? undefined : context.viewer);
  const where = [visible.where, '(p.locale IS NULL OR p.locale = ?)'];
  const values: Value[] = [...visible.values, context.locale];
  const add = (condition: string, value: string): void => {
    where.push(condition);
    values.push(value);
  };
  const linked = (table: string, column: string): string =>
    `p.id IN (SELECT project_id FROM ${table} WHERE ${column} = ?)`;
  if (args.theme) add(linked('project_theme', 'theme_id'), rawId(args.theme));
  if (args.district) add(linked('project_district', 'district_id'), rawId(args.district));
  if (args.author) add(linked('project_author', 'user_id'), rawId(args.author));
  if (args.type) add('p.type_id = ?', rawId(args.type));
  if (args.term) add('p.title LIKE ?', `%${args.term}%`);
  if (args.archived) where.push(`p.archived = ${args.archived === 'ARCHIVED' ? 1 : 0}`);
  if (args.withEventOnly) where.push('p.id IN (SELECT project_id FROM event_project)');
  const { field = 'PUBLISHED_AT', direction = 'DESC' } = args.orderBy ?? {};
  const order = `ORDER BY ${field === 'POPULAR' ? popularity : 'p.published_at'} ${direction}, p.id`;
  const read = (limit: number, offset: number): ProjectRow[] =>
    context.objects.list('project', `WHERE ${where.join(' AND ')} ${order} LIMIT ? OFFSET ?`, ...values, limit, offset);
  const { status } = args;
  const { mostProjects } = context.store;
  if (status != null) {
    const rows = read(-1, 0).filter(withStatus(status, context));
    return arrayConnection(rows.slice(0, mostProjects), args, (project) => project);
  }
  const count = (): number =>
    context.sql.number(`SELECT count(*) FROM project p WHERE ${where.join(' AND ')}`, ...values);
  return countedConnection(
    () => Math.min(count(), mostProjects),
    (start, size) => read(Math.max(0, Math.min(size, mostProjects - start)), start),
    args,
    (project) => project,
  );
}

function withStatus(status: string, { objects, now }: Context): (project: ProjectRow) => boolean {
  const steps = new Map<string, StepRow[]>();
  for (const step of objects.list<StepRow>('step', 'ORDER BY s.project_id, s.position')) {
    const others = steps.get(step.project_id);
    if (others) others.push(step);
    else steps.set(step.project_id, [step]);
  }
  return ({ id }) => matchesStatus(steps.get(id) ?? [], now, status);
}
