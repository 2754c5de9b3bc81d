import type { Kind, StoredRecord } from '../records.js';
import { describe, type ColumnName } from './column-words.js';
import type { Subject } from './format.js';

/** One column of a table: where its values are in a record, and what they are. */
interface Column {
  readonly name: ColumnName;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'datetime';
  /** All words that it may hold. */
  readonly words?: readonly string[];
  /** Whether every row has it, those of what is gone too. */
  readonly required?: true;
  readonly unique?: true;
}

type Texts = readonly ColumnName[];

const text = (...names: Texts): Column[] => names.map((name) => ({ name, type: 'string' }));
const date = (...names: Texts): Column[] => names.map((name) => ({ name, type: 'datetime' }));
const whole = (...names: Texts): Column[] => names.map((name) => ({ name, type: 'integer' }));
const decimal = (...names: Texts): Column[] => names.map((name) => ({ name, type: 'number' }));
const oneOf = (name: ColumnName, ...words: readonly string[]): Column => ({ name, type: 'string', words });

const ID: Column = { name: 'id', type: 'string', required: true, unique: true };
const PLACE = [...text('place.address'), ...decimal('place.lat', 'place.lng')];
const PHASES = ['future', 'open', 'closed'] as const;
const STEPS = [
  ...['collect', 'selection', 'consultation', 'questionnaire', 'debate', 'presentation', 'ranking', 'other'],
] as const;

const COLUMNS: Readonly<Record<Kind, readonly Column[]>> = {
  projects: [
    ...text('title', 'url', 'summary', 'cover', 'type', 'themes.name', 'districts.name', 'authors.name'),
    ...date('publishedAt'),
    oneOf('status', ...PHASES),
    ...date('startAt', 'endAt'),
    ...whole('counts.votes', 'counts.contributions', 'counts.contributors'),
    ...text('steps'),
  ],
  steps: [
    ...text('projectId', 'projectTitle'),
    oneOf('kind', ...STEPS),
    ...text('title', 'url'),
    ...date('startAt', 'endAt'),
    oneOf('state', ...PHASES),
  ],
  events: [
    ...text('title', 'url', 'link'),
    ...date('startAt', 'endAt'),
    ...PLACE,
    ...text('html', 'author.name'),
    ...date('createdAt', 'updatedAt'),
  ],
  proposals: [
    ...text('reference', 'title', 'url', 'summary', 'text', 'html', 'author.name', 'theme.name', 'category'),
    ...PLACE,
    ...text('status'),
    ...decimal('cost'),
    ...whole('votes', 'paperVotes'),
    ...date('createdAt', 'publishedAt', 'updatedAt'),
  ],
  contributions: [
    oneOf('kind', 'opinion', 'version', 'argument', 'source'),
    ...text('parentId'),
    oneOf('stance', 'for', 'against'),
    ...text('title', 'text', 'html', 'url'),
    ...date('createdAt', 'publishedAt', 'updatedAt'),
    oneOf('moderation.status', 'visible', 'invisible'),
    ...date('moderation.at'),
    ...text('moderation.reason'),
  ],
};

/** What all tables end with: what is gone stays as a row with its ID and a date. */
const LAST: readonly Column[] = [
  { name: 'deleted', type: 'boolean' },
  ...date('deletedAt'),
  ...text('source', 'licence').map((column) => ({ ...column, required: true as const })),
];

/** The columns of a kind. Their names are as in the NDJSON files. */
export const columnsOf = (kind: Kind): readonly Column[] => [ID, ...COLUMNS[kind], ...LAST];

/** The value of a record in a column; of a list, a list of what is in it. */
export const valueIn = (record: StoredRecord, { name }: Column): unknown =>
  name.split('.').reduce<unknown>(within, record);

const within = (value: unknown, key: string): unknown =>
  Array.isArray(value)
    ? value.map((each) => within(each, key))
    : (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];

/** How a table writes what can be written in several ways. */
export interface Notation {
  /** As `strptime` has it. */
  readonly date: string;
  /** Whether dates are on the platform's clock, and do not say so. */
  readonly isLocal: boolean;
  readonly yes: string;
  readonly no: string;
  readonly decimal: '.' | ',';
}

/** A table in the words of Table Schema. */
export function tableSchema(
  { kind, lang, timeZone }: Pick<Subject, 'kind' | 'lang' | 'timeZone'>,
  { date, isLocal, yes, no, decimal }: Notation,
): object {
  return {
    fields: columnsOf(kind).map(({ name, type, words, required, unique }) => ({
      name,
      type,
      ...(type === 'datetime' && { format: date }),
      ...(type === 'boolean' && { trueValues: [yes], falseValues: [no] }),
      ...(type === 'number' && { decimalChar: decimal }),
      description: describe(kind, name, lang, type === 'datetime' && isLocal ? timeZone : undefined),
      ...((required ?? unique ?? words) && { constraints: { required, unique, enum: words } }),
    })),
    primaryKey: 'id',
    missingValues: [''],
    ...(kind === 'steps' && {
      foreignKeys: [{ fields: 'projectId', reference: { resource: 'projects-csv', fields: 'id' } }],
    }),
  };
}
