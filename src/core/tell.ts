import type { findings } from './doctor.js';

type Findings = typeof findings;

const told = new Set<string>();

/** Tells the page's developer something, once a page however many elements have the same reason. */
export function tell<K extends keyof Findings>(finding: K, ...details: Parameters<Findings[K]>): void {
  const key = [finding, ...details].join();
  if (told.has(key)) return;
  told.add(key);
  // The words are not worth their bytes on a page that is in order.
  void import('./doctor.js').then(
    ({ findings }) => {
      // The compiler cannot pair a finding with its own details once both are variables.
      const words: (...details: string[]) => string = findings[finding];
      console.warn(`[cap-widgets] ${words(...details)}`);
    },
    () => console.warn('[cap-widgets]', key),
  );
}

/** A word of a list; the first, where another one is given or none. */
export function wordOf<T extends string>(value: string | null | undefined, ...words: readonly [T, ...T[]]): T {
  const word = words.find((known) => known === value?.trim());
  if (value && !word) tell('bad-word', value, words.join(', '));
  return word ?? words[0];
}
