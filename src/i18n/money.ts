import { cached } from '../core/cached.js';

/** An amount in euros, without cents: the platform counts in whole ones. */
export const formatMoney = (locale: string, euros: number): string =>
  cached(
    `m${locale}`,
    () => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }),
  ).format(euros);
