/** What `cap-widgets/sync` gives to programs. */
export { ApiError, type ErrorCode } from '../core/errors.js';
export type { Licence } from './data-package.js';
export type { CsvStyle } from './formats/csv.js';
export type { FormatName } from './formats/formats.js';
export type { Kind, Records, StoredRecord } from './records.js';
export type { ChangeKind } from './register.js';
export { CommandError, EXIT, failureOf, type ExitCode, type Failure } from './report.js';
export type { CollectionReport, SyncEvent, SyncOptions, SyncReport } from './sync-options.js';
export { sync } from './sync.js';
export { watch, type WatchOptions } from './watch.js';
