import { cached } from '../core/cached.js';
import { centsOf } from '../domain/money.js';

/** An amount in euros, with its cents where there are any. */
export function formatMoney(locale: string, euros: number): string {
  const cents = centsOf(euros);
  const digits = cents % 100 ? 2 : 0;
  return cached(
    `m${digits}${locale}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'EUR',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  ).format(cents / 100);
}
