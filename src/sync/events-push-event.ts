/** One event as the platform takes it; a recurring one of the agenda is many. */
export interface AgendaEvent {
  readonly uid: string;
  /** The same at each reading: the UID, and for one of a series also when it would take place if nobody had moved it. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  /** `YYYY-MM-DD HH:mm:ss` on the platform's clock. */
  readonly startAt: string;
  readonly endAt: string | null;
}

/** What the agenda says and nobody could carry out. */
export interface Unreadable {
  /** Empty where it has none; null where it has one that cannot be read, and it may be any that was pushed before. */
  readonly uid: string | null;
  readonly title: string;
  /** Line of the file. */
  readonly line: number;
  readonly message: string;
}

export interface Agenda {
  readonly events: readonly AgendaEvent[];
  readonly problems: readonly Unreadable[];
  /** UIDs of events that recur. */
  readonly series: ReadonlySet<string>;
  /** What is odd about it, and keeps nothing from being done. */
  readonly warnings: readonly string[];
  /** Whether there is no event at all in the file, be it one that is not published. */
  readonly isEmpty: boolean;
}

export interface AgendaOptions {
  /** IANA name of the platform's zone, which is also that of dates without one. */
  readonly timeZone: string;
  /** Of events that recur, the occurrences from one instant to another. */
  readonly since: number;
  readonly until: number;
  /** What stands before the place. */
  readonly placeLabel: string;
  /** What addresses without a host are relative to. */
  readonly base: string;
}
