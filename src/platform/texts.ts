import { write } from '../core/json.js';

/**
 * The same value with every text in it as it is meant, and no longer than can be laid out at once: the platform writes some
 * as HTML, and some have no end. Few are either, so what that takes is loaded then.
 *
 * @param most - Characters of a text, where it is more than a line.
 */
export const plainTexts = async <T>(value: T, most = 500): Promise<T> =>
  /&[#\w]+;|"([^"\\]|\\.){500}/.test(write(value)) ? (await import('./entities.js')).plain(value, most) : value;
