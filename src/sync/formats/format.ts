import type { Licence, Table } from '../data-package.js';
import type { FileSink } from '../files.js';
import type { Kind, Records, StoredRecord } from '../records.js';

/** What a file is about. */
export interface Subject {
  readonly kind: Kind;
  readonly title: string;
  /** Address of the platform. */
  readonly platform: string;
  readonly licence: Licence;
  readonly lang: string;
  readonly timeZone: string;
  /** Date of the last change that any object speaks of. */
  readonly lastChange: string | null;
}

/** One kind of file. All are written object by object: none holds a whole collection in memory. */
export interface Format {
  readonly extension: string;
  readonly mediaType: string;
  /** The kinds of objects that the format can say; all where it is left out. */
  readonly kinds?: readonly Kind[];
  /** What the list of all files says of one whose rows and columns programs read. */
  describe?(subject: Pick<Subject, 'kind' | 'lang' | 'timeZone'>): Table;
  write(records: AsyncIterable<StoredRecord>, sink: FileSink, subject: Subject): Promise<void>;
}

/** A record of a known kind, or what is left of it. */
export type Known = {
  [K in Kind]: { readonly kind: K; readonly record: Records[K] };
}[Kind];

/** The compiler cannot see that the lines of a file are of the kind that gives the file its name. */
export const known = (kind: Kind, record: StoredRecord): Known => ({ kind, record }) as unknown as Known;

/** The records that are not tombstones. */
export async function* present(records: AsyncIterable<StoredRecord>): AsyncGenerator<StoredRecord, undefined> {
  for await (const record of records) if (!record.deleted) yield record;
}
