import { randomUUID } from 'node:crypto';

import { platformInstant } from '../dates.js';
import { globalId, rawId } from '../ids.js';
import type { Value } from '../database.js';
import type { EventRow, UserRow } from '../rows.js';
import { isAdmin } from '../rules/access.js';
import { slugOf } from '../seed/seeding.js';
import { requireViewer, type Context } from './context.js';
import { AccessDenied, UserErrors } from './errors.js';
import { localeCode } from './fields.js';
import type { Input } from './voting.js';

interface TranslationInput {
  readonly locale: string;
  readonly title?: string | null;
  readonly body: string;
  readonly link?: string | null;
  readonly metaDescription?: string | null;
}

/** What the internal schema takes; the preview knows dates and texts only. What is absent stays as it is. */
interface EventInput {
  readonly startAt: string;
  readonly endAt?: string | null;
  readonly translations: readonly TranslationInput[];
  readonly enabled?: boolean | null;
  readonly commentable?: boolean | null;
  readonly customCode?: string | null;
  readonly projects?: readonly (string | null)[] | null;
  readonly themes?: readonly (string | null)[] | null;
  readonly steps?: readonly string[] | null;
  readonly districts?: readonly (string | null)[] | null;
  readonly guestListEnabled?: boolean;
  readonly measurable?: boolean;
  readonly maxRegistrations?: number | null;
  readonly author?: string | null;
}

const refusal = (message: string) => ({ userErrors: [{ message }] });

/** What the platform refuses in its answer, in its words and order. Only a new event has to end after it starts. */
function refusalOf(input: EventInput, isNew: boolean, viewer: UserRow, { objects, sql }: Context) {
  if (input.customCode && !isAdmin(viewer)) return refusal('You are not authorized to add customCode field.');
  const ended = input.endAt == null ? undefined : instantOf(input.endAt);
  if (isNew && ended !== undefined && ended < instantOf(input.startAt)) return refusal('event-before-date-error');
  // People sign up on the platform, or where the link leads.
  if (input.guestListEnabled && input.translations.some(({ link }) => link))
    return refusal('error-alert-choosing-subscription-mode');
  if (!listed(input.projects).every((id) => objects.findTyped(id, 'Project')))
    return refusal('No project matching id.');
  if (!listed(input.steps).every((id) => objects.find(id))) return refusal('No step matching id.');
  const known = 'SELECT count(*) FROM user WHERE id = ?';
  if (input.author && sql.number(known, rawId(input.author)) === 0)
    return refusal('No user or organization matching id');
  return undefined;
}

/** What the platform's form refuses; each complaint is an error of the answer. */
function checkTexts({ translations }: EventInput): void {
  const blank = (text: string | null | undefined): boolean => !text?.trim();
  const messages = translations.flatMap(({ title, body, link }) => [
    ...[title, body].filter(blank).map(() => 'This value should not be blank.'),
    ...(link && !(URL.canParse(link) && /^https?:/i.test(link)) ? ['This value is not a valid URL.'] : []),
  ]);
  if (translations.length === 0) messages.push('This collection should contain 1 element or more.');
  if (messages.length > 0) throw new UserErrors(messages);
}

const listed = (ids: readonly (string | null)[] | null | undefined): string[] => (ids ?? []).flatMap((id) => id ?? []);

/** A date that the scalar has let through. */
const instantOf = (text: string): number => platformInstant(text) ?? NaN;

const bit = (value: boolean | null | undefined): Value | undefined => (value == null ? undefined : Number(value));

