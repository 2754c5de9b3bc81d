import type { Count } from '../domain/counts.js';
import type { StepKind, StepState } from '../domain/step.js';

/** Milliseconds since the epoch: the platform's dates name no zone, and are read in the one that the client was given. */
export type Instant = number;

/**
 * HTML as somebody wrote it in the platform's editor. It is not to be trusted: make it safe before it is shown.
 * All other texts are plain, with their entities decoded.
 */
export type UntrustedHtml = string;

export interface ClientOptions {
  /** Base URL of the participation platform. */
  readonly platform: string;
  /** Base URL for API calls when it differs from the platform. */
  readonly api?: string | undefined;
  /**
   * `auto`: what the public API lacks (costs, paper votes, whether a ballot is secret, why an opinion was moderated) is asked
   * of the API of the platform's own pages, anonymously, where that answers. `off`: it is not.
   */
  readonly rules?: 'auto' | 'off' | undefined;
  /** Key of an account on the platform, for what is not public. It goes to the platform's own origin only. */
  readonly token?: string | undefined;
  /** Language asked of the platform. (`fr`) */
  readonly lang?: string | undefined;
  /** IANA name of the zone that the platform's dates are in. (`Europe/Paris`) */
  readonly timeZone?: string | undefined;
  /** Sends the requests instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Ends everything that the client does. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReadingOptions {
  /** Ends the reading: it throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface ListOptions extends ReadingOptions {
  /** At most so many objects. (all) */
  readonly first?: number | undefined;
}

export interface ProjectsOptions extends ListOptions {
  /** Only projects of the theme with this ID. */
  readonly theme?: string | undefined;
  /** By date of publication, or by participation. (`oldest`: what is published meanwhile comes last, so nothing is missed) */
  readonly order?: 'oldest' | 'newest' | 'popular' | undefined;
}

export interface ProposalsOptions extends ListOptions {
  /** By date of publication. (`oldest`) */
  readonly order?: 'oldest' | 'newest' | undefined;
}

export interface EventsOptions extends ListOptions {
  /** Only events of the project with this ID. */
  readonly project?: string | undefined;
  /** By their start. (`earliest`) */
  readonly order?: 'earliest' | 'latest' | undefined;
}

export interface ContributionsOptions extends ListOptions {
  /** Also what was moderated, which the platform otherwise leaves out without a word. (false) */
  readonly includeTrashed?: boolean | undefined;
  /** By date of creation. (`oldest`) */
  readonly order?: 'oldest' | 'newest' | undefined;
}

/** Something with an ID and a name: a theme, a district. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Person {
  readonly id: string;
  /** Null for somebody without a public name, as after an account was deleted. */
  readonly name: string | null;
  readonly url: string | null;
}

export interface Place {
  /** The address in one line; null where the platform knows the coordinates alone. */
  readonly address: string | null;
  readonly lat: number;
  readonly lng: number;
}

export interface ClientProject {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly summary: string | null;
  readonly cover: string | null;
  readonly type: string | null;
  readonly themes: readonly Named[];
  readonly districts: readonly Named[];
  readonly authors: readonly Person[];
  readonly publishedAt: Instant;
  /** In their order, presentations included. */
  readonly steps: readonly ClientStep[];
  readonly counts: { readonly votes: number; readonly contributions: number; readonly contributors: number };
}

export interface ClientStep {
  readonly id: string;
  readonly kind: StepKind;
  readonly title: string;
  readonly url: string;
  readonly startAt: Instant | null;
  readonly endAt: Instant | null;
  /** As the platform says at the moment of reading. */
  readonly state: StepState;
}

/** When a contribution was written, changed and made public. */
export interface Dated {
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
  readonly publishedAt: Instant | null;
}

/** Why something was taken out of the lists by the platform's moderators. */
export interface Moderation {
  /** `visible`: its text may still be shown. `invisible`: only that it was moderated. Null: the platform does not say, so it is treated as invisible. */
  readonly status: 'visible' | 'invisible' | null;
  readonly at: Instant | null;
  /** What the moderators wrote, in plain text. */
  readonly reason: string | null;
}

export interface ClientProposal extends Dated {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** The number by which people know it, such as `3-12`. */
  readonly reference: string;
  readonly summary: string | null;
  readonly html: UntrustedHtml | null;
  readonly text: string | null;
  readonly author: Person;
  readonly theme: Named | null;
  readonly category: string | null;
  readonly place: Place | null;
  /** Its status in this step, such as “Lauréat”. */
  readonly status: string | null;
  /** The cost that staff estimated; null where there is none, or where the platform does not say. */
  readonly cost: number | null;
  /** Votes in this step; `not-counted` where nothing says that its ballot is not secret. */
  readonly votes: Count;
}

export interface ClientEvent {
  readonly id: string;
  readonly title: string;
  readonly html: UntrustedHtml;
  readonly url: string;
  /** A page elsewhere that the event's author names. */
  readonly link: string | null;
  readonly startAt: Instant;
  readonly endAt: Instant | null;
  readonly place: Place | null;
  readonly author: Person | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** Something that people wrote in a consultation. The texts and the address of what may not be shown are null. */
export interface ClientContribution extends Dated {
  readonly kind: 'opinion' | 'version' | 'argument' | 'source';
  readonly id: string;
  /** Null for what may not be shown: its address says its title. */
  readonly url: string | null;
  /** Arguments have none. */
  readonly title: string | null;
  readonly html: UntrustedHtml | null;
  /** The same in plain text, which the platform gives of opinions and versions. */
  readonly text: string | null;
  /** Whether an argument is for or against. */
  readonly stance: 'for' | 'against' | null;
  /** ID of the opinion or version that this is about. */
  readonly parentId: string | null;
  /** Null: it was not moderated. */
  readonly moderation: Moderation | null;
}
