import { added } from '../core/added.js';

/** An amount of euros in whole cents, in which amounts add up exactly. */
export const centsOf = (euros: number): number => Math.round(euros * 100);

/** What amounts of euros come to, each rounded to cents as it is shown: the sum is that of what is on screen. */
export const sumOf = (amounts: readonly number[]): number => added(amounts.map(centsOf)) / 100;
