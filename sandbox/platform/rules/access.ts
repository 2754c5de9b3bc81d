import type { ProjectRow, UserRow } from '../rows.js';
import type { Sql, Value } from '../database.js';

export function isAdmin(user: UserRow | undefined): boolean {
  return user?.role === 'ADMIN' || user?.role === 'SUPER_ADMIN';
}

/** The projects, known as `p`, that somebody may see: a condition and its values. */
export function visibleProjects(user: UserRow | undefined): { where: string; values: Value[] } {
  if (user?.role === 'SUPER_ADMIN') return { where: '1', values: [] };
  const open = isAdmin(user) ? "p.visibility IN ('PUBLIC', 'ADMIN', 'CUSTOM')" : "p.visibility = 'PUBLIC'";
  if (!user) return { where: open, values: [] };
  return {
    where: `(${open} OR p.owner_id = ?
      OR EXISTS (SELECT 1 FROM project_author a WHERE a.project_id = p.id AND a.user_id = ?)
      OR (p.visibility = 'CUSTOM' AND EXISTS (
        SELECT 1 FROM project_member m WHERE m.project_id = p.id AND m.user_id = ?)))`,
    values: [user.id, user.id, user.id],
  };
}

export function canSeeProject(sql: Sql, project: ProjectRow, user: UserRow | undefined): boolean {
  if (project.visibility === 'PUBLIC') return true;
  const { where, values } = visibleProjects(user);
  return sql.number(`SELECT count(*) FROM project p WHERE p.id = ? AND ${where}`, project.id, ...values) > 0;
}
