/** Ends of lines, also the ones that only some programs take for them, and what jumps within a line. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * What a terminal carries out instead of showing it (C0, DEL, C1), and what turns around the order of the letters behind it.
 * Joiners stay, which some scripts and emoji are written with: they move nothing.
 */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * The same, for what people will read on pages: paragraphs keep their lines, and Arabic and Hebrew the marks that only say to
 * which side a full stop belongs. What turns all that follows around goes there as well.
 */
const UNWANTED = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A text from anywhere as one line that is safe to print on a terminal. */
export const printable = (text: string): string => text.replace(BREAKS, ' ').replace(UNPRINTABLE, '');

/** A text from anywhere as it may be handed on: to a platform, or into a file that people open. */
export const withoutControls = (text: string): string => text.replace(/\r\n?/g, '\n').replace(UNWANTED, '');
