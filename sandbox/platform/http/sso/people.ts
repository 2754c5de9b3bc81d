import { randomUUID } from 'node:crypto';

import { slugOf } from '../../seed/seeding.js';
import type { Store } from '../../store.js';
import { confirmEmail } from '../accounts/email.js';
import type { Profile } from './openid-client.js';
import type { ServiceKey } from './services.js';

/**
 * The platform's user for somebody whom a service has signed in: the one known by that service, else the owner of an
 * e-mail address that the service vouches for, else a new one.
 */
export function userFor(store: Store, service: ServiceKey, profile: Profile): string {
  const userId = knownUser(store, service, profile) ?? createUser(store, profile);
  const { sql } = store;
  sql.run('INSERT INTO sso_identity VALUES (?, ?, ?) ON CONFLICT DO NOTHING', service, profile.subject, userId);
  if (profile.emailVerified) confirmEmail(store, userId);
  if (service === 'franceconnect') {
    sql.run(
      `UPDATE user SET is_france_connect_account = 1, firstname = coalesce(?, firstname),
        lastname = coalesce(?, lastname), date_of_birth = coalesce(?, date_of_birth) WHERE id = ?`,
      profile.firstName ?? null,
      profile.lastName ?? null,
      profile.birthDate === undefined ? null : Date.parse(profile.birthDate),
      userId,
    );
  }
  return userId;
}

function knownUser(
  { sql }: Store,
  service: ServiceKey,
  { subject, email, emailVerified }: Profile,
): string | undefined {
  const linked = sql.get<{ user_id: string }>(
    'SELECT user_id FROM sso_identity WHERE service = ? AND subject = ?',
    service,
    subject,
  );
  if (linked || email === undefined || !emailVerified) return linked?.user_id;
  return sql.get<{ id: string }>('SELECT id FROM user WHERE email = ?', email)?.id;
}

function createUser(store: Store, { email, firstName, lastName }: Profile): string {
  const { sql } = store;
  const id = randomUUID();
  const name = [firstName, lastName].filter(Boolean).join(' ') || 'Habitant de Valmont';
  // Somebody else may hold the address that nobody vouches for.
  const free = email !== undefined && sql.number('SELECT count(*) FROM user WHERE email = ?', email) === 0;
  sql.run(
    'INSERT INTO user (id, slug, username, email, firstname, lastname, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    `${slugOf(name)}-${id.slice(0, 8)}`,
    name,
    free ? email : null,
    firstName ?? null,
    lastName ?? null,
    store.now(),
  );
  return id;
}
