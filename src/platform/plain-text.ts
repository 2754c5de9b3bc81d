/** Marks that HTML names after the letter they stand on, from the code of the first one on. */
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
  rsquo: '’',
  ndash: '–',
  hellip: '…',
  euro: '€',
  oelig: 'œ',
  ccedil: 'ç',
  Ccedil: 'Ç',
};

/**
 * Titles of the platform may be written as HTML text. Decoded by a table, because every parser of HTML that a browser has
 * is closed to text under Trusted Types. An unknown name stays as it is written.
 */
export const decodeEntities = (html: string): string =>
  html.replace(
    /&(?:#(x?)([\da-f]+)|([a-z])(grave|acute|circ|tilde|uml|ring)|([a-z]+));/gi,
    (written, ...found: (string | undefined)[]) => {
      const [hex, digits, letter, accent = '', name = ''] = found;
      if (letter) return (letter + String.fromCodePoint(0x300 + ACCENTS.indexOf(accent.toLowerCase()))).normalize();
      const code = parseInt(digits ?? '', hex ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : (NAMED[name] ?? (written as string));
    },
  );

/** An address from data, made absolute; null unless it leads to a web page. */
export function webAddress(address: string, base?: string): string | null {
  try {
    const { protocol, href } = new URL(address, base);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}
