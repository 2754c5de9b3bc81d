import type { Store } from '../../store.js';

export type ServiceKey = 'franceconnect' | 'openid';

/** A service that signs people in for the platform. */
export interface SignInService {
  readonly key: ServiceKey;
  readonly name: string;
  readonly path: string;
}

/** In the platform's order. The type is that of the configuration; the first also has a flag of its own. */
const SERVICES: readonly { key: ServiceKey; type: string; flag?: string }[] = [
  { key: 'franceconnect', type: 'FranceConnectSSOConfiguration', flag: 'login_franceconnect' },
  { key: 'openid', type: 'Oauth2SSOConfiguration' },
];

/** The services that are switched on. */
export function signInServices(store: Store): SignInService[] {
  return SERVICES.flatMap(({ key, type, flag }) => {
    const sql = 'SELECT name FROM sso_configuration WHERE type = ? AND enabled = 1';
    const configuration = store.sql.get<{ name: string }>(sql, type);
    if (!configuration || (flag !== undefined && !store.flag(flag))) return [];
    return [{ key, name: configuration.name, path: `/login/${key}` }];
  });
}