/** The columns that an input names. */
function columnsOf(input: EventInput): Record<string, Value> {
  const columns = {
    start_at: instantOf(input.startAt),
    end_at: input.endAt == null ? input.endAt : instantOf(input.endAt),
    enabled: bit(input.enabled),
    commentable: bit(input.commentable),
    guest_list_enabled: bit(input.guestListEnabled),
    is_measurable: bit(input.measurable),
    max_registrations: input.maxRegistrations,
    author_id: input.author ? rawId(input.author) : undefined,
  };
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

const links = [
  ['event_project', 'project_id', 'projects'],
  ['event_theme', 'theme_id', 'themes'],
  ['event_step', 'step_id', 'steps'],
  ['event_district', 'district_id', 'districts'],
] as const;

/** Texts in languages that the input does not name stay. */
function writeParts(id: string, slug: string, input: EventInput, { sql }: Context): void {
  for (const { locale, title, body, link, metaDescription } of input.translations) {
    sql.run(
      `INSERT INTO event_translation (event_id, locale, title, body, link, slug, meta_description)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
        SET title = excluded.title, body = excluded.body, link = excluded.link, meta_description = excluded.meta_description`,
      ...[id, localeCode(locale), title ?? '', body, link ?? null, slug, metaDescription ?? null],
    );
  }
  for (const [table, column, field] of links) {
    if (input[field] == null) continue;
    sql.run(`DELETE FROM ${table} WHERE event_id = ?`, id);
    for (const linked of listed(input[field]))
      sql.run(`INSERT OR IGNORE INTO ${table} (event_id, ${column}) VALUES (?, ?)`, id, rawId(linked));
  }
}

/** A slug that no event has, deleted ones included. */
function freeSlug(title: string, { sql }: Context): string {
  const slug = slugOf(title) || 'evenement';
  const taken = (name: string): boolean => sql.number('SELECT count(*) FROM event WHERE slug = ?', name) > 0;
  for (let i = 0; ; i++) {
    const name = i === 0 ? slug : `${slug}-${i}`;
    if (!taken(name)) return name;
  }
}

/** Administrators publish at once; others may propose, where the platform lets them, and wait for a review. */
function addEvent(_: unknown, { input }: Input<EventInput>, context: Context) {
  const { sql, objects, now } = context;
  const viewer = requireViewer(context);
  if (!isAdmin(viewer) && !context.store.flag('allow_users_to_propose_events')) throw new AccessDenied();
  const refused = refusalOf(input, true, viewer, context);
  if (refused) return { ...refused, clientMutationId: input.clientMutationId };
  checkTexts(input);
  const id = randomUUID();
  sql.transaction(() => {
    const slug = freeSlug(input.translations[0]?.title ?? '', context);
    const row: Record<string, Value> = {
      id,
      slug,
      author_id: viewer.id,
      created_at: now,
      review_status: isAdmin(viewer) ? 'PUBLISHED' : 'AWAITING',
      ...columnsOf(input),
    };
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    sql.run(`INSERT INTO event (${names.join(', ')}) VALUES (${marks})`, ...Object.values(row));
    writeParts(id, slug, input, context);
  });
  return {
    eventEdge: { cursor: Buffer.from('arrayconnection:0').toString('base64'), node: objects.event(id) },
    userErrors: [],
    clientMutationId: input.clientMutationId,
  };
}

/** An event of one's own, or any for an administrator. One that is not there is no other case. */
function needOwnEvent(id: string, context: Context): EventRow {
  const viewer = requireViewer(context);
  const event = context.objects.read<EventRow>('event', rawId(id));
  if (!event || event.deleted_at !== null) throw new AccessDenied();
  if (event.author_id !== viewer.id && !isAdmin(viewer)) throw new AccessDenied();
  return event;
}

function changeEvent(_: unknown, { input }: Input<EventInput & { readonly id: string }>, context: Context) {
  const { sql, objects, now } = context;
  const event = needOwnEvent(input.id, context);
  const refused = refusalOf(input, false, requireViewer(context), context);
  if (refused) return { ...refused, clientMutationId: input.clientMutationId };
  checkTexts(input);
  sql.transaction(() => {
    const row = { ...columnsOf(input), updated_at: now };
    const set = Object.keys(row).map((name) => `${name} = ?`);
    sql.run(`UPDATE event SET ${set.join(', ')} WHERE id = ?`, ...Object.values(row), event.id);
    writeParts(event.id, event.slug, input, context);
  });
  const changed = objects.list<EventRow>('event', 'WHERE v.id = ?', event.id)[0];
  return { event: changed, userErrors: [], clientMutationId: input.clientMutationId };
}

/** The event stays with the moment of its deletion, without what people added to it. */
function deleteEvent(_: unknown, { input }: Input<{ readonly eventId: string }>, context: Context) {
  const { sql, objects, now } = context;
  const { id } = needOwnEvent(input.eventId, context);
  sql.transaction(() => {
    sql.run('DELETE FROM event_registration WHERE event_id = ?', id);
    sql.run('DELETE FROM comment WHERE event_id = ?', id);
    sql.run('UPDATE event SET deleted_at = ?, media_id = NULL WHERE id = ?', now, id);
  });
  return {
    deletedEventId: globalId('Event', id),
    event: objects.list<EventRow>('event', 'WHERE v.id = ?', id)[0],
    clientMutationId: input.clientMutationId,
  };
}

export const eventMutations = { addEvent, changeEvent, deleteEvent };
