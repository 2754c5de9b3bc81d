import { LIMITS } from './events-push-limits.js';

/** A line of the format, which may be several of the file. */
export interface ContentLine {
  readonly line: number;
  readonly text: string;
  readonly isTooLong: boolean;
}

/** The older format has values that go on behind a "=" at the end of the line. */
const QUOTED = /^[^:]*;(?:ENCODING=)?"?QUOTED-PRINTABLE\b/i;

/** The lines of a file as they were before they were folded. */
export function* contentLines(text: string): Generator<ContentLine, undefined> {
  // Old Macs end lines so; elsewhere it is a sign like others.
  const mark = text.includes('\n') ? '\n' : '\r';
  let whole = '';
  let start = 1;
  let isTooLong = false;
  let isQuoted = false;
  let goesOn = false;
  for (let from = 0, line = 1; from < text.length; line++) {
    const found = text.indexOf(mark, from);
    const next = found < 0 ? text.length : found + 1;
    let end = found < 0 ? next : found;
    while (text[end - 1] === '\r' && end > from) end--;
    // Where files follow each other, so do their marks.
    if (text[from] === '\ufeff') from++;
    const isFolded = text[from] === ' ' || text[from] === '\t';
    if (!isFolded && !goesOn) {
      if (whole) yield { line: start, text: whole, isTooLong };
      whole = '';
      start = line;
      isTooLong = false;
      isQuoted = QUOTED.test(text.slice(from, Math.min(end, from + 200)));
    }
    isTooLong ||= whole.length + end - from > LIMITS.field;
    const isWhole = goesOn;
    goesOn = isQuoted && text[end - 1] === '=';
    if (goesOn) end--;
    // Its name is all that is of use of a line that is too long.
    whole += text.slice(isFolded && !isWhole ? from + 1 : from, isTooLong ? Math.min(end, from + 100) : end);
    from = next;
  }
  if (whole.trim()) yield { line: start, text: whole, isTooLong };
}
