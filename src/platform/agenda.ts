/** Events of the platform's agenda, written with the token of an account. */
import { clock } from '../core/clock.js';
import { ApiError } from '../core/errors.js';
import { Cursor, flag, list, maybe, text } from './cursor.js';
import { addEvent, changeEvent, deleteEvent, viewerAccount, viewerEvents } from './documents/agenda.js';
import type { Platform } from './endpoints.js';
import { decodeEntities } from './entities.js';
import type { ReadOptions } from './loader.js';
import { readPages, type Page, type PageRequest } from './paging.js';
import { failureOf, faultOf, recover } from './recovery.js';
import { send, type Answer } from './transport.js';

/** An event that the account has written. Its dates are as the platform writes them. */
export interface OwnEvent {
  readonly id: string;
  readonly title: string;
  readonly startAt: string;
  readonly endAt: string | null;
}

export interface EventTexts {
  readonly locale: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
}

export interface EventInput {
  readonly startAt: string;
  /** Null takes an end away; the platform keeps what is not named. */
  readonly endAt: string | null;
  readonly translations: readonly EventTexts[];
}

/** The platform has looked at an event and does not take it. Nothing has changed. */
export class EventRefused extends Error {}

/** Times that an act is tried while the platform asks for patience, and how long that may be. */
const TRIES = 3;
const LONGEST_WAIT = 20_000;

/**
 * The ID of the account.
 *
 * @throws {ApiError}
 */
export async function readAccount(platform: Platform, options: ReadOptions): Promise<string> {
  const read = platform.loader('public').field(viewerAccount, {}, (viewer) => text(viewer.at('id')), options);
  return (await read) ?? refuse('viewer');
}

/**
 * The account's events in the platform's list, which may be some seconds behind: from the last one back to a date.
 *
 * @throws {ApiError}
 */
export async function readOwnEvents(platform: Platform, since: string, options: ReadOptions): Promise<OwnEvent[]> {
  const own: OwnEvent[] = [];
  const read = async ({ after, signal }: PageRequest): Promise<Page<ListedEvent>> => {
    const page = await platform.loader('public').field(
      viewerEvents,
      { after },
      (events) => {
        const info = events.at('pageInfo');
        const found = maybe(events.at('edges'), (edges) => list(edges, (edge) => maybe(edge.at('node'), decodeEvent)));
        return {
          items: found?.filter((event) => event !== null) ?? [],
          next: flag(info.at('hasNextPage')) ? text(info.at('endCursor') as Cursor<string>) : null,
        };
      },
      { ...options, signal },
    );
    return page ?? refuse('events');
  };
  for await (const { isOwn, ...event } of readPages(read, options)) {
    if (isOwn) own.push(event);
    if (event.startAt && event.startAt < since) break;
  }
  return own;
}

interface ListedEvent extends OwnEvent {
  readonly isOwn: boolean;
}

type Node = {
  readonly id: string;
  readonly title: string;
  readonly viewerDidAuthor: boolean | null;
  readonly timeRange: { readonly startAt: string | null; readonly endAt: string | null };
};

function decodeEvent(node: Cursor<Node>): ListedEvent {
  const range = node.at('timeRange');
  return {
    isOwn: maybe(node.at('viewerDidAuthor'), flag) ?? false,
    id: text(node.at('id')),
    title: decodeEntities(text(node.at('title'))),
    startAt: maybe(range.at('startAt'), text) ?? '',
    endAt: maybe(range.at('endAt'), text),
  };
}

const refuse = (place: string): never => {
  throw new ApiError('bad-response', `${place} is missing`);
};

/**
 * Adds an event. Sent once: without an answer nobody knows whether it was added.
 *
 * @returns Its ID.
 * @throws {EventRefused | ApiError}
 */
export async function sendNewEvent(platform: Platform, input: EventInput, options: ReadOptions): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      const payload = await mutate(platform, 'addEvent', addEvent, input, options);
      return text(payload.at('eventEdge').at('node').at('id'));
    } catch (reason) {
      if (reason instanceof EventRefused) throw reason;
      const [failure, wait = 1000 * tries] = failureOf(reason);
      // Who asks for patience has done nothing yet.
      if (failure.code !== 'rate-limited' || tries === TRIES || wait > LONGEST_WAIT) throw failure;
      await new Promise<void>((resolve) => clock.after(wait, resolve));
    }
  }
}

/** Whether an act that failed so may have taken place all the same. */
export const isUnsure = (reason: unknown): boolean =>
  reason instanceof ApiError && /^(network|timeout|server|bad-response)$/.test(reason.code);

/** Writes all of an event anew, which may be done again. Otherwise as `sendNewEvent`. */
export async function sendEvent(
  platform: Platform,
  id: string,
  input: EventInput,
  options: ReadOptions,
): Promise<void> {
  await again((): Promise<unknown> => mutate(platform, 'changeEvent', changeEvent, { id, ...input }, options), options);
}

/** Takes an event away. One that is gone already counts as well: the platform tells the two apart for nobody. */
export async function takeEventAway(platform: Platform, id: string, options: ReadOptions): Promise<void> {
  let unsure = false;
  const attempt = async (): Promise<void> => {
    try {
      await mutate(platform, 'deleteEvent', deleteEvent, { eventId: id }, options);
    } catch (reason) {
      const [{ code }] = failureOf(reason);
      // It was there, and is not any more: the attempt whose answer was lost has done it.
      if (!unsure || code !== 'forbidden') throw reason;
    } finally {
      unsure = true;
    }
  };
  await again(attempt, options);
}

async function again(act: () => Promise<unknown>, { signal }: ReadOptions): Promise<void> {
  // What was refused once is refused again.
  const attempt = (): Promise<unknown> =>
    act().catch((reason: unknown) => {
      if (reason instanceof EventRefused) return reason;
      throw reason;
    });
  const result = await attempt().catch((reason: unknown) => recover(reason, attempt, signal));
  if (result instanceof EventRefused) throw result;
}

interface Payload {
  readonly eventEdge: { readonly node: { readonly id: string } };
  readonly userErrors?: readonly { readonly message: string | null }[] | null;
}

async function mutate(
  platform: Platform,
  field: string,
  document: unknown,
  input: object,
  { lang, signal }: ReadOptions,
): Promise<Cursor<Payload>> {
  // See `documents/typed.ts`: the compiler is told of a parsed document where there is text.
  const { data, faults }: Answer = await send(
    platform.loader('public').endpoint,
    document as string,
    { input },
    lang,
    signal,
  );
  const [fault] = faults;
  const payload = data?.[field];
  if (payload) {
    const answered = new Cursor<Payload>(payload, field, faults);
    const words = maybe(answered.at('userErrors'), (errors) =>
      list(errors, (error) => maybe(error.at('message'), text)),
    );
    if (words?.length) throw new EventRefused(words.join(' '));
    return answered;
  }
  if (!fault) throw new ApiError('bad-response', `${field} is missing`);
  const failure = faultOf(fault);
  if (failure.code !== 'forbidden' && fault.extensions?.category === 'user')
    throw new EventRefused(faults.flatMap(({ message }) => (typeof message === 'string' ? message : [])).join(' '));
  throw failure;
}
