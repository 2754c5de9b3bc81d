/** Marks that HTML names after the letter they stand on. */
const ACCENTS: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
};

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
};

/**
 * Titles of the platform may be written as HTML text. Decoded by a table, because every parser of HTML that a browser has
 * is closed to text under Trusted Types. An unknown name stays as it is written.
 */
export const decodeEntities = (html: string): string =>
  html.replace(
    /&(?:#x([\da-f]+)|#(\d+)|([a-z])(grave|acute|circ|tilde|uml|ring|cedil)|([a-z]+));/gi,
    (written, hex, decimal, letter, accent, name) => {
      if (letter) return `${String(letter)}${ACCENTS[String(accent)] ?? ''}`.normalize();
      if (name) return NAMED[String(name)] ?? String(written);
      const code = hex ? parseInt(String(hex), 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : String(written);
    },
  );

/** An address from data, made absolute; null unless it leads to a web page. */
export function webAddress(address: string, base: string): string | null {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
