import { decodeHTMLStrict } from 'entities';

/** Tags that people know and that break a line, and the others. A tag ends before the next one begins: no sign is looked at twice. */
const BREAKS = /<\/?(?:p|br|div|li|ul|ol|h\d)\b[^<>]*>/gi;
const TAGS = /<\/?(?:a|b|i|u|s|span|strong|em|small|big|sup|sub|font|mark)(?:\s[^<>]*)?\/?>/gi;

/** What a field of one line says, where a program has written it as HTML: without its tags, and decoded once. */
export const plainOf = (written: string): string => decodeHTMLStrict(written.replace(BREAKS, ' ').replace(TAGS, ''));
