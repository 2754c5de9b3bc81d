import type { ProjectRow, StepRow, EventRow } from '../rows.js';
import { timeRange } from '../rules/time.js';
import { arrayConnection } from './connection.js';
import type { Context } from './context.js';
import { listEvents, type EventArgs } from './event-list.js';
import { address, localeEnum, withGlobalId, type TypeResolvers } from './fields.js';
import { mediaOf } from './media.js';

interface TranslationRow {
  readonly locale: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly meta_description: string | null;
}

function translations({ id }: EventRow, { sql }: Context): TranslationRow[] {
  return sql.all('SELECT * FROM event_translation WHERE event_id = ? ORDER BY locale DESC', id);
}

function text(field: 'title' | 'body' | 'link' | 'meta_description') {
  return (event: EventRow, _: unknown, context: Context) => {
    const all = translations(event, context);
    return (all.find(({ locale }) => locale === context.locale) ?? all[0])?.[field];
  };
}

function registrations({ id }: EventRow, { sql }: Context): number {
  return sql.number('SELECT count(*) FROM event_registration WHERE event_id = ?', id);
}

function isComplete(event: EventRow, context: Context): boolean {
  return event.max_registrations !== null && registrations(event, context) >= event.max_registrations;
}

const Event = {
  ...withGlobalId('Event'),
  title: text('title'),
  body: text('body'),
  link: text('link'),
  metaDescription: text('meta_description'),
  url: (event: EventRow, _: unknown, { links }: Context) => links.event(event),
  timeRange: (event: EventRow, _: unknown, { now }: Context) => timeRange(event, now),
  googleMapsAddress: (event: EventRow) => address(event),
  addressJson: (event: EventRow) => address(event)?.json,
  media: mediaOf,
  author: (event: EventRow, _: unknown, { objects }: Context) => objects.read('user', event.author_id),
  viewerDidAuthor: (event: EventRow, _: unknown, { viewer }: Context) =>
    viewer === undefined ? null : event.author_id === viewer.id,
  projects: (event: EventRow, _: unknown, { objects }: Context) =>
    objects
      .list<ProjectRow>('project', 'WHERE p.id IN (SELECT project_id FROM event_project WHERE event_id = ?)', event.id)
      .filter((project) => objects.sees(project)),
  steps: (event: EventRow, _: unknown, { objects }: Context) =>
    objects
      .list<StepRow>('step', 'WHERE s.id IN (SELECT step_id FROM event_step WHERE event_id = ?)', event.id)
      .filter((step) => objects.sees(step)),
  themes: (event: EventRow, _: unknown, { sql }: Context) =>
    sql.all(
      'SELECT t.* FROM theme t JOIN event_theme x ON x.theme_id = t.id WHERE x.event_id = ? ORDER BY t.position',
      event.id,
    ),
  districts: (event: EventRow, args: { first?: number | null }, { objects }: Context) =>
    arrayConnection(
      objects.list(
        'globalDistrict',
        'WHERE d.id IN (SELECT district_id FROM event_district WHERE event_id = ?)',
        event.id,
      ),
      args,
      (district) => district,
    ),
  related: () => null,
  reviewStatus: (event: EventRow) => (event.deleted_at === null ? event.review_status : 'DELETED'),
  translations: (event: EventRow, _: unknown, context: Context) =>
    translations(event, context).map((row) => ({ ...row, locale: localeEnum(row.locale) })),
  isRegistrationPossible: (event: EventRow, _: unknown, { now }: Context) =>
    Boolean(event.guest_list_enabled) && event.start_at > now,
  availableRegistration: (event: EventRow, _: unknown, context: Context) =>
    event.max_registrations === null ? null : Math.max(0, event.max_registrations - registrations(event, context)),
  isEventRegistrationComplete: (event: EventRow, _: unknown, context: Context) => isComplete(event, context),
  participants: (event: EventRow, _: unknown, context: Context) => ({
    totalCount: registrations(event, context),
    pageInfo: { hasNextPage: false, hasPreviousPage: false },
  }),
};

export const eventResolvers: Record<string, TypeResolvers> = { Event, Comment: withGlobalId('Comment') };

export const eventQueries = {
  events: (_: unknown, args: EventArgs, context: Context) => listEvents(context, args),
};
