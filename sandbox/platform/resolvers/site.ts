import { requireAdmin, requireViewer, type Context } from './context.js';
import { arrayConnection, type PageArgs } from './connection.js';
import { localeEnum, withGlobalId, type Resolve, type TypeResolvers } from './fields.js';

interface SsoRow {
  readonly __typename: string;
  readonly id: string;
  readonly profile_path: string | null;
  readonly redirect_path: string;
  readonly environment: string;
}

/** What only administrators read of a way to sign in; pages need its name and whether it is on. */
function guarded<Source>(resolve: Resolve<Source>): Resolve<Source> {
  return (source, args, context) => {
    requireAdmin(context);
    return resolve(source, args, context);
  };
}

function sso(name: string): TypeResolvers {
  return {
    id: guarded(withGlobalId(name).id),
    profileUrl: (row: SsoRow, _: unknown, { links }: Context) =>
      row.profile_path === null ? null : links.host + row.profile_path,
    redirectUri: guarded((row: SsoRow, _, { links }) => links.host + row.redirect_path),
    environment: guarded((row: SsoRow) => row.environment),
  };
}

const ssoTypes: Record<string, string> = {
  FRANCE_CONNECT: 'FranceConnectSSOConfiguration',
  OAUTH2: 'Oauth2SSOConfiguration',
  FACEBOOK: 'FacebookSSOConfiguration',
  CAS: 'CASSSOConfiguration',
};

export const siteResolvers: Record<string, TypeResolvers> = {
  FranceConnectSSOConfiguration: sso('FranceConnectSSOConfiguration'),
  Oauth2SSOConfiguration: sso('Oauth2SSOConfiguration'),
  FacebookSSOConfiguration: sso('FacebookSSOConfiguration'),
  CASSSOConfiguration: sso('CASSSOConfiguration'),
  SiteParameter: {
    id: ({ keyname }: { keyname: string }) => keyname,
    value: (row: { keyname: string; value: string | null }, _: unknown, { sql, locale }: Context) =>
      sql.get<{ value: string }>(
        "SELECT value FROM translation WHERE object_id = ? AND field = 'value' AND locale = ?",
        row.keyname,
        locale,
      )?.value ?? row.value,
  },
  Locale: {
    code: ({ code }: { code: string }) => localeEnum(code),
    codeFormatted: ({ code }: { code: string }) => code,
  },
};

export const siteQueries = {
  isAuthenticated: (_: unknown, _args: unknown, { viewer }: Context) => viewer !== undefined,
  viewer: (_: unknown, _args: unknown, context: Context) => requireViewer(context),
  node: (_: unknown, { id }: { id: string }, { objects }: Context) => objects.find(id),
  nodes: (_: unknown, { ids }: { ids: readonly string[] }, { objects }: Context) => ids.map((id) => objects.find(id)),
  ssoConfigurations: (_: unknown, args: PageArgs & { ssoType?: string | null }, { sql }: Context) =>
    arrayConnection(
      sql.all<Record<string, string | number | null>>(
        'SELECT type AS __typename, c.* FROM sso_configuration c WHERE ? IS NULL OR type = ? ORDER BY name',
        args.ssoType ?? null,
        args.ssoType ? (ssoTypes[args.ssoType] ?? null) : null,
      ),
      args,
      (row) => row,
    ),
  featureFlags: (_: unknown, _args: unknown, { sql }: Context) => sql.all('SELECT * FROM feature_flag ORDER BY type'),
  siteParameter: (_: unknown, { keyname }: { keyname: string }, { sql }: Context) =>
    sql.get('SELECT * FROM site_parameter WHERE keyname = ?', keyname),
  siteColors: (_: unknown, _args: unknown, { sql }: Context) => sql.all('SELECT * FROM site_color ORDER BY keyname'),
  locales: (_: unknown, _args: unknown, { sql }: Context) => sql.all('SELECT * FROM locale ORDER BY position'),
  availableLocales: (_: unknown, { includeDisabled }: { includeDisabled?: boolean | null }, { sql }: Context) =>
    sql.all(`SELECT * FROM locale ${includeDisabled ? '' : 'WHERE is_enabled = 1'} ORDER BY position`),
  defaultLocale: (_: unknown, _args: unknown, { sql }: Context) => sql.get('SELECT * FROM locale WHERE is_default = 1'),
};
