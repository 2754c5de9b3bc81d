import type { Licence } from './data-package.js';
import type { CsvStyle } from './formats/csv.js';
import type { FormatName } from './formats/formats.js';
import type { ChangeKind } from './register.js';

/** What to read, and what to write. */
export interface SyncOptions {
  /** Base URL of the participation platform. */
  readonly platform: string;
  /** Folder of the files, which is made if need be. */
  readonly out: string;
  /** Which files to write of each collection. (all) */
  readonly formats?: readonly FormatName[] | undefined;
  /** How the CSV is written: as RFC 4180 has it, or as a French Excel opens it. (`standard`) */
  readonly csv?: CsvStyle | undefined;
  /** Files in place of links, one after the other and the list of them last: for hosts without links. (false) */
  readonly copy?: boolean | undefined;
  /** Folder of what is remembered from one run to the next, for `copy`. (beside `out`: `OUT.cap-widgets`) */
  readonly state?: string | undefined;
  /** IDs of the steps whose proposals are wanted, or `ID=NAME` for files called `NAME`. */
  readonly proposals?: readonly string[] | undefined;
  /** IDs of the consultations whose contributions are wanted, with what was moderated and why; or `ID=NAME`. */
  readonly contributions?: readonly string[] | undefined;
  /** Base URL for API calls when it differs from the platform. */
  readonly api?: string | undefined;
  /** Key of an account on a private platform. It is sent to the platform and goes nowhere else. */
  readonly token?: string | undefined;
  /** Language asked of the platform, and of the few words in the files that are ours. (`fr`) */
  readonly lang?: string | undefined;
  /** IANA name of the zone that the platform's dates are in. (`Europe/Paris`) */
  readonly timeZone?: string | undefined;
  /** Under which the data may be used again. (Licence Ouverte 2.0) */
  readonly licence?: Licence | undefined;
  /** Ends the run: the files stay as they were. */
  readonly signal?: AbortSignal | undefined;
  /** Sends the requests instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** What time it is, which is written beside what is found to be gone. */
  readonly now?: (() => number) | undefined;
  /** Is told how far it is, and, once the files are in place, of each change. The next change waits for its promise. */
  readonly onEvent?: ((event: SyncEvent) => void | Promise<void>) | undefined;
}

export type SyncEvent =
  | { readonly event: 'read'; readonly collection: string; readonly records: number }
  | { readonly event: 'change'; readonly change: ChangeKind; readonly collection: string; readonly id: string };

/** What has become of one collection. */
export interface CollectionReport extends Readonly<Record<ChangeKind, number>> {
  /** Objects that the platform has now. */
  readonly records: number;
}

export interface SyncReport {
  /** Whether any file has changed. */
  readonly changed: boolean;
  readonly collections: Readonly<Record<string, CollectionReport>>;
  /** Names of the files that were written. All others are as they were. */
  readonly written: readonly string[];
  /** Requests that were sent to the platform. */
  readonly requests: number;
}
