import type { GraphQLFieldResolver } from 'graphql';

import { globalId } from '../ids.js';
import type { Context } from './context.js';

/** A resolver whose arguments the schema has already checked. */
export type Resolve<Source, Args = Record<string, never>> = (source: Source, args: Args, context: Context) => unknown;

export type TypeResolvers = Record<string, Resolve<never, never>>;

/** What a field without a resolver reads: the property, or the column, of its name. */
export const fieldResolver: GraphQLFieldResolver<unknown, Context> = (source, args, context, { fieldName }) => {
  if (typeof source !== 'object' || source === null) return undefined;
  const properties = source as Record<string, unknown>;
  const value = properties[fieldName in properties ? fieldName : columnOf(fieldName)];
  return typeof value === 'function' ? (value as Resolve<unknown, unknown>)(source, args, context) : value;
};

const columns = new Map<string, string>();

function columnOf(field: string): string {
  let column = columns.get(field);
  if (column === undefined) {
    column = field === '_id' ? 'id' : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    columns.set(field, column);
  }
  return column;
}

/** The field `id` of types whose ids are global under this name. */
export function withGlobalId(name: string) {
  return { id: ({ id }: { readonly id: string | number }) => globalId(name, id) };
}

/** `fr-FR` in the database and in headers, `FR_FR` in the schema. */
export function localeEnum(code: string): string {
  return code.toUpperCase().replace('-', '_');
}

export function localeCode(value: string): string {
  const [language = '', region = ''] = value.split('_');
  return `${language.toLowerCase()}-${region}`;
}

interface LocaleArgs {
  readonly locale?: string | null;
}

/** A text in the language asked for, else in the request's, else as it was first written. */
export function translated(field: string): Resolve<{ readonly id: string }, LocaleArgs> {
  return (row, { locale }, { sql, locale: fallback }) =>
    sql.get<{ value: string }>(
      'SELECT value FROM translation WHERE object_id = ? AND field = ? AND locale = ?',
      row.id,
      field,
      locale ? localeCode(locale) : fallback,
    )?.value ?? (row as Record<string, unknown>)[columnOf(field)];
}

/** The text of some HTML, for excerpts. */
export function plainText(html: string): string {
  return html
    .replace(/<\/(p|li|h\d)>|<br\s*\/?>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Placed {
  readonly address: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
}

/** The platform keeps the geocoder's raw answer and reads the rest from it. */
export function address({ address: formatted, lat, lng }: Placed) {
  if (formatted === null || lat === null || lng === null) return null;
  const location = { lat, lng };
  const answer = [
    { formatted_address: formatted, geometry: { location, location_type: 'ROOFTOP' }, types: ['street_address'] },
  ];
  return { formatted, lat, lng, types: ['ROOFTOP'], json: JSON.stringify(answer) };
}
