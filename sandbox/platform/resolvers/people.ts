import type { Value } from '../database.js';
import { rawId } from '../ids.js';
import { sources } from '../objects.js';
import type { UserRow } from '../rows.js';
import { isAdmin } from '../rules/access.js';
import { arrayConnection, listConnection, type Direction, type PageArgs } from './connection.js';
import type { Context } from './context.js';
import { AccessDenied } from './errors.js';
import { translated, withGlobalId, type Resolve, type TypeResolvers } from './fields.js';
import { mediaOf } from './media.js';
import { listProposals } from './proposal-list.js';
import { listVotes, viewerVotes, type ViewerVotesArgs } from './votes.js';

/** Where people took part: the column of the views, and the id in it. */
export type Place = readonly [column: 'project_id' | 'step_id' | 'consultation_id', id: string];

interface PeopleArgs extends PageArgs {
  readonly orderBy?: { readonly field: string; readonly direction: Direction } | null;
  readonly step?: string | null;
  readonly userType?: string | null;
  readonly emailConfirmed?: boolean;
  readonly term?: string | null;
}

/** The ids of everybody who contributed or voted in a place, whose id is given twice. */
export const participants = (column: Place[0]) => `SELECT author_id FROM contribution
    WHERE ${column} = ? AND draft = 0 AND published_at IS NOT NULL AND author_id IS NOT NULL
  UNION SELECT coalesce(user_id, participant_id) FROM ballot WHERE ${column} = ? AND is_accounted = 1 AND published_at IS NOT NULL`;

/** Everybody who contributed or voted somewhere. Participants without an account are counted, but not listed. */
export function contributors([placeColumn, placeId]: Place, args: PeopleArgs, { sql }: Context) {
  const [column, id] = args.step ? (['step_id', rawId(args.step)] as const) : [placeColumn, placeId];
  const where = [`u.id IN (${participants(column)})`];
  const values: Value[] = [id, id];
  if (args.userType) {
    where.push('u.user_type_id = ?');
    values.push(rawId(args.userType));
  }
  if (args.emailConfirmed) where.push('u.email_confirmed_at IS NOT NULL');
  if (args.term) {
    where.push('u.username LIKE ?');
    values.push(`%${args.term}%`);
  }
  const filtered = where.length > 1;
  const { columns, from } = sources.user;
  const order = [{ by: 'u.created_at', direction: args.orderBy?.direction ?? ('DESC' as const) }];
  const list = listConnection<UserRow>(sql, { columns, from, where, values, order }, args, (user) => user);
  return {
    ...list,
    // Without a filter the people need not be read to be counted.
    ...(filtered ? {} : { totalCount: () => sql.number(`SELECT count(*) FROM (${participants(column)})`, id, id) }),
    anonymousCount: () =>
      sql.number(
        `SELECT count(*) FROM contribution WHERE ${column} = ? AND type = 'Reply' AND draft = 0 AND author_id IS NULL`,
        id,
      ),
  };
}

/** A field that only the user in question and the platform's administrators may read. */
function personal(field: keyof UserRow): Resolve<UserRow> {
  return (user, _args, { viewer }) => {
    if (user.id !== viewer?.id && !isAdmin(viewer)) throw new AccessDenied();
    return user[field];
  };
}

const User = {
  ...withGlobalId('User'),
  displayName: (user: UserRow) => user.username ?? 'Utilisateur supprimé',
  url: (user: UserRow, _args: unknown, { links }: Context) => links.user(user),
  media: mediaOf,
  avatarUrl: (user: UserRow, _args: unknown, { links }: Context) => links.media(user.media_id),
  userType: (user: UserRow, _args: unknown, { sql }: Context) =>
    user.user_type_id === null ? null : sql.get('SELECT * FROM user_type WHERE id = ?', user.user_type_id),
  isViewer: (user: UserRow, _args: unknown, { viewer }: Context) => user.id === viewer?.id,
  isAdmin: (user: UserRow) => isAdmin(user),
  isSuperAdmin: (user: UserRow) => user.role === 'SUPER_ADMIN',
  isProjectAdmin: (user: UserRow) => user.role === 'PROJECT_ADMIN' || isAdmin(user),
  email: personal('email'),
  firstname: personal('firstname'),
  lastname: personal('lastname'),
  dateOfBirth: personal('date_of_birth'),
  zipCode: personal('zip_code'),
  phone: personal('phone'),
  phoneConfirmed: personal('phone_confirmed'),
  postalAddress: (...call: Parameters<Resolve<UserRow>>) => {
    const line = personal('postal_address')(...call);
    return typeof line === 'string' ? (JSON.parse(line) as unknown) : null;
  },
  userIdentificationCode: personal('user_identification_code'),
  consentInternalCommunication: personal('consent_internal_communication'),
  isFranceConnectAccount: personal('is_france_connect_account'),
  hasPassword: (...call: Parameters<Resolve<UserRow>>) => personal('password_hash')(...call) !== null,
  isEmailConfirmed: (...call: Parameters<Resolve<UserRow>>) => personal('email_confirmed_at')(...call) !== null,
  contributionsCount: (user: UserRow, _args: unknown, { sql }: Context) =>
    sql.number('SELECT count(*) FROM contribution WHERE author_id = ? AND published_at IS NOT NULL', user.id),
  proposals: (user: UserRow, args: PageArgs, context: Context) =>
    listProposals(context, ['p.author_id = ?'], [user.id], args),
  proposalVotesCount: (user: UserRow, _args: unknown, { sql }: Context) =>
    sql.number('SELECT count(*) FROM proposal_vote WHERE user_id = ? AND is_accounted = 1', user.id),
  proposalVotes: (user: UserRow, args: ViewerVotesArgs, context: Context) => viewerVotes(user, args, context),
  votes: (user: UserRow, args: PageArgs & { contribuableId?: string; onlyAccounted?: boolean }, context: Context) => {
    const own = user.id === context.viewer?.id || isAdmin(context.viewer);
    const where = ['b.user_id = ?', 'b.published_at IS NOT NULL', ...(own ? [] : ['b.anonymous = 0'])];
    if (args.onlyAccounted) where.push('b.is_accounted = 1');
    if (!args.contribuableId) return listVotes(where, [user.id], args, context);
    const id = rawId(args.contribuableId);
    return listVotes([...where, '? IN (b.step_id, b.consultation_id, b.object_id)'], [user.id, id], args, context);
  },
};

export const peopleResolvers: Record<string, TypeResolvers> = {
  User,
  UserType: { ...withGlobalId('UserType'), name: translated('name') },
};

export const peopleQueries = {
  users: (_: unknown, args: PageArgs, { viewer, sql }: Context) => {
    if (!isAdmin(viewer)) throw new AccessDenied();
    const order = [{ by: 'u.created_at', direction: 'DESC' as const }];
    const { columns, from } = sources.user;
    return listConnection<UserRow>(
      sql,
      { columns, from, where: ['u.enabled = 1'], values: [], order },
      args,
      (user) => user,
    );
  },
  allContributors: (_: unknown, args: PageArgs, { sql, objects }: Context) => ({
    ...arrayConnection(
      objects.list<UserRow>(
        'user',
        `WHERE u.id IN (SELECT author_id FROM contribution WHERE published_at IS NOT NULL
          UNION SELECT user_id FROM ballot WHERE published_at IS NOT NULL) ORDER BY u.created_at DESC`,
      ),
      args,
      (user) => user,
    ),
    anonymousCount: () => sql.number("SELECT count(*) FROM contribution WHERE type = 'Reply' AND author_id IS NULL"),
  }),
};
