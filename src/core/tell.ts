import type { Finding, Details } from './doctor.js';

/** Tells the page's developer something, once a page however many elements have the same reason. */
export function tell<K extends Finding>(finding: K, ...details: Details<K>): void {
  // The words are not worth their bytes on a page that is in order.
  void import('./doctor.js').then(
    (doctor) => doctor.tell(finding, ...details),
    () => console.warn('[cap-widgets]', finding, ...details),
  );
}

/** What gets into a value on its way through editors and mails: white space, invisible characters, quotes of any kind. */
const STRAY = /[\s"'`“”„«»‘’‚‹›\u00ad\u200b-\u200f\u2060]+/g;

/** An address, an ID or a word as it was meant when it was pasted. */
export const tidy = (value: string): string => value.replace(STRAY, '');

/** The same, and the console says what to write. */
export function pasted(value: string | null | undefined): string {
  const meant = tidy(value ?? '');
  if (value && meant !== value) tell('repaired', value, meant);
  return meant;
}

/** A word of a list; the first, where another one is given or none. */
export function wordOf<T extends string>(value: string | null | undefined, ...words: readonly [T, ...T[]]): T {
  const meant = pasted(value).toLowerCase();
  const word = words.find((known) => known === meant);
  if (meant && !word) tell('bad-word', meant, words.join(', '));
  return word ?? words[0];
}
