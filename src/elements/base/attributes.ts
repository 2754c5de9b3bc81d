import type { ComplexAttributeConverter } from 'lit';

import { pasted, tell, wordOf } from '../../core/tell.js';

// People type attributes by hand: what cannot be meant falls back to the default, and the console says so.

/** An ID of the platform, which holds no white space and no quotes. */
export const pastedId: ComplexAttributeConverter<string> = { fromAttribute: pasted };

/** One word of a list, the default first. */
export const oneOf = <T extends string>(...words: readonly [T, ...T[]]): ComplexAttributeConverter<T> => ({
  fromAttribute: (value) => wordOf(value, ...words),
});

/** Words of a list, separated by spaces. */
export const someOf = <T extends string>(...words: readonly T[]): ComplexAttributeConverter<readonly T[]> => ({
  fromAttribute(value) {
    const given: readonly string[] = value?.toLowerCase().match(/[\w-]+/g) ?? [];
    for (const word of given) if (!words.includes(word as T)) tell('unknown-word', word, words.join(', '));
    return words.filter((word) => given.includes(word));
  },
});

/** A whole number in a range. What lies below the range becomes `low`, and whatever else cannot be meant `fallback`. */
export const wholeNumber = (
  fallback: number,
  min: number,
  max: number,
  low = fallback,
): ComplexAttributeConverter<number> => ({
  fromAttribute(value) {
    const number = Number(value?.trim() || fallback);
    if (number === fallback || (Number.isInteger(number) && number >= min && number <= max)) return number;
    const used = number > 0 && number < min ? low : fallback;
    tell('bad-number', value ?? '', `${min} to ${max}`, `${used}`);
    return used;
  },
});

/** The level of a title, 2 to 6; 3 unless the page says otherwise. */
export const headingLevel = wholeNumber(3, 2, 6);
