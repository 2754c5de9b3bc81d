import { lastMoment } from '../../domain/platform-time.js';
import type { Params } from '../../i18n/messages.js';
import { formatMoney } from '../../i18n/money.js';
import type { LocaleController } from '../../state/locale-controller.js';

/** Writes about votes in the visitor's language. */
export interface Writer<Key extends string> {
  readonly t: (key: Key, params?: Params) => string;
  /** A date in the platform's zone. */
  readonly date: (instant: number) => string;
  /** The last moment before an end, as a date. */
  readonly end: (instant: number) => string;
  /** An amount in euros. */
  readonly money: (euros: number) => string;
}

/** @param zone - The platform's time zone. */
export function writerOf<Key extends string>(
  locale: LocaleController<Key>,
  zone: () => string | undefined,
): Writer<Key> {
  const date = (at: number): string => locale.date(at, { dateStyle: 'long', timeStyle: 'short', timeZone: zone() });
  return {
    t: locale.t,
    date,
    end: (instant) => date(lastMoment(instant, zone())),
    money: (euros) => formatMoney(locale.wanted, euros),
  };
}
