import { CommandError, EXIT } from './report.js';

/** The text of an agenda, and what there is to say of how it was come by. */
export interface Decoded {
  readonly text: string;
  readonly warnings: readonly string[];
}

const LF = 0x0a;
const CR = 0x0d;
const FOLDS = [0x20, 0x09];

/** What a line that is not in UTF-8 is taken for, as it is named to people. */
const LEGACY = { 'windows-1252': 'Windows-1252', macintosh: 'Mac OS Roman' } as const;

/**
 * Finds out in which encoding an agenda is written: UTF-8 or UTF-16, or line by line what old programs write. Nothing is
 * replaced without a word.
 *
 * @param encoding - Its name, where somebody knows it.
 */
export function decodeAgenda(bytes: Uint8Array, encoding?: string): Decoded {
  const plain = (name: string): Decoded => ({ text: textIn(name, bytes), warnings: [] });
  if (encoding !== undefined) return plain(checkedEncoding(encoding));
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new CommandError(EXIT.files, 'The file is no iCalendar agenda: it is compressed (gzip). Unpack it first.');
  const utf16 = utf16Of(bytes);
  if (utf16) return plain(utf16);
  const text = inUtf8(bytes) ?? inUtf8(withWholeLetters(bytes));
  return text === null ? decodeLines(withWholeLetters(bytes)) : { text, warnings: twiceEncoded(text) };
}

/** @throws {CommandError} When there is no such encoding. */
export function checkedEncoding(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch (cause) {
    throw new CommandError(
      EXIT.usage,
      `There is no encoding “${name}”. Name one such as utf-8, windows-1252, iso-8859-15 or macintosh.`,
      { cause },
    );
  }
}

/** By its mark, or by the zeros beside its first letter. */
function utf16Of([first, second]: Uint8Array): string | null {
  if ((first === 0xff && second === 0xfe) || (first && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second) ? 'utf-16be' : null;
}

function inUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const isInside = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Some programs fold lines in the middle of a letter: the rest of it is put in front of the fold. */
function withWholeLetters(bytes: Uint8Array): Uint8Array {
  const mended = Uint8Array.from(bytes);
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (!FOLDS.includes(bytes[at + 1] ?? 0) || !isInside(bytes[at + 2])) continue;
    const from = bytes[at - 1] === CR ? at - 1 : at;
    let end = at + 2;
    while (isInside(bytes[end]) && end < at + 5) end++;
    mended.set(bytes.subarray(at + 2, end), from);
    mended.set(bytes.subarray(from, at + 2), from + end - at - 2);
  }
  return mended;
}

/** Each line by itself: agendas are put together of pieces. */
function decodeLines(bytes: Uint8Array): Decoded {
  const lines = linesOf(bytes).map((line) => ({ line, text: inUtf8(line) }));
  const legacy = legacyOf(lines.flatMap(({ line, text }) => (text === null ? [line] : [])));
  let charset: string | null = null;
  let first: string | undefined;
  const texts = lines.map(({ line, text }, place) => {
    // A parameter in front of it says so, also of the lines that it is folded into.
    if (!FOLDS.includes(line[0] ?? 0)) charset = charsetOf(line);
    if (text !== null) return text;
    if (charset) return textIn(charset, line);
    const found = mixed(line, legacy) ?? textIn(legacy, line);
    first ??= `line ${place + 1} is the first: “${found.trim().slice(0, 80)}”`;
    return found;
  });
  const warnings = first
    ? [
        `The agenda is not in UTF-8, or not all of it. What is not was read as ${LEGACY[legacy]}, of which ${first}. If its letters are wrong, name the encoding by --encoding, or save the agenda as UTF-8.`,
      ]
    : [];
  const text = texts.join('');
  return { text: text.replace(/^\ufeff/, ''), warnings: [...warnings, ...twiceEncoded(text)] };
}

/** Lines with what ends them. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const end = bytes.includes(LF) ? LF : CR;
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const found = bytes.indexOf(end, from);
    const next = found < 0 ? bytes.length : found + 1;
    lines.push(bytes.subarray(from, next));
    from = next;
  }
  return lines;
}

/** What Windows-1252 has in place of the control characters of ISO 8859-1. */
const SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Some versions of Node take Windows-1252 for ISO 8859-1, and lose quotation marks, dashes and the euro. */
const textIn = (encoding: string, bytes: Uint8Array): string =>
  encoding === 'windows-1252'
    ? binary(bytes).replace(/[\x80-\x9f]/g, (sign) => SIGNS[sign.charCodeAt(0) - 0x80] ?? sign)
    : new TextDecoder(encoding).decode(bytes);

/** One character for each byte. */
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function charsetOf(line: Uint8Array): string | null {
  const name = /^[^:]*;CHARSET="?([\w-]+)/i.exec(binary(line.subarray(0, 200)))?.[1];
  try {
    return name === undefined ? null : new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}

/** Letters with accents on Macs of before 2001, at places where Windows has signs that no word holds; and those of Windows. */
const MAC = /[a-z][\x88\x89\x8d-\x90\x99\x9d\x9e]|[\x88\x89\x8d-\x90\x99\x9d\x9e][a-z]/gi;
const WINDOWS = /[\xe0-\xff]/g;

function legacyOf(lines: readonly Uint8Array[]): keyof typeof LEGACY {
  const count = (letters: RegExp): number =>
    lines.reduce((sum, line) => sum + (binary(line).match(letters)?.length ?? 0), 0);
  return count(MAC) > count(WINDOWS) ? 'macintosh' : 'windows-1252';
}

/** UTF-8 as it is in French: of an accent, a quotation mark or a dash. Read as Windows-1252 it makes no word. */
const SURELY_UTF8 = /\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]/;
const WHOLE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/.source;
/** A letter of which the end is missing, as where a text was cut after so many bytes. */
const CUT = /[\xc2\xc3](?![\x80-\xbf])|[\xe0-\xf4][\x80-\xbf]{1,2}/.source;
const LETTERS = new RegExp(`(${WHOLE})|(${CUT})|[\\x80-\\xff]`, 'g');

/** A line that is in UTF-8 but for some letters; null when it is in another encoding. */
function mixed(line: Uint8Array, legacy: string): string | null {
  const written = binary(line);
  if (!SURELY_UTF8.test(written)) return null;
  return written.replace(LETTERS, (bytes, whole?: string, cut?: string) =>
    cut ? '\ufffd' : textIn(whole ? 'utf-8' : legacy, Buffer.from(bytes, 'latin1')),
  );
}

const TWICE = /Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”¦]/;

/** What has gone through two programs of which one took UTF-8 for something else, and letters that are lost. */
function twiceEncoded(text: string): string[] {
  const say = (sign: RegExp, what: string): string[] => {
    const at = text.search(sign);
    if (at < 0) return [];
    const from = Math.max(text.lastIndexOf('\n', at) + 1, at - 40);
    const before = text.slice(0, at).split('\n').length;
    return [`Line ${before} of the agenda ${what}: “${text.slice(from, at + 40).split(/[\r\n]/, 1)[0] ?? ''}”.`];
  };
  return [
    ...say(TWICE, 'has letters that were turned into UTF-8 twice, and is published so. Mend it where it is made'),
    ...say(/\ufffd/, 'has lost letters before it came here, and is published so. Mend it where it is made'),
  ];
}
