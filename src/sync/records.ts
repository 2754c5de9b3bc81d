import type {
  ClientContribution,
  ClientEvent,
  ClientProject,
  ClientProposal,
  ClientStep,
  Instant,
} from '../client/types.js';
import { cached } from '../core/cached.js';
import { projectPhase, type ProjectPhase } from '../domain/project-phase.js';
import { safeHtml } from './html.js';

/** An object as the files hold it: plain values under an ID. What is gone has `deleted`, and when that was noticed. */
export interface StoredRecord {
  readonly id: string;
  readonly deleted?: true;
  readonly deletedAt?: string;
  readonly [field: string]: unknown;
}

/** What all records of a run have in common. */
export interface Origin {
  /** Address of the platform that the data comes from. */
  readonly source: string;
  /** The licence under which it may be used again. */
  readonly licence: string;
  readonly timeZone: string;
}

/** The kinds of objects that files are filled with. */
export type Kind = 'projects' | 'steps' | 'events' | 'proposals' | 'contributions';

/** An instant as ISO 8601 text with the platform's offset: people read the local time, programs the instant. */
export function isoDate(instant: Instant, timeZone: string): string {
  const format = cached(
    `sync ${timeZone}`,
    () =>
      // Swedish writes dates as ISO 8601 does.
      new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
  );
  const offset = cached(
    `sync offset ${timeZone}`,
    () => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }),
  );
  const zone = offset.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${format.format(instant).replace(' ', 'T')}${zone.slice('GMT'.length) || '+00:00'}`;
}

type Dates = 'publishedAt' | 'createdAt' | 'updatedAt' | 'startAt' | 'endAt';
type WithIsoDates<T> = { readonly [K in keyof T]: K extends Dates ? Exclude<T[K], number> | string : T[K] };

/** An object as the client gives it, with its dates as text and what every record says of where it comes from. */
function record<T extends { readonly id: string }>(object: T, { source, licence, timeZone }: Origin) {
  const dated = Object.entries(object).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'number' && key.endsWith('At') ? isoDate(value, timeZone) : value,
  ]);
  // The compiler is told what has just been done: dates are text, all else is as it was.
  return { ...(Object.fromEntries(dated) as WithIsoDates<T>), source, licence };
}

const safe = (html: string | null, { source }: Origin): string | null =>
  html === null ? null : safeHtml(html, source);

/** Where a project stands by what the platform says of its steps. Our clock has no say: files change when the platform does. */
const statusOf = (steps: readonly ClientStep[]): ProjectPhase | null =>
  projectPhase(
    {
      steps: steps.map(({ state, ...step }) => {
        const timeless = state === 'open' && step.startAt === null && step.endAt === null;
        return { ...step, timeless, votable: null, told: state };
      }),
    },
    0,
  );

/** From the first start of its steps to their last end; null where none has one, or where one of them goes on without an end. */
function periodOf(steps: readonly ClientStep[]): { readonly startAt: Instant | null; readonly endAt: Instant | null } {
  const ends = steps.some(({ startAt, endAt }) => startAt !== null && endAt === null)
    ? []
    : steps.flatMap(({ endAt }) => endAt ?? []);
  const starts = steps.flatMap(({ startAt }) => startAt ?? []);
  return {
    startAt: starts.length ? Math.min(...starts) : null,
    endAt: ends.length ? Math.max(...ends) : null,
  };
}

export const projectRecord = (project: ClientProject, origin: Origin) => ({
  ...record({ ...project, status: statusOf(project.steps), ...periodOf(project.steps) }, origin),
  steps: project.steps.map(({ id }) => id),
});

export const stepRecord = (step: ClientStep, project: ClientProject, origin: Origin) => ({
  ...record(step, origin),
  projectId: project.id,
  projectTitle: project.title,
});

export const eventRecord = (event: ClientEvent, origin: Origin) => ({
  ...record(event, origin),
  html: safeHtml(event.html, origin.source),
});

export const proposalRecord = (proposal: ClientProposal, origin: Origin) => {
  const { votes } = proposal;
  return {
    ...record(proposal, origin),
    html: safe(proposal.html, origin),
    // Null: the ballot is secret, or nobody says that it is not.
    votes: votes.kind === 'tally' ? votes.value : null,
    paperVotes: votes.kind === 'tally' ? votes.paper : null,
  };
};

export const contributionRecord = (contribution: ClientContribution, origin: Origin) => {
  const { moderation } = contribution;
  const at = moderation?.at;
  return {
    ...record(contribution, origin),
    html: safe(contribution.html, origin),
    moderation: moderation && { ...moderation, at: at == null ? null : isoDate(at, origin.timeZone) },
  };
};

/** What a line of the NDJSON files holds, by its kind. */
export interface Records {
  readonly projects: ReturnType<typeof projectRecord>;
  readonly steps: ReturnType<typeof stepRecord>;
  readonly events: ReturnType<typeof eventRecord>;
  readonly proposals: ReturnType<typeof proposalRecord>;
  readonly contributions: ReturnType<typeof contributionRecord>;
}

/** What stays of something that is gone. Calendars have to be told when the event that they cancel would have been. */
export const tombstoneOf =
  (kind: Kind, deletedAt: string) =>
  ({ id, startAt, endAt, source, licence }: StoredRecord): StoredRecord => ({
    id,
    deleted: true,
    deletedAt,
    ...(kind !== 'projects' && { startAt, endAt }),
    source,
    licence,
  });

/** When a record was last changed, as far as it says. */
export function lastChangeOf(record: StoredRecord): string | null {
  const { moderation, updatedAt, publishedAt, createdAt, deletedAt } = record;
  const moderatedAt = (moderation as Records['contributions']['moderation'] | undefined)?.at;
  const dates = [moderatedAt, updatedAt, publishedAt, createdAt, deletedAt].filter((date) => typeof date === 'string');
  return dates.reduce((last: string | null, date) => later(last, date), null);
}

/** The later of two dates. */
export const later = (one: string | null, other: string | null): string | null =>
  one && (!other || Date.parse(one) >= Date.parse(other)) ? one : other;
