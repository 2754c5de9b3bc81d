import { buildSchema, isEnumType } from 'graphql';
import { readFileSync } from 'node:fs';

import type { Seeding } from './seeding.js';

const on = new Set([
  'public_api',
  'registration',
  'login_franceconnect',
  'login_openid',
  'restrict_connection',
  'captcha',
  'calendar',
  'districts',
  'themes',
  'profiles',
  'project_trash',
  'paper_vote',
  'votes_min',
  'user_type',
  'search',
  'share_buttons',
  'versions',
  'display_map',
  'display_pictures_in_depository_proposals_list',
  'display_pictures_in_event_list',
  'external_project',
  'multi_consultations',
  'privacy_policy',
  'phone_confirmation',
]);

/** The flags are those that the schema names, so that none is forgotten. */
function flagNames(): string[] {
  const schema = buildSchema(readFileSync(new URL('../schema/internal.graphql', import.meta.url), 'utf8'));
  const type = schema.getType('FeatureFlagType');
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
}

const names = flagNames();

const locales = [
  ['fr-FR', 'french', 1, 1],
  ['en-GB', 'english', 1, 0],
  ['es-ES', 'spanish', 0, 0],
  ['de-DE', 'deutsch', 0, 0],
  ['nl-NL', 'dutch', 0, 0],
  ['sv-SE', 'swedish', 0, 0],
  ['eu-EU', 'basque', 0, 0],
  ['oc-OC', 'occitan', 0, 0],
  ['ur-IN', 'urdu', 0, 0],
] as const;

const colors = {
  'color.body.text': '#14213d',
  'color.btn.primary.bg': '#0b5d4e',
  'color.btn.primary.text': '#ffffff',
  'color.header.bg': '#ffffff',
  'color.link.default': '#0b5d4e',
  'color.main_menu.bg': '#14213d',
};

/** The platform's settings: flags, languages, texts, colours and ways to sign in. */
export function seedSite(seeding: Seeding): void {
  for (const type of names) seeding.insert('feature_flag', { type, enabled: on.has(type) ? 1 : 0 });
  locales.forEach(([code, name, enabled, isDefault], position) => {
    seeding.insert('locale', {
      id: `locale-${code}`,
      code,
      traduction_key: name,
      is_enabled: enabled,
      is_published: enabled,
      is_default: isDefault,
      position,
    });
  });
  const parameter = (keyname: string, value: string, english: string): void => {
    seeding.insert('site_parameter', { keyname, value, is_translatable: 1 });
    seeding.insert('translation', { object_id: keyname, locale: 'en-GB', field: 'value', value: english });
  };
  parameter('global.site.fullname', 'Participez Valmont', 'Take part in Valmont');
  parameter(
    'login.text.top',
    '<p>Votre compte citoyen vous permet de voter, de commenter et de suivre les projets de la ville.</p>',
    '<p>With your citizen account you can vote, comment and follow the town’s projects.</p>',
  );
  parameter(
    'login.text.bottom',
    '<p>Une question&nbsp;? Écrivez à <a href="mailto:participation@valmont.example">participation@valmont.example</a>.</p>',
    '<p>Any question? Write to <a href="mailto:participation@valmont.example">participation@valmont.example</a>.</p>',
  );
  for (const [keyname, value] of Object.entries(colors)) seeding.insert('site_color', { keyname, value });
  const sso = { profile_path: '/sso/profile' };
  seeding.insert('sso_configuration', {
    ...sso,
    id: 'franceConnect',
    type: 'FranceConnectSSOConfiguration',
    name: 'FranceConnect',
    enabled: 1,
    redirect_path: '/login/check-franceconnect',
    environment: 'TESTING',
    disconnect_sso_on_logout: 1,
  });
  seeding.insert('sso_configuration', {
    ...sso,
    id: 'ssoOauth2',
    type: 'Oauth2SSOConfiguration',
    name: 'Compte Valmont',
    enabled: 1,
    redirect_path: '/login/check-openid',
  });
  seeding.insert('sso_configuration', {
    id: 'cas',
    type: 'CASSSOConfiguration',
    name: 'Agents de la ville',
    enabled: 0,
    redirect_path: '/login-cas',
  });
}
