/** Marks that HTML names after the letter they stand on, from U+0300 on. */
const ACCENTS = ['grave', 'acute', 'circ', 'tilde', '', '', '', '', 'uml', '', 'ring'];

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
  deg: '°',
  oelig: 'œ',
  OElig: 'Œ',
  ccedil: 'ç',
  Ccedil: 'Ç',
};

/**
 * Decodes text that was written as HTML. By a table, because every parser of HTML that a browser has is closed to text
 * under Trusted Types. An unknown name stays as it is written.
 */
export const decodeEntities = (html: string): string =>
  html.replace(
    /&(?:#(\d+)|#x([\da-f]+)|([a-z])(grave|acute|circ|tilde|uml|ring)|([a-z]+));/gi,
    (written: string, ...found: readonly (string | undefined)[]) => {
      const [decimal, hex, letter, accent = '', name = ''] = found;
      if (letter) return (letter + String.fromCodePoint(0x300 + ACCENTS.indexOf(accent.toLowerCase()))).normalize();
      const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : Object.hasOwn(NAMED, name) ? String(NAMED[name]) : written;
    },
  );

/** The same value with every text in it decoded; an address that holds an entity means what it says. */
export const decodeTexts = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' && !/^https?:/.test(part) ? decodeEntities(part) : part,
  ) as T;
