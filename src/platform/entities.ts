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

/**
 * The beginning of a text that is too long, by what readers take for one character: half of one would be another.
 * Browsers of before 2024 may know pairs only.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Object.hasOwn(Intl, 'Segmenter')
    ? new Intl.Segmenter().segment(text).containing(most - 1)?.index
    : text.slice(0, most).replace(/.$/su, '').length;
  return `${text.slice(0, end).trimEnd()}…`;
}

const ADDRESSES: ReadonlySet<string> = new Set(['url', 'finishUrl', 'cover', 'image']);

/** The same value with every text in it plain, and cut; an address that holds an entity means what it says. */
export const plain = <T>(value: T, most: number): T => inside(value, '', most) as T;

// Not by way of JSON: pages change how lists are written there.
function inside(value: unknown, name: string, most: number): unknown {
  if (typeof value === 'string')
    return ADDRESSES.has(name) ? value : cut(/^https?:/.test(value) ? value : decodeEntities(value), most);
  if (Array.isArray(value)) return value.map((part: unknown) => inside(part, name, most));
  return value instanceof Object
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inside(part, key, most)]))
    : value;
}
