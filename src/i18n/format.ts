import { cached } from '../core/cached.js';
import { write } from '../core/json.js';
import type { Messages, Params } from './messages.js';

/** A number as people write it in a language. */
export const formatNumber = (locale: string, value: number): string =>
  // The browser itself keeps the format.
  value.toLocaleString(locale);

/** A date in a zone, or a date and time, or a time alone. In French an hour is « 18 h 42 », which `Intl` does not know. */
export function formatDate(locale: string, instant: number, options: Intl.DateTimeFormatOptions): string {
  const format = cached(`d${locale}${write(options)}`, () => new Intl.DateTimeFormat(locale, options)).format(instant);
  return locale === 'fr' ? format.replace(/(\d):(\d)/, '$1\u00a0h\u00a0$2') : format;
}

/** Fills in a message: `count` picks the plural, and numbers are written as the language does. */
export function formatMessage(locale: string, messages: Messages, key: string, params: Params = {}): string {
  const message = messages[key] ?? key;
  const text =
    typeof message === 'string'
      ? message
      : (message[cached(`p${locale}`, () => new Intl.PluralRules(locale)).select(Number(params['count']))] ??
        message.other);
  return text.replace(/{(\w+)}/g, (_, name: string) => {
    const value = params[name] ?? '';
    return typeof value === 'number' ? formatNumber(locale, value) : value;
  });
}
