/** Step by step: the `reduce` that Prototype.js gives to all arrays of a page adds nothing up. */
export function added(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
