import type { Allowed } from './events-push-guard.js';
import type { readAgendaFile } from './events-push-reading.js';
import type { ActTold } from './events-push-report.js';

/** Which agenda to bring where. */
export interface PushOptions extends Allowed {
  /** Path of the agenda. */
  readonly file: string;
  /** Name of the encoding that it is in. (found out) */
  readonly encoding?: string | undefined;
  /** Base URL of the participation platform. */
  readonly platform: string;
  /** Base URL for API calls when it differs from the platform. */
  readonly api?: string | undefined;
  /** Key of the account that writes the events. */
  readonly token: string;
  /** Language of the agenda, as the platform names it. (`FR_FR`) */
  readonly locale?: string | undefined;
  /** IANA name of the platform's zone. (`Europe/Paris`) */
  readonly timeZone?: string | undefined;
  /** Of events that recur, the occurrences from one instant to another. (from a year ago to a year ahead) */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Path of what is remembered. (beside the agenda, with `.cap-widgets.json`) */
  readonly state?: string | undefined;
  /** Milliseconds by which the platform's lists may be behind what was added. (15 000) */
  readonly lag?: number | undefined;
  /** Only say what there is to do. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Sends the requests instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Reads the agenda instead of a thread of its own. */
  readonly read?: typeof readAgendaFile | undefined;
  readonly now?: (() => number) | undefined;
  /** Is told of each act: before it on a dry run, else after it. */
  readonly onAct?: ((told: ActTold) => void) | undefined;
  /** Is told of what is odd, and does not keep the work from being done. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
}
