import { stringify, type Options } from 'csv-stringify/sync';

import { withoutControls } from '../control-characters.js';
import { columnsOf, tableSchema, valueIn, type Notation } from './columns.js';
import type { Format } from './format.js';

/** Who is to read the tables. */
export const CSV_STYLES = ['standard', 'excel'] as const;
export type CsvStyle = (typeof CSV_STYLES)[number];

interface Style extends Notation {
  readonly delimiter: ',' | ';';
  /** What the file begins with. */
  readonly start: string;
  /** A text as its readers take it for one. */
  text(value: string): string;
  /** A date of ours, whose offset is that of the platform. */
  moment(iso: string): string;
}

const same = (value: string): string => value;

const STANDARD: Style = {
  delimiter: ',',
  start: '',
  date: '%Y-%m-%dT%H:%M:%S%z',
  isLocal: false,
  yes: 'true',
  no: 'false',
  decimal: '.',
  text: same,
  moment: same,
};

/** Characters that a cell can hold. What is longer runs over into the next rows. */
const FULL_CELL = 32_767;

/** What a spreadsheet would make a number or a date of: `3-12` is no third of December. */
const NUMBERISH = /^(?=.*\d)[\d\s.,:/+%€-]+(?:e[+-]?\d+)?$/i;

/** What Excel opens with a double click where the comma is for decimals: in France. */
const EXCEL: Style = {
  delimiter: ';',
  start: '\ufeff',
  date: '%Y-%m-%d %H:%M:%S',
  isLocal: true,
  yes: 'VRAI',
  no: 'FAUX',
  decimal: ',',
  text(value) {
    const marked = NUMBERISH.test(value) ? `'${value}` : value;
    return marked.length < FULL_CELL ? marked : `${marked.slice(0, FULL_CELL - 2).replace(/[\ud800-\udbff]$/, '')}…`;
  },
  // The clock of the platform; Excel knows no offsets.
  moment: (iso) => iso.slice(0, 19).replace('T', ' '),
};

const STYLES: Readonly<Record<CsvStyle, Style>> = { standard: STANDARD, excel: EXCEL };

/**
 * CSV as RFC 4180 has it, or as Excel opens it. Texts that a spreadsheet would take for a formula begin with an apostrophe,
 * and what stands on several lines is in quotation marks: rows end with CR LF, but most programs would begin another one at
 * LF already.
 */
export function csvFor(name: CsvStyle): Format {
  const style = STYLES[name];
  const options: Options = {
    delimiter: style.delimiter,
    escape_formulas: true,
    quoted_match: /\n/,
    record_delimiter: 'windows',
    cast: {
      boolean: (value) => (value ? style.yes : style.no),
      // A number that is negative is no formula.
      number: (value) => ({ value: String(value).replace('.', style.decimal), escape_formulas: false }),
    },
  };
  const row = (cells: readonly unknown[]): string => stringify([cells], options);
  return {
    extension: 'csv',
    mediaType: 'text/csv',
    describe: (subject) => ({
      profile: 'tabular-data-resource',
      dialect: {
        delimiter: style.delimiter,
        lineTerminator: '\r\n',
        quoteChar: '"',
        doubleQuote: true,
        header: true,
        skipInitialSpace: false,
      },
      schema: tableSchema(subject, style),
    }),
    async write(records, sink, { kind }) {
      const columns = columnsOf(kind);
      const cell = (value: unknown, isDate: boolean): unknown => {
        const whole = Array.isArray(value) ? value.join(' | ') : value;
        if (typeof whole !== 'string') return whole;
        // Before formulas are looked for: in front of one, a sign that nobody sees would hide it.
        return isDate ? style.moment(whole) : style.text(withoutControls(whole));
      };
      await sink.write(style.start + row(columns.map(({ name }) => name)));
      for await (const record of records)
        await sink.write(row(columns.map((column) => cell(valueIn(record, column), column.type === 'datetime'))));
    },
  };
}
